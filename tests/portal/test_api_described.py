"""The description of the API keeps its promises: schemathesis asks a real server all it can think of."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from portal.actions import make_token
from tests.access import world as making
from tests.portal.web import gunicorn
from tests.sizes import FULL, either

EXAMPLES = either(3, 100)  # generated questions per address and reader
ALL = ("--checks", "all")
# No description can say that a day must not lie ahead, or that a text holds no zero byte.
BY_CHANCE = (*ALL, "--exclude-checks", "positive_data_acceptance")


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_no_failure_and_no_answer_that_was_not_declared(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    admin = making.people_of(making.build("A"))["admin"]
    expires_on: date = timezone.localdate() + timedelta(1)
    _row, secret = make_token(user=admin, name="schemathesis", expires_on=expires_on, may_mark=True)
    by_token = ("--header", f"Authorization: Bearer {secret}")
    runs = [(*by_token, "--phases", "coverage", *ALL), ("--phases", "fuzzing", *BY_CHANCE)]
    if FULL:
        runs += [("--phases", "coverage", *ALL), (*by_token, "--phases", "fuzzing", *BY_CHANCE)]
    with gunicorn(settings.DATABASES["default"], tmp_path) as address:
        for options in runs:
            said = ask_everything(f"{address}/api/v1/openapi.json", options, tmp_path)
            assert said.returncode == 0, said.stdout
    assert " ERROR " not in (tmp_path / "gunicorn.log").read_text()


def ask_everything(
    description: str, options: tuple[str, ...], folder: Path
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "schemathesis.cli", "run", description, *options]
    command += ["--max-examples", str(EXAMPLES), "--seed", "1", "--generation-database", "none"]
    return subprocess.run(
        [*command, "--no-color"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
