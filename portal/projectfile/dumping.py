"""Rows to a document: the same sections read the other way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from projects.models import Project
from training.models import JobCategory

from .columns import Ref, Refs
from .reading import FORMAT
from .sections import OF_PROJECT, PROJECT, SHARED, Section
from .writing import to_toml


def dump_project(project: Project) -> str:
    """The project as a project file; loading it into the same portal changes nothing."""
    return to_toml(Dumper().document(project))


class Dumper:
    """Collects the tables of one project and of every shared row that it names."""

    def __init__(self) -> None:
        self.wanted: dict[str, dict[int, models.Model]] = {each.key: {} for each in SHARED}

    def document(self, project: Project) -> dict[str, Any]:
        document: dict[str, Any] = {"format": FORMAT, "project": self._table(PROJECT, project)}
        for section in OF_PROJECT:
            document[section.key] = self._tables(section, _rows(section, project))
        # The list of job categories is short and belongs to everyone: it is told whole.
        self.wanted["job_categories"] = {row.pk: row for row in JobCategory.objects.all()}
        # Programmes name organisations, and both name funders: tell the naming ones first.
        for section in reversed(SHARED):
            document[section.key] = self._shared(section)
        return {key: tables for key, tables in document.items() if tables}

    def _shared(self, section: Section) -> list[dict[str, Any]]:
        """The rows named so far and, through them, their parents and successors."""
        tables: dict[int, tuple[Any, dict[str, Any]]] = {}
        while missing := [row for pk, row in self.wanted[section.key].items() if pk not in tables]:
            for row in missing:
                tables[row.pk] = (_place(section, row), self._table(section, row))
        return [table for _, table in sorted(tables.values(), key=lambda each: each[0])]

    def _tables(self, section: Section, rows: Iterable[models.Model]) -> list[dict[str, Any]]:
        tables: list[dict[str, Any]] = []
        last: dict[Any, int] = {}
        for row in rows:
            table = self._table(section, row)
            if section.counter:
                within = getattr(row, section.counter_within) if section.counter_within else None
                position = getattr(row, section.counter)
                if position == last.get(within, 0) + 1:
                    table.pop(section.counter, None)
                else:
                    table[section.counter] = position
                last[within] = position
            tables.append(table)
        return tables

    def _table(self, section: Section, row: models.Model) -> dict[str, Any]:
        table: dict[str, Any] = {}
        for column in section.columns:
            if (value := column.write(row)) is not None:
                table[column.key] = value
            if isinstance(column, Ref | Refs) and column.to in self.wanted:
                self._want(column, row)
        for child in section.children:
            if tables := self._tables(child, _rows(child, row)):
                table[child.key] = tables
        return table

    def _want(self, column: Ref | Refs, row: models.Model) -> None:
        value = getattr(row, column.key)
        rows = value.all() if isinstance(column, Refs) else [value] if value else []
        self.wanted[column.to] |= {each.pk: each for each in rows}


def _rows(section: Section, parent: models.Model) -> list[Any]:
    """The rows under ``parent`` in the order of their model, which loading keeps.

    It is reckoned here: databases differ in where nothing stands and in how letters compare.
    """
    many = [column.key for column in section.columns if isinstance(column, Refs)]
    one = [column.key for column in section.columns if isinstance(column, Ref)]
    rows = section.model._default_manager.filter(**{section.parent: parent}, **section.kept)
    if one:
        rows = rows.select_related(*one)
    found = list(rows.prefetch_related(*many).order_by("pk"))
    for name in map(str, reversed(section.model._meta.ordering or ())):
        if name not in {section.parent, "pk"}:
            found.sort(key=_weight(name.lstrip("-")), reverse=name.startswith("-"))
    return found


def _weight(name: str) -> Callable[[models.Model], tuple[bool, Any]]:
    """By what rows are put in order, nothing before anything."""

    def weight(row: models.Model) -> tuple[bool, Any]:
        value: Any = row
        for step in name.split("__"):
            value = None if value is None else getattr(value, step)
        return value is not None, value

    return weight


def _place(section: Section, row: models.Model) -> tuple[Any, ...]:
    """Shared rows stand by position, where they have one, then by code."""
    return (getattr(row, "position", 0), row.code)  # type: ignore[attr-defined]
