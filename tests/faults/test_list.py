"""The table of docs/faults.md names tests that exist, and each race with its twin."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
TABLE = (TESTS.parent / "docs/faults.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(\w+/test_\w+\.py)::(test_\w+)`", TABLE)


def functions(path: Path) -> set[str]:
    """Every test a file holds, in classes too."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.name for node in tree if isinstance(node, ast.FunctionDef)}


def test_every_named_test_exists() -> None:
    known = {file: functions(TESTS / file) for file in {file for file, _name in NAMED}}
    assert [f"{file}::{name}" for file, name in NAMED if name not in known[file]] == []


def test_every_fault_of_this_folder_stands_in_the_table() -> None:
    here = {
        (f"faults/{path.name}", name)
        for path in Path(__file__).parent.glob("test_*.py")
        if path.name != Path(__file__).name
        for name in functions(path)
        if name.startswith("test_")
    }
    assert here - set(NAMED) == set()


def test_every_race_has_a_twin() -> None:
    rows = {int(row[1]): row[0] for row in re.finditer(r"^\| (\d+) \|.*$", TABLE, re.M)}
    assert [number for number in (12, 14, 15, 16, 20) if "twin `" not in rows[number]] == []
