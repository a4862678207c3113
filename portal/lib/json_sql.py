"""Many rows in one statement, as JSON: the one place where the two databases are told it differently.

A round trip costs more than the rows it brings, and a parameter more than its share of a JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

# How each database makes one JSON text of rows, and a list of one row.
GATHERED = {
    "postgresql": ("json_agg", "json_build_array"),
    "sqlite": ("json_group_array", "json_array"),
}
# Ids as they stand in a JSON list, in the type of their column.
UUIDS = {
    "postgresql": "SELECT (json_array_elements_text(%s))::uuid",
    "sqlite": "SELECT value FROM json_each(%s)",
}


def told_at_once(**questions: QuerySet[Any]) -> dict[str, list[list[Any]]]:
    """The rows of several ``values_list()`` questions in one query; days come as ISO words."""
    gather, line = GATHERED[connection.vendor]
    parts, params = [], []
    for question in questions.values():
        compiler = question.query.get_compiler(connection=connection, elide_empty=False)
        sql, given = compiler.as_sql()
        names = ", ".join(f"c{number}" for number in range(len(compiler.select)))
        row = f"{gather}({line}({names}))"
        parts.append(f"CAST((WITH told({names}) AS ({sql}) SELECT {row} FROM told) AS text)")  # noqa: S608
        params += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        found = cursor.fetchone()
    return {name: json.loads(text or "[]") for name, text in zip(questions, found, strict=True)}


def among_ids(ids: Iterable[UUID]) -> RawSQL:
    """For ``__in``: many ids as one parameter."""
    text = json.dumps([each.hex for each in ids])
    return RawSQL(UUIDS[connection.vendor], [text])  # noqa: S611 - words of our own


def changed_at_once(
    rows: Mapping[str, Mapping[str, str]],
    changes: Sequence[str],
    told: Mapping[str, Sequence[Mapping[str, Any]]],
    **params: Any,
) -> None:
    """Carry out changes fed by one JSON text; ``rows`` are its lists, with the types of columns.

    PostgreSQL does them in one statement, all of them seeing what stood before it; SQLite knows
    no change inside another one and does them in turn.
    """
    named = [f"{name} AS ({_rows_of(name, columns)})" for name, columns in rows.items()]
    params |= {"told": json.dumps(told, separators=(",", ":"))}
    statements = [[*named, change] for change in changes]
    if connection.vendor == "postgresql":
        *inner, last = changes
        inside = [f"change{number} AS ({change})" for number, change in enumerate(inner)]
        # Read once, not once for each list.
        body = "told AS MATERIALIZED (SELECT %(told)s::jsonb AS body)"
        statements = [[body, *named, *inside, last]]
    with connection.cursor() as cursor:
        for *heads, change in statements:
            cursor.execute(f"WITH {', '.join(heads)} {change}", params)


def _rows_of(name: str, columns: Mapping[str, str]) -> str:
    """The objects that stand as a list under ``name`` in the parameter ``told``."""
    if connection.vendor == "postgresql":
        typed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        rows = f"jsonb_to_recordset(told.body -> '{name}') AS r({typed})"
        return f"SELECT r.* FROM told, {rows}"  # noqa: S608 - words of our own
    picked = ", ".join(f"value ->> '{column}' AS {column}" for column in columns)
    return f"SELECT {picked} FROM json_each(%(told)s, '$.{name}')"  # noqa: S608
