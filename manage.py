#!/usr/bin/env python3
"""The door to Django's commands; `make help` lists the shorter ones."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "0")  # a command may take its time
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as wrong:
        sys.exit(f"The portal does not start: {wrong}")


if __name__ == "__main__":
    main()
