"""`make bench`: fills the demo's data into a folder of its own, runs the contests, prints ratios.

`python -m bench pages` shows what each kind of page costs instead.
"""

import os
import shutil
import sys
import tempfile


def main() -> None:
    """Everything the bench writes lies in a folder that is gone at the end."""
    folder = tempfile.mkdtemp(prefix="portal-bench-")
    for name in ("DATABASE_URL", "CELERY_BROKER_URL", "TESTING", "DEBUG"):
        os.environ.pop(name, None)
    os.environ |= {"DEMO": "1", "VAR_DIR": folder, "LOG_LEVEL": "ERROR"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    try:
        run()
    finally:
        shutil.rmtree(folder)


def run() -> None:
    """Set Django up, fill the data in, and let each contest run."""
    import django

    django.setup()
    from django.core.management import call_command

    from bench import certificates, figures, measuring, pages, sheets

    print("Filling in the demo's data …", flush=True)
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        call_command("fill_demo", stdout=nowhere)
    if sys.argv[1:] == ["pages"]:
        pages.show()
        return
    print(measuring.HEADING, flush=True)
    for contest in (certificates.contest(), sheets.contest(), figures.contest()):
        for line in contest.lines():
            print(line, flush=True)
        print()


if __name__ == "__main__":
    main()
