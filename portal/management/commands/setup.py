"""The first start of an empty portal: whose it is and who administers it."""

import getpass
import os
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import translation

from portal.actions import set_up
from portal.lib.fields import validate_characters
from portal.lib.text import tidy_line
from portal.models import User


class Command(BaseCommand):
    """Asks on a terminal, or takes flags and the environment; a second run changes nothing."""

    help = "Name the planning region and make the first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", help="name of the planning region (or SETUP_REGION)")
        parser.add_argument("--email", help="e-mail of the administrator (or SETUP_EMAIL)")
        parser.epilog = (
            "The password is asked for, or read from SETUP_PASSWORD: a flag would stand in the "
            "list of processes. Without a password the administrator signs in by e-mailed code."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            self.set_up(options)

    def set_up(self, options: dict[str, Any]) -> None:
        """Hear what is needed, make it, and say what was made."""
        region = self.value("region", options["region"], "Planning region", good_name)
        email = self.value("email", options["email"], "E-mail of the administrator", good_email)
        known = User.objects.filter(email=email).first()
        password = None if known else self.password(User(email=email))
        organisation, user, made = set_up(region=region, email=email, password=password)
        if not made:
            self.stdout.write(f"Nothing to do: {organisation} and {user.email} are there already.")
            return
        self.stdout.write(f"Region: {organisation}. Administrator: {user.email}.")
        if known:
            self.stdout.write("The account was there before and keeps its password.")
        elif password is None:
            self.stdout.write("No password: sign in by the code the portal sends by e-mail.")
        self.stdout.write("Next: sign in and add a programme and a project.")

    def value(self, name: str, given: str | None, question: str, check: Any) -> str:
        """One answer: from the flag, the environment or the terminal, and a good one."""
        fixed = given or os.environ.get(f"SETUP_{name.upper()}", "")
        while True:
            answer = fixed or self.ask(f"{question}: ", f"--{name}")
            try:
                return str(check(answer))
            except ValidationError as error:
                if fixed:
                    raise CommandError(f"--{name}: {' '.join(error.messages)}") from None
                self.stderr.write(" ".join(error.messages))

    def password(self, user: User) -> str | None:
        """A password that the portal's own rules accept; empty means sign-in by code only."""
        fixed = os.environ.get("SETUP_PASSWORD", "")
        while True:
            answer = fixed
            if not answer and sys.stdin.isatty():
                answer = getpass.getpass("Password, at least 15 letters (empty: sign in by code): ")
            if not answer:
                return None
            try:
                validate_password(answer, user)
            except ValidationError as error:
                if fixed:
                    raise CommandError(f"SETUP_PASSWORD: {' '.join(error.messages)}") from None
                self.stderr.write(" ".join(error.messages))
                continue
            if fixed or getpass.getpass("The same once more: ") == answer:
                return answer
            self.stderr.write("The two are not alike.")

    def ask(self, question: str, flag: str) -> str:
        """An answer from the terminal; without one, say which flag is missing."""
        if not sys.stdin.isatty():
            raise CommandError(f"{flag} is missing, and there is no terminal to ask on.")
        return input(question)


def good_name(text: str) -> str:
    """A name that can be stored and shown."""
    name = tidy_line(text)
    validate_characters(name)
    if not name or len(name) > 300:
        raise ValidationError("A name of 1 to 300 letters is needed.")
    return name


def good_email(text: str) -> str:
    """An address in the portal's one spelling."""
    address = text.strip().lower()
    validate_email(address)
    return address
