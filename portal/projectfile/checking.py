"""A document to typed entries; what cannot be read is named, all of it at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from .columns import Column, Pointer, UnreadableError, nearest
from .problems import Problem, quoted
from .reading import Document, Path_
from .sections import SECTIONS, Section


@dataclass
class Entry:
    """One table of the file: its values by attribute, and where it stands.

    ``said`` are the attributes the file speaks of; the others hold what a new row would hold.
    A broken entry has a problem already: it is not stored, and naming it is no new problem.
    """

    section: Section
    path: Path_
    place: str
    values: dict[str, Any] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    children: list[Entry] = field(default_factory=list)
    broken: bool = False
    row: models.Model | None = None
    tallied: str = ""

    @property
    def code(self) -> str:
        return str(self.values.get("code", ""))

    @property
    def key(self) -> tuple[Any, ...]:
        return tuple(self.values.get(name) for name in self.section.match)


@dataclass
class Checked:
    """What a document says, by section, with its problems."""

    document: Document
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, entry: Entry | None, message: str, key: str = "", place: str = "") -> Problem:
        """What is to be said of an entry, at one of its keys if it is there."""
        path = (*(entry.path if entry else ()), *([key] if key else []))
        words = ", ".join(filter(None, [entry.place if entry else place, key]))
        return Problem(words, message, self.document.line(*path))

    def wrong(self, entry: Entry | None, message: str, key: str = "", place: str = "") -> None:
        """Note a problem of an entry, which is then broken."""
        self.problems.append(self.problem(entry, message, key, place))
        if entry:
            entry.broken = True

    def all_entries(self) -> Iterator[Entry]:
        for entries in self.entries.values():
            yield from _with_children(entries)


def check(document: Document) -> Checked:
    """Every table of ``document`` as an entry, with all that is wrong in any of them."""
    checked = Checked(document)
    known = {section.key for section in SECTIONS}
    for key in document.data.keys() - known - {"format"}:
        checked.wrong(None, f"There is no such section.{nearest(key, known)}", key)
    if "project" not in document.data:
        checked.wrong(None, "Expected one table [project] with the key code.", place="project")
    for section in SECTIONS:
        raw = document.data.get(section.key, {} if section.is_single else [])
        if section.is_single:
            raw = [raw] if section.key in document.data else []
        checked.entries[section.key] = _entries(checked, section, raw, (), "")
    return checked


def _with_children(entries: list[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _with_children(entry.children)


def _entries(checked: Checked, section: Section, raw: Any, path: Path_, within: str) -> list[Entry]:
    header = ".".join(str(word) for word in (*path, section.key) if isinstance(word, str))
    brackets = f"[{header}]" if section.is_single else f"[[{header}]]"
    if not isinstance(raw, list):
        checked.wrong(None, f"Expected a list of tables {brackets}.", section.key, within)
        return []
    entries: list[Entry] = []
    for index, table in enumerate(raw):
        where = (*path, section.key) if section.is_single else (*path, section.key, index)
        place = brackets if section.is_single else f"{brackets} no. {index + 1}"
        entry = Entry(section, where, f"{within}{place}")
        entries.append(entry)
        if isinstance(table, dict):
            _read_table(checked, entry, table, entries)
        else:
            checked.wrong(entry, f"Expected a table; found {quoted(table)}.")
    _refuse_doubles(checked, entries)
    return entries


def _read_table(checked: Checked, entry: Entry, table: dict[str, Any], before: list[Entry]) -> None:
    section = entry.section
    name = next((table[key] for key in section.match if isinstance(table.get(key), str)), "")
    entry.place += f" ({quoted(name)})" if name else ""
    children = {child.key: child for child in section.children}
    for key in table.keys() - section.by_key.keys() - children.keys():
        hint = nearest(key, [*section.by_key, *children])
        checked.wrong(entry, f"There is no such key here.{hint}", key)
    for column in section.columns:
        _read_column(checked, entry, column, table)
    if section.counter and section.counter not in table:
        entry.values[section.counter] = _count(entry, before)
        entry.said.add(section.counter)
    for key, child in children.items():
        entry.children += _entries(
            checked, child, table.get(key, []), entry.path, f"{entry.place} "
        )


def _read_column(checked: Checked, entry: Entry, column: Column, table: dict[str, Any]) -> None:
    model = entry.section.model
    entry.values |= column.default(model)
    if column.key not in table:
        if column.required:
            checked.wrong(entry, f'Expected the key "{column.key}".')
        return
    entry.said |= set(column.fields())
    try:
        entry.values |= column.read(table[column.key], model)
    except UnreadableError as wrong:
        checked.wrong(entry, str(wrong), column.key)


def _count(entry: Entry, entries: list[Entry]) -> int:
    """One more than the table before it; the first of each ``counter_within`` is 1."""
    counter, within = entry.section.counter, entry.section.counter_within
    same = [
        each.values.get(counter) or 0
        for each in entries
        if each is not entry and (not within or each.values[within] == entry.values[within])
    ]
    return same[-1] + 1 if same else 1


def _refuse_doubles(checked: Checked, entries: list[Entry]) -> None:
    first: dict[tuple[Any, ...], Entry] = {}
    for entry in entries:
        if entry.section.repeats or any(key in ("", None) for key in entry.key[:1]):
            continue
        if before := first.setdefault(entry.key, entry):
            if before is entry:
                continue
            line = checked.document.line(*before.path)
            keys = ", ".join(entry.section.match)
            checked.wrong(
                entry,
                f"This {keys} stands in the file already"
                f"{f', in line {line}' if line else ''}: {_told(entry.key)}.",
            )


def _told(key: tuple[Any, ...]) -> str:
    return ", ".join(
        quoted(each.code if isinstance(each, Pointer) else each) for each in key if each is not None
    )
