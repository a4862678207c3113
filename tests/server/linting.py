"""Reads migrations and names what would disturb people who work meanwhile with the release before.

The former release goes on reading and writing while the new tables come: so a column comes
optional, is filled later, and goes one release after nobody reads it any more. What breaks a rule
on purpose says why in the migration: ``safe_because = "…"``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import migrations, models

GOES = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.DeleteModel,
    migrations.RenameModel,
    migrations.AlterModelTable,
    migrations.RemoveConstraint,
)
HOLDS = (migrations.AddIndex, migrations.AlterUniqueTogether, migrations.AlterIndexTogether)


def complaints(migration: Any) -> list[str]:
    """What the migration does that the former release, or whoever saves meanwhile, would feel."""
    if getattr(migration, "initial", False) or getattr(migration, "safe_because", ""):
        return []
    new = {op.name_lower for op in migration.operations if isinstance(op, migrations.CreateModel)}
    return [words for op in migration.operations for words in judged(op, new)]


def judged(op: Any, new: set[str]) -> Iterator[str]:
    """Complaints about one operation; a table made by the same migration is nobody's yet."""
    if isinstance(op, migrations.SeparateDatabaseAndState):
        for each in op.database_operations:
            yield from judged(each, new)
        return
    told = op.describe()
    if not op.reversible:
        yield f"{told}: cannot be undone"
    if getattr(op, "model_name", "").lower() in new:
        return
    if isinstance(op, GOES):
        yield f"{told}: the former release still uses it"
    if isinstance(op, HOLDS):
        yield f"{told}: holds the table while it is built; use AddIndexConcurrently"
    if isinstance(op, migrations.AddConstraint) and not is_late(op.constraint):
        yield f"{told}: looks at every row under a lock; add it NOT VALID and validate later"
    if isinstance(op, migrations.AddField):
        yield from new_column(op, told)
    if isinstance(op, migrations.AlterField):
        yield f"{told}: may rewrite the table or refuse what the former release writes"


def new_column(op: Any, told: str) -> Iterator[str]:
    """The former release does not name a new column when it inserts a row."""
    field = op.field
    if field.many_to_many:
        return
    if not field.null and field.db_default is models.NOT_PROVIDED:
        yield f"{told}: the former release inserts without it; give it null or db_default"
    if field.unique or field.db_index:
        yield f"{told}: its index is built under a lock"


def is_late(constraint: Any) -> bool:
    """Whether it is added without looking at the rows that are there."""
    return "NotValid" in type(constraint).__name__
