"""What each role of the database may do: whoever takes over a page cannot change the tables.

The owner migrates. The web server writes rows, yet adds only to what is append-only; the worker
reads, and writes the papers; the reader makes backups. Names are fixed, passwords are settings.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from django.db import connection
from psycopg2.extensions import encrypt_password

from portal.lib.documents import document_models
from portal.models import AccessLog, Heartbeat, SecondStepReset
from projects.models import FigureSnapshot
from training.models import Mark, PaperCheck, PaperDifference


class Role(StrEnum):
    """A role that signs in."""

    WEB = "portal_web"
    WORKER = "portal_worker"
    READER = "portal_reader"


LOGS = (AccessLog, Mark, FigureSnapshot, SecondStepReset, PaperCheck, PaperDifference)
APPEND_ONLY = {model._meta.db_table for model in LOGS}
OF_NOBODY = {"django_migrations"}  # the owner's alone
OF_WORKER = {Heartbeat._meta.db_table}
# Sessions, limits and second factors: whoever draws papers has no business with how one signs in.
OF_WEB = (
    "django_session",
    "portal_cache",
    "portal_user",
    "portal_apitoken",
    "portal_secondstepreset",
    "account_",
    "mfa_",
    "socialaccount_",
)

READ, ADD, WRITE = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE, DELETE"


def rights(role: Role, table: str) -> str:
    """What the role may do with the rows of a table; empty is nothing at all."""
    if role is Role.READER:
        return READ
    if role is Role.WORKER:
        if table.startswith(OF_WEB):
            return ""
        papers = {model._meta.db_table for model in document_models()}
        if table == FigureSnapshot._meta.db_table:
            return ADD
        return WRITE if table in papers | OF_WORKER else READ
    if table in APPEND_ONLY:
        return ADD
    return READ if table in OF_NOBODY | OF_WORKER else WRITE


def make_role(role: Role, password: str) -> None:
    """Have the role sign in with this password; without one it keeps what it has."""
    name = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [str(role)])
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        cursor.execute(f"{verb} ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
        if password:  # hashed here: the server's log may keep what it is told
            raw = connection.connection
            hashed = encrypt_password(password, str(role), raw, "scram-sha-256")
            cursor.execute(f"ALTER ROLE {name} PASSWORD %s", [hashed])


def statements(database: str, tables: list[str]) -> Iterator[str]:
    """First nobody may do anything, then each role its part."""
    quote = connection.ops.quote_name
    roles = ", ".join(quote(role) for role in Role)
    yield f"REVOKE ALL ON DATABASE {quote(database)} FROM PUBLIC"
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"GRANT CONNECT ON DATABASE {quote(database)} TO {roles}"
    yield f"GRANT USAGE ON SCHEMA public TO {roles}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {roles}"
    yield f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {quote(Role.READER)}"
    yield (
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public "
        f"TO {quote(Role.WEB)}, {quote(Role.WORKER)}"
    )
    for role in Role:
        for table in tables:
            if allowed := rights(role, table):
                yield f"GRANT {allowed} ON {quote(table)} TO {quote(role)}"


def grant_all(passwords: dict[Role, str]) -> None:
    """Make the roles and give each its part of the tables there are now."""
    for role in Role:
        make_role(role, passwords.get(role, ""))
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for statement in statements(connection.settings_dict["NAME"], tables):
            cursor.execute(statement)
