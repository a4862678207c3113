"""Makes the roles of the database and tells each what it may do; part of every migration."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from portal.grants import Role, grant_all
from portal.lib import env


class Command(BaseCommand):
    """Safe to run again, and to be run while people work."""

    help = (
        "Make portal_web, portal_worker and portal_reader, and grant each its part of the tables."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles.")
        passwords = {
            Role.WEB: env.text("WEB_DATABASE_PASSWORD", ""),
            Role.WORKER: env.text("WORKER_DATABASE_PASSWORD", ""),
            Role.READER: env.text("READER_DATABASE_PASSWORD", ""),
        }
        with transaction.atomic():
            grant_all(passwords)
        self.stdout.write(f"Granted: {', '.join(passwords)}.")
