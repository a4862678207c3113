"""docker-compose.yml keeps the rules of a server; no engine is here, so the file itself is judged."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.servers import free_port, program, wait_for

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
WORK_AND_GO = {"migrate", "backup"}

every_service = pytest.mark.parametrize("name", sorted(SERVICES))


def test_all_parts_of_a_portal_are_there() -> None:
    assert set(SERVICES) == {"db", "redis", "migrate", "web", "worker", "mailer", "beat", "backup"}


@every_service
def test_container_is_closed(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"] and "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert str(service["user"]) not in {"", "0", "root"}
    assert service["init"] is True
    assert not {"privileged", "network_mode", "pid", "ipc", "devices", "userns_mode"} & set(service)


@every_service
def test_container_is_bounded(name: str) -> None:
    service = SERVICES[name]

    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert 0 < service["pids_limit"] <= 200
    assert service["logging"]["options"].keys() == {"max-size", "max-file"}


@every_service
def test_container_is_asked_how_it_is(name: str) -> None:
    service = SERVICES[name]
    if name in WORK_AND_GO:
        assert (service["healthcheck"], service["restart"]) == ({"disable": True}, "no")
    else:
        assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
        assert service["restart"] == "unless-stopped"


def test_web_alone_is_published_and_only_to_its_own_machine() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert published == {"web": ["127.0.0.1:8000:8000"]}
    assert all("expose" not in service for service in SERVICES.values())


def test_inner_network_leads_nowhere_and_only_what_sends_mails_is_on_another() -> None:
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    reach = {name: service["networks"] for name, service in SERVICES.items()}

    assert reach.pop("web") == reach.pop("mailer") == ["inside", "outside"]
    assert set(map(tuple, reach.values())) == {("inside",)}


@every_service
def test_password_is_a_file_and_only_of_whom_it_concerns(name: str) -> None:
    service = SERVICES[name]
    values = service.get("environment", {})
    secret = re.compile(r"PASSWORD|SECRET|KEY")
    named = {key: value for key, value in values.items() if secret.search(key)}

    assert all(key.endswith("_FILE") for key in named)
    by_file = {value.removeprefix("/run/secrets/") for value in named.values()}
    if name == "redis":
        by_file = set(re.findall(r"/run/secrets/(\w+)", service["command"][-1]))
    assert by_file == set(service["secrets"])
    assert not any(re.search(r"://[^/]*:[^/]*@", str(value)) for value in values.values())


def test_owner_of_the_tables_only_migrates() -> None:
    assert {n for n, s in SERVICES.items() if "owner_password" in s["secrets"]} == {"db", "migrate"}
    users = {
        name: re.match(r"postgresql://(\w+)@", service["environment"]["DATABASE_URL"])[1]  # type: ignore[index]
        for name, service in SERVICES.items()
        if "DATABASE_URL" in service.get("environment", {})
    }
    assert users == {
        "migrate": "portal_owner",
        "web": "portal_web",
        "worker": "portal_worker",
        "mailer": "portal_web",
        "beat": "portal_worker",
        "backup": "portal_reader",
    }
    assert SERVICES["db"]["environment"]["POSTGRES_USER"] == "portal_owner"


def test_secrets_are_made_by_one_command(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "bin/secrets", tmp_path / "bin")
    for _time in range(2):
        told = subprocess.run([tmp_path / "bin/secrets"], capture_output=True, check=True).stdout
    made = {path.name: path for path in (tmp_path / "secrets").iterdir()}
    wanted = {name: secret["file"] for name, secret in COMPOSE["secrets"].items()}

    assert {name: f"secrets/{name}" for name in made} == wanted
    assert told == b""  # a second call leaves them alone
    assert all(re.fullmatch(r"[\w-]{64}", path.read_text()) for path in made.values())
    assert len({path.read_text() for path in made.values()}) == len(made)
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0


def test_data_lie_in_volumes_and_nothing_of_the_host_is_mounted() -> None:
    mounts = {mount for service in SERVICES.values() for mount in service.get("volumes", [])}

    assert {mount.partition(":")[0] for mount in mounts} == set(COMPOSE["volumes"])
    assert all(service.get("tmpfs") for service in SERVICES.values())


def test_images_name_their_version() -> None:
    images = {service["image"] for service in SERVICES.values()}

    assert images - {"training-portal"} == {"postgres:17-trixie", "redis:7.2-bookworm"}


def test_order_of_the_start() -> None:
    ready = {
        "migrate": {"condition": "service_completed_successfully"},
        "redis": {"condition": "service_healthy"},
    }
    assert all(
        SERVICES[name]["depends_on"] == ready for name in ("web", "worker", "mailer", "beat")
    )
    assert SERVICES["migrate"]["depends_on"] == {"db": {"condition": "service_healthy"}}


def test_nothing_begins_while_another_still_ends() -> None:
    """The worker is given the time its longest task may take."""
    from django.conf import settings

    grace = int(SERVICES["worker"]["stop_grace_period"].removesuffix("s"))
    assert grace > settings.CELERY_TASK_TIME_LIMIT


def test_letters_have_a_worker_that_draws_nothing() -> None:
    from django.conf import settings

    queues = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    command = SERVICES["mailer"]["command"]
    assert command[command.index("--queues") + 1].split(",") == sorted(queues) == ["mails"]
    assert "--queues" not in SERVICES["worker"]["command"]


# --- The image ------------------------------------------------------------------------------------


def test_image_runs_as_nobody_special_and_keeps_no_tool() -> None:
    stages = re.split(r"^FROM ", (ROOT / "Dockerfile").read_text(), flags=re.M)[1:]

    assert "--uid 10001" in stages[1] and str(SERVICES["web"]["user"]) == "10001"
    assert re.findall(r"^USER (\w+)", stages[-1], re.M) == ["portal"]
    assert "RUN" not in stages[-1]
    assert "--require-hashes -r requirements-production.lock" in stages[2]
    assert "npm ci" in stages[0]


def test_image_keeps_the_icons_that_pages_draw() -> None:
    from portal.templatetags.portal_ui import ICONS

    kept = re.findall(r"! -path '\*/([^']+)/\*' -delete", (ROOT / "Dockerfile").read_text())

    assert kept == [str(ICONS.relative_to(ROOT / "node_modules"))]


def test_image_holds_neither_history_nor_secrets() -> None:
    left_out = (ROOT / ".dockerignore").read_text().split()

    assert {".git", ".env", "secrets", "backups", "var", "tests"} <= set(left_out)


# --- What can be run here is run -------------------------------------------------------------------


@pytest.mark.services
def test_redis_of_the_file_wants_its_password_and_forgets_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "redis_password"
    secret.write_text("a-b_c123")
    shell, flag, script = SERVICES["redis"]["command"]
    port = free_port()
    script = script.replace("$$", "$").replace("/run/secrets/redis_password", str(secret))
    script = script.replace("/tmp/redis.conf", str(tmp_path / "conf")).replace(
        "/data", str(tmp_path)
    )
    server = subprocess.Popen(
        [shell, flag, f"{script} --port {port} --bind 127.0.0.1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def asked(*words: str, **environment: str) -> str:
        command = ["redis-cli", "-p", str(port), *words]
        environment = {"PATH": os.environ["PATH"], **environment}
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        ).stdout

    try:
        wait_for(port, program("redis-server"), tmp_path / "conf")
        time.sleep(0.2)
        assert "NOAUTH" in asked("ping")
        known = {"REDISCLI_AUTH": "a-b_c123"}
        assert asked("ping", **known) == "PONG\n"
        for name, value in (("appendonly", "yes"), ("maxmemory-policy", "noeviction")):
            assert asked("config", "get", name, **known).split() == [name, value]
        assert (tmp_path / "conf").stat().st_mode & 0o077 == 0
        arguments = Path(f"/proc/{server.pid}/cmdline").read_bytes()
        assert b"a-b_c123" not in arguments
    finally:
        server.terminate()
        server.wait(10)
