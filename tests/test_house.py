"""The plan of the house holds: what import-linter and ruff cannot say by themselves."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("projects", "training", "network", "certificates")


def settings_of_tools() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_every_child_of_portal_stands_on_a_step() -> None:
    layers = settings_of_tools()["tool"]["importlinter"]["contracts"][0]["layers"]
    named = {name.strip() for layer in layers for name in layer.split(":")}
    children = {
        f"portal.{path.stem}"
        for path in (ROOT / "portal").iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists())
        and path.stem not in {"__init__", "migrations"}
    }

    assert children - named == set()


def test_every_dependency_has_a_lower_bound() -> None:
    tables = settings_of_tools()
    wanted = [*tables["project"]["dependencies"], *tables["dependency-groups"]["dev"]]

    assert [line for line in wanted if not re.search(r"[>=]=\d", line)] == []


LOCKS = ("requirements.lock", "requirements-production.lock")


def locked(name: str) -> dict[str, str]:
    """Each package of a lock with its version, its marker and its hashes."""
    text = re.sub(r"^ +#.*\n", "", (ROOT / name).read_text(), flags=re.M)
    return {entry.partition("==")[0]: entry for entry in re.split(r"\n(?=\S)", text.strip())}


def names(wanted: list[str]) -> set[str]:
    return {re.split(r"[\[>=]", line)[0] for line in wanted}


def test_image_gets_the_same_packages_without_the_tools() -> None:
    everything, production = (locked(name) for name in LOCKS)
    tables = settings_of_tools()

    assert {name: everything.get(name) for name in production} == production
    assert names(tables["project"]["dependencies"]) - set(production) == set()
    assert names(tables["dependency-groups"]["dev"]) & set(production) == set()


def test_locks_name_no_host() -> None:
    text = "".join(
        (ROOT / name).read_text()
        for name in (*LOCKS, "package-lock.json", "pyproject.toml", "package.json")
    )
    hosts = set(re.findall(r"https?://([\w.-]+)", text))

    assert '"resolved"' not in text
    # npm keeps the addresses where a package asks for donations; nothing is fetched from there.
    assert {
        host for host in hosts if "registry" in host or "pypi" in host or "index" in host
    } == set()


@pytest.mark.parametrize("app", APPS)
def test_app_is_named_after_its_folder(app: str) -> None:
    from django.apps import apps

    assert apps.get_app_config(app).path == str(ROOT / app)
