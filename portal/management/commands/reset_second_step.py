"""The way back in when the one administrator has lost the telephone."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.actions import reset_second_step
from portal.models import User


class Command(BaseCommand):
    """Takes the second step off an account; kept with its reason, as on the page."""

    help = "Take the second step off an account whose device is lost, and end its sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address of the account")
        parser.add_argument("reason", help="why; it is kept")

    def handle(self, *args: Any, email: str, reason: str, **options: Any) -> None:
        """On a server nobody is signed in, so no administrator stands beside the reason."""
        account = User.objects.filter(email=email).first()
        if account is None:
            raise CommandError(f"There is no account with the address {email}.")
        if not reason.strip():
            raise CommandError("Say why: the reason is kept.")
        reset_second_step(account=account, by=None, reason=reason)
        self.stdout.write(f"Reset. {account.email} sets up a device at the next sign-in.")
