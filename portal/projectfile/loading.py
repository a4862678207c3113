"""Entries to rows: found again by their keys, created, changed or left; one transaction a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, models, transaction
from django.utils import translation

from projects.models import Programme, Project

from .checking import Checked, Entry, check
from .columns import Pointer, Refs, nearest
from .problems import Problem, ProjectFileError, quoted
from .reading import Document, read_file, read_text
from .rows import key_of, plain, set_value, told, value_of
from .sections import SECTIONS, Section

BY_KEY = {section.key: section for section in SECTIONS}


@dataclass
class LoadResult:
    """What a load did, by section: rows created, changed, left alone, and kept unmentioned.

    ``waiting`` tells what the file names that is not in the portal yet and may come later.
    """

    project: str
    created: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    waiting: list[Problem] = field(default_factory=list)

    @property
    def changes(self) -> int:
        return self.created.total() + self.changed.total()


def load_file(path: Path) -> LoadResult:
    """Load one project file; raises ProjectFileError with every problem and stores nothing then."""
    return _load(read_file(path))


def load_text(text: str, name: str = "project.toml") -> LoadResult:
    """Load what a project file holds."""
    return _load(read_text(text, name))


def _load(document: Document) -> LoadResult:
    # One language for all messages, ours and those of the models.
    with translation.override("en"):
        loader = Loader(check(document))
        try:
            with transaction.atomic():
                loader.run()
                if loader.checked.problems:
                    raise ProjectFileError(document.name, loader.checked.problems)
        except DatabaseError as error:
            problem = Problem("", f"The database refused the file: {str(error).splitlines()[0]}.")
            raise ProjectFileError(document.name, [problem]) from error
    return loader.result


class Loader:
    """Loads the entries of one document, section by section."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        project = checked.entries["project"]
        self.project = project[0] if project else None
        self.result = LoadResult(self.project.code if self.project else "")
        self.rows: dict[tuple[str, str], models.Model | None] = {}

    def run(self) -> None:
        self._find_pointers()
        for section in SECTIONS:
            entries = self.checked.entries[section.key]
            if section.parent and (self.project is None or self.project.row is None):
                continue
            parent = self.project.row if section.parent and self.project else None
            self._load_section(section, _named_first(self.checked, section, entries), parent)
            if section.is_single and self.project and self.project.row is None:
                self.project.row = _stand_in()

    # --- Rows named by others -------------------------------------------------------------

    def _find_pointers(self) -> None:
        """Look up every code that the file names but does not tell, once per section."""
        told = {(e.section.key, e.code): e for e in self.checked.all_entries() if e.code}
        wanted: dict[str, set[str]] = {}
        for _entry, _name, pointer in self._pointers():
            if (pointer.to, pointer.code) not in told:
                wanted.setdefault(pointer.to, set()).add(pointer.code)
        for to, codes in wanted.items():
            section = BY_KEY[to]
            rows = section.model._default_manager.filter(code__in=codes)
            if section.parent:
                rows = rows.filter(project__code=self.project.code if self.project else "")
            self.rows |= {(to, row.code): row for row in rows}  # type: ignore[attr-defined]
        for entry, name, pointer in self._pointers():
            where = (pointer.to, pointer.code)
            if where in told or where in self.rows:
                continue
            if getattr(entry.section.by_key[name], "may_wait", False):
                self._leave_for_later(entry, name, pointer)
            else:
                near = [code for to, code in told if to == pointer.to]
                self.checked.wrong(
                    entry,
                    f"Expected the code of one of the {pointer.to}, in this file or in the portal;"
                    f" there is no {quoted(pointer.code)}.{nearest(pointer.code, near)}",
                    name,
                )

    def _leave_for_later(self, entry: Entry, name: str, pointer: Pointer) -> None:
        """Two projects may name each other, and one of them must be loaded first."""
        entry.values[name] = None
        entry.said.discard(name)
        message = (
            f"There is no {quoted(pointer.code)} in the portal yet. This was left out; once it is"
            " there, load the file again."
        )
        self.result.waiting.append(self.checked.problem(entry, message, name))

    def _pointers(self) -> Iterator[tuple[Entry, str, Pointer]]:
        for entry in self.checked.all_entries():
            for name, value in entry.values.items():
                for each in value if isinstance(value, tuple) else [value]:
                    if isinstance(each, Pointer):
                        yield entry, name, each

    def _resolve(self, pointer: Any) -> Any:
        return (
            self.rows.get((pointer.to, pointer.code)) if isinstance(pointer, Pointer) else pointer
        )

    # --- Sections and their rows --------------------------------------------------------------

    def _load_section(
        self, section: Section, entries: list[Entry], parent: models.Model | None
    ) -> None:
        found = self._find_rows(section, entries, parent)
        for entry in entries:
            if not entry.broken:
                self._load_entry(entry, found, parent)
            for child in section.children:
                own = [each for each in entry.children if each.section is child]
                if entry.row is not None:
                    self._load_section(child, own, entry.row)
        for entry in entries:
            if entry.row is not None:
                self._point(entry)
        if not section.shared:
            left = [row.pk for rows in found.values() for row in rows]
            kept = section.model._default_manager.filter(pk__in=left, **section.kept)
            self.result.kept[section.key] += kept.count() if left else 0

    def _find_rows(
        self, section: Section, entries: list[Entry], parent: models.Model | None
    ) -> dict[tuple[Any, ...], list[models.Model]]:
        rows = section.model._default_manager.order_by("pk")
        if parent is not None:
            rows = rows.filter(**{section.parent: parent})
            if section.repeats:
                rows = rows.filter(**section.kept)
        else:
            rows = rows.filter(code__in=[entry.code for entry in entries])
        found: dict[tuple[Any, ...], list[models.Model]] = {}
        for row in rows:
            key = tuple(plain(value_of(row, name)) for name in section.match)
            found.setdefault(key, []).append(row)
        return found

    def _load_entry(
        self,
        entry: Entry,
        found: dict[tuple[Any, ...], list[models.Model]],
        parent: models.Model | None,
    ) -> None:
        section = entry.section
        wanted = {name: self._resolve(value) for name, value in self._single_values(entry)}
        if any(
            isinstance(value, Pointer) and wanted[name] is None
            for name, value in self._single_values(entry)
        ):
            entry.broken = True  # it names a broken entry, whose problem is told already
            return
        key = tuple(plain(key_of(wanted[name])) for name in section.match)
        rows = found.get(key, [])
        row = rows.pop(0) if rows else None
        is_new = row is None
        if row is None:
            row = section.model(**({section.parent: parent} if section.parent else {}))
        differing = self._differences(entry, row, wanted, is_new)
        for name in differing:
            set_value(row, name, wanted[name])
        if (is_new or differing) and not self._is_sound(entry, row):
            return
        entry.row = row
        if is_new or differing:
            row.save()
        if entry.code:
            self.rows[section.key, entry.code] = row
        self._tally(entry, "created" if is_new else "changed" if differing else "unchanged")

    def _single_values(self, entry: Entry) -> Iterator[tuple[str, Any]]:
        many = {column.key for column in entry.section.columns if isinstance(column, Refs)}
        return ((name, value) for name, value in entry.values.items() if name not in many)

    def _differences(
        self, entry: Entry, row: models.Model, wanted: dict[str, Any], is_new: bool
    ) -> list[str]:
        """The attributes to change: of a row that stands already only those the file speaks of.

        A shared row may be completed by a file, never contradicted.
        """
        names = [name for name in wanted if plain(value_of(row, name)) != key_of(wanted[name])]
        if is_new:
            return names
        yielding = {c.key for c in entry.section.columns if wanted.get(c.key) in c.yields}
        names = [name for name in names if name in entry.said - yielding]
        if not entry.section.shared:
            return names
        for name in names:
            if value_of(row, name) not in ("", None):
                self._contradicts(entry, name, told(getattr(row, name)), told(wanted[name]))
        return names

    def _contradicts(self, entry: Entry, name: str, there: str, here: str) -> None:
        self.checked.wrong(
            entry,
            f"The portal has {there} for this row, which other projects share; the file says"
            f" {here}. Make the file say the same, or change the row in the portal first.",
            name,
        )

    def _is_sound(self, entry: Entry, row: models.Model) -> bool:
        relations = {f.name for f in row._meta.concrete_fields if f.is_relation}
        try:
            row.clean_fields(exclude=relations)
            row.clean()
            row.validate_unique()
            row.validate_constraints()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                key = name if name in entry.section.by_key else ""
                prefix = f"{name}: " if name != NON_FIELD_ERRORS and not key else ""
                self.checked.wrong(entry, prefix + " ".join(messages), key)
            return False
        return not entry.broken

    def _point(self, entry: Entry) -> None:
        """Set the lists of named rows, once all rows of the section stand."""
        for column in entry.section.columns:
            if not isinstance(column, Refs) or column.key not in entry.said:
                continue
            rows = [self._resolve(pointer) for pointer in entry.values[column.key]]
            if entry.row is None or None in rows:
                continue
            manager = getattr(entry.row, column.key)
            before = {row.pk: row for row in manager.all()}
            if before.keys() == {row.pk for row in rows}:
                continue
            if before and entry.section.shared:
                there, here = (
                    ", ".join(sorted(row.code for row in each)) or "nothing"
                    for each in (before.values(), rows)
                )
                self._contradicts(entry, column.key, there, here)
            manager.set(rows)
            self._tally(entry, "changed")

    def _tally(self, entry: Entry, what: str) -> None:
        """Count each entry once: what was created is not also changed."""
        key = entry.section.key
        if what == "changed" and entry.tallied == "unchanged":
            self.result.unchanged[key] -= 1
        elif entry.tallied:
            return
        entry.tallied = what
        getattr(self.result, what)[key] += 1


def _stand_in() -> Project:
    """A project that is rolled back with the file, so that the rows of a broken one are checked too."""
    programme = Programme.objects.create(code="stand-in", name_en="stand-in")
    return Project.objects.create(code="stand-in", title_en="stand-in", programme=programme)


def _named_first(checked: Checked, section: Section, entries: list[Entry]) -> list[Entry]:
    """The entries so that each follows the one it is part of; a circle is a problem."""
    if not (name := section.of_itself):
        return entries
    by_code = {entry.code: entry for entry in entries}
    placed: dict[int, Entry] = {}
    for entry in entries:
        chain: dict[int, Entry] = {}
        above: Entry | None = entry
        while above is not None and id(above) not in placed:
            if id(above) in chain:
                checked.wrong(above, "This is part of itself.", name)
                break
            chain[id(above)] = above
            pointer = above.values.get(name)
            above = by_code.get(pointer.code) if isinstance(pointer, Pointer) else None
        placed |= dict(reversed(chain.items()))
    return list(placed.values())
