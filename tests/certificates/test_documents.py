"""Papers made behind the scenes: leases, attempts, files; on the certificates as the only papers."""

from __future__ import annotations

import hashlib
import socket
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.db.models.functions import Now

from certificates.actions import produce_now, retry_paper
from certificates.measures import no_file_is_nobodys
from certificates.models import Certificate
from portal.lib import documents
from portal.lib.documents import DamagedFileError, DocumentState, Failure, Priority
from portal.tasks import produce_waiting
from tests.certificates import pdfs
from tests.certificates.workers import broker_at, wait_for_the_bell
from tests.certificates.world import World, add_group

pytestmark = pytest.mark.django_db


def claim(most: int = 50, owner: str = "one") -> list[Certificate]:
    return documents.claim(Certificate, most, owner=owner)


def let_leases_run_out() -> None:
    Certificate.objects.exclude(lease_owner="").update(lease_until=Now() - timedelta(seconds=1))


def spoil(certificate: Certificate) -> None:
    """A row that cannot be drawn: its logo was never kept."""
    picture = {"file": "frozen/none.svg", "sha256": "0" * 64, "mime": "image/svg+xml", "ratio": 1}
    certificate.facts["words"]["logos"][0]["picture"] = picture
    certificate.save()


type Step = Callable[[str, int], None]
steps: list[Step] = []


def step(name: str, pk: int) -> None:
    """What settings name as DOCUMENT_STEP_HOOK: does what the test of the moment wants."""
    for each in steps:
        each(name, pk)


@pytest.fixture
def at_each_step(settings: LazySettings) -> Iterator[Callable[[Step], None]]:
    """Takes a function that is called while papers are made: drawn, written, committed."""
    settings.DOCUMENT_STEP_HOOK = f"{__name__}.step"
    yield steps.append
    steps.clear()


def stumble(at: int, error: Exception) -> Step:
    """A maker who meets the error when he has drawn this row."""

    def step(name: str, pk: int) -> None:
        if (name, pk) == ("drawn", at):
            raise error

    return step


def attempts() -> list[tuple[str, int, str, bool]]:
    """Of each row: its state, attempts, failure and whether somebody holds it."""
    rows = Certificate.objects.order_by("pk")
    return [(row.state, row.attempts, row.failure, bool(row.lease_owner)) for row in rows]


def states() -> list[str]:
    return list(Certificate.objects.order_by("pk").values_list("state", flat=True))


def files(store: Path) -> list[str]:
    return sorted(path.name for path in (store / "certificate").rglob("*.*"))


def test_claimed_rows_are_nobody_elses(done: World) -> None:
    rows = done.issue()
    first, second = claim(2, "one"), claim(50, "two")

    assert [row.pk for row in first] == [rows[0].pk, rows[1].pk]
    assert [row.pk for row in second] == [rows[2].pk]
    assert claim(50, "three") == []


def test_urgent_papers_come_first_then_the_oldest(done: World) -> None:
    rows = done.issue()
    Certificate.objects.filter(pk=rows[0].pk).update(priority=Priority.BEHIND)
    Certificate.objects.filter(pk=rows[2].pk).update(priority=Priority.SOMEONE_WAITS)

    assert [row.pk for row in claim()] == [rows[2].pk, rows[1].pk, rows[0].pk]


def test_rows_of_one_chunk_speak_one_language(done: World) -> None:
    rows = done.issue()
    Certificate.objects.filter(pk=rows[1].pk).update(language="en")

    assert [[row.pk for row in claim()] for _ in range(2)] == [
        [rows[0].pk, rows[2].pk],
        [rows[1].pk],
    ]


def test_row_whose_maker_died_is_taken_alone_by_the_next(done: World) -> None:
    done.issue()
    claim()
    let_leases_run_out()

    assert [len(claim()) for _ in range(4)] == [1, 1, 1, 0]


def test_chunk_becomes_files_with_their_fingerprints(
    done: World, own_store: Path, tmp_path: Path
) -> None:
    done.issue()
    count = documents.produce(claim())
    rows = Certificate.objects.order_by("pk")

    assert (count, states()) == (3, ["ready"] * 3)
    for row in rows:
        data = Path(row.file.path).read_bytes()
        text = pdfs.text_of(data, tmp_path)
        assert hashlib.sha256(data).hexdigest() == row.sha256
        assert row.display_number in text
        assert [other.holder in text for other in rows] == [other == row for other in rows]
        assert pdfs.violations(data) == []
    assert len(files(own_store)) == 3
    assert {(row.lease_owner, row.lease_until) for row in rows} == {("", None)}


def test_one_bad_row_spends_only_its_own_attempts(done: World) -> None:
    rows = done.issue()
    spoil(rows[1])
    count = documents.produce(claim())
    bad = Certificate.objects.get(pk=rows[1].pk)

    assert (count, states()) == (2, ["ready", "waiting", "ready"])
    assert (bad.attempts, bad.failure, bad.failure_detail) == (1, "missing", "Paraugu fonds")


def test_what_a_batch_had_made_before_it_failed_is_counted(
    done: World, at_each_step: Callable[[Step], None]
) -> None:
    rows = done.issue()
    at_each_step(stumble(rows[2].pk, ZeroDivisionError()))

    assert (documents.produce(claim()), states()) == (2, ["ready", "ready", "waiting"])


def test_unknown_trouble_is_traced_without_its_words(
    done: World, at_each_step: Callable[[Step], None], caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever mends it reads where it happened; the words of an error may hold a name."""
    rows = done.issue()
    at_each_step(stumble(rows[0].pk, ValueError("Anna Bērziņa")))
    documents.produce(claim(1))
    row = Certificate.objects.get(pk=rows[0].pk)

    assert (row.failure, row.failure_detail) == (Failure.DRAWING, "")
    assert ("ValueError" in caplog.text, "in stumble" in caplog.text) == (True, False)
    assert f'File "{__file__}"' in caplog.text
    assert "Anna" not in caplog.text


@pytest.mark.parametrize("most", [1, 50])
def test_database_that_does_not_answer_is_no_fault_of_a_paper(
    most: int, done: World, at_each_step: Callable[[Step], None]
) -> None:
    rows = done.issue()
    at_each_step(stumble(rows[0].pk, OperationalError()))
    with pytest.raises(OperationalError):
        documents.produce(claim(most))

    assert attempts()[0] == ("waiting", 1, "", True)


def test_batch_that_takes_too_long_is_given_back_to_be_taken_one_by_one(
    done: World, at_each_step: Callable[[Step], None]
) -> None:
    rows = done.issue()
    at_each_step(stumble(rows[1].pk, SoftTimeLimitExceeded()))
    with pytest.raises(SoftTimeLimitExceeded):
        documents.produce(claim())

    assert attempts() == [("ready", 1, "", False), *[("waiting", 1, "", False)] * 2]
    assert [len(claim()) for _ in range(3)] == [1, 1, 0]


def test_row_that_takes_too_long_alone_spends_its_own_attempt_and_no_other(
    done: World, at_each_step: Callable[[Step], None]
) -> None:
    rows = done.issue()
    spoil(rows[0])  # so that the batch is redone one by one
    at_each_step(stumble(rows[1].pk, SoftTimeLimitExceeded()))
    with pytest.raises(SoftTimeLimitExceeded):
        documents.produce(claim())

    assert attempts() == [
        ("waiting", 1, "missing", False),
        ("waiting", 1, "slow", False),
        ("waiting", 0, "", False),
    ]


def test_task_ends_quietly_when_its_time_is_over(
    done: World, at_each_step: Callable[[Step], None]
) -> None:
    rows = done.issue()
    at_each_step(stumble(rows[1].pk, SoftTimeLimitExceeded()))

    assert produce_waiting.apply().get() == 0
    assert {held for _state, _attempts, _failure, held in attempts()} == {False}


def test_after_three_attempts_the_row_fails_with_a_reason_for_people(done: World) -> None:
    rows = done.issue()
    spoil(rows[0])
    for _ in range(3):
        documents.produce(claim())
        let_leases_run_out()
        Certificate.objects.filter(lease_owner="", state="waiting").update(lease_until=None)
    bad = Certificate.objects.get(pk=rows[0].pk)

    assert (bad.state, bad.attempts) == (DocumentState.FAILED, 3)
    assert "Paraugu fonds" in bad.failure_in_words
    assert claim() == []


def test_failed_attempt_waits_before_the_next(done: World, settings: LazySettings) -> None:
    settings.DOCUMENT_LEASE_SECONDS = 60
    rows = done.issue()
    spoil(rows[0])
    documents.produce(claim())

    assert claim() == []
    let_leases_run_out()
    Certificate.objects.filter(pk=rows[0].pk).update(lease_until=Now() - timedelta(seconds=1))
    assert [row.pk for row in claim()] == [rows[0].pk]


def test_row_that_kills_its_makers_is_given_up_after_three(done: World) -> None:
    rows = done.issue()
    Certificate.objects.exclude(pk=rows[0].pk).delete()
    for _ in range(3):
        assert len(claim()) == 1
        let_leases_run_out()

    assert claim() == []
    row = Certificate.objects.get()
    assert (row.state, row.failure) == (DocumentState.FAILED, Failure.STOPPED)


def test_late_maker_neither_overwrites_nor_leaves_a_file(done: World, own_store: Path) -> None:
    done.issue()
    slow = claim(1, "slow")
    let_leases_run_out()
    quick = claim(1, "quick")
    assert [row.pk for row in slow] == [row.pk for row in quick]
    assert documents.produce(quick) == 1
    kept = Certificate.objects.get(pk=quick[0].pk).file.name

    assert documents.produce(slow) == 0
    assert Certificate.objects.get(pk=quick[0].pk).file.name == kept
    assert files(own_store) == [Path(kept).name]


def test_what_a_dead_maker_left_is_swept_by_the_next(done: World, own_store: Path) -> None:
    done.issue()
    [row] = claim(1)
    left = own_store / "certificate" / "0000" / f"{row.pk}-dead.part"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    let_leases_run_out()
    documents.produce(claim(1))

    assert not left.exists()
    assert len(files(own_store)) == 1


def test_what_given_up_attempts_left_is_swept_when_the_paper_is_made(
    done: World, own_store: Path
) -> None:
    row = done.issue()[0]
    for number in range(3):
        left = own_store / "certificate" / "0000" / f"{row.pk}-dead{number}.pdf"
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_bytes(b"of a killed maker")
    Certificate.objects.filter(pk=row.pk).update(state="failed", failure="stopped", attempts=3)
    retry_paper(paper=row)

    assert produce_now(certificate=row).is_ready
    assert list(no_file_is_nobodys()) == []


def test_starting_worker_frees_what_its_predecessor_held_and_nothing_else(done: World) -> None:
    done.issue()
    claim(1, "celery@a")
    claim(1, "celery@ab")

    assert documents.free_leases("celery@a") == 1
    assert len(claim(1, "celery@a")) == 1


def test_full_disk_is_said_and_leaves_no_half_file(done: World, settings: LazySettings) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    done.issue()
    [row] = claim(1)
    folder = Path(settings.MEDIA_ROOT) / "certificate" / "0000"
    folder.mkdir(parents=True)
    claim_id = row.lease_owner.rpartition("/")[2]
    (folder / f"{row.pk}-{claim_id}.part").symlink_to("/dev/full")

    assert documents.produce([row]) == 0
    row.refresh_from_db()
    assert (row.state, row.failure) == (DocumentState.WAITING, Failure.DISK)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("harm", ["remove", "truncate", "flip"])
def test_damaged_file_is_never_handed_out_and_is_made_anew(done: World, harm: str) -> None:
    done.issue()
    documents.produce(claim())
    row = Certificate.objects.order_by("pk").first()
    path, before = Path(row.file.path), row.sha256
    data = bytearray(path.read_bytes())
    if harm == "remove":
        path.unlink()
    else:
        data[200] ^= 1
        path.write_bytes(data[:5000] if harm == "truncate" else data)

    with pytest.raises(DamagedFileError):
        row.read()
    retry_paper(paper=row)
    row = produce_now(certificate=row)
    assert not row.is_damaged()
    assert (row.state, row.rendition) == (DocumentState.READY, 2)
    assert row.earlier_files[0]["sha256"] == before
    assert path.exists() == (harm != "remove")


@pytest.mark.parametrize("harm", ["unreadable", "folder away"])
def test_disk_that_does_not_answer_is_no_damage(done: World, own_store: Path, harm: str) -> None:
    """What is only out of reach must not be replaced: it may come back."""
    done.issue()
    documents.produce(claim())
    row = Certificate.objects.order_by("pk").first()
    path, folder, away = Path(row.file.path), own_store / "certificate", own_store / "away"
    data = row.read()
    if harm == "unreadable":
        path.unlink()
        path.symlink_to(path)  # opening it fails as a broken disk does
    else:
        folder.rename(away)
    with pytest.raises(OSError):
        retry_paper(paper=row)

    if harm == "unreadable":
        path.unlink()
        path.write_bytes(data)
    else:
        away.rename(folder)
    row.refresh_from_db()
    assert (row.state, row.rendition, row.read()) == (DocumentState.READY, 1, data)


def test_earlier_file_that_is_whole_again_is_handed_out_rather_than_a_third(
    done: World,
) -> None:
    done.issue()
    documents.produce(claim())
    row = Certificate.objects.order_by("pk").first()
    first = Path(row.file.path)
    issued = first.read_bytes()
    first.unlink()
    second = produce_now(certificate=retry_paper(paper=row))
    Path(second.file.path).unlink()
    first.write_bytes(issued)  # the backup has come back
    row = retry_paper(paper=row)

    assert (row.state, row.rendition, row.read()) == (DocumentState.READY, 1, issued)
    assert [each["n"] for each in row.earlier_files] == [2]
    first.unlink()
    third = produce_now(certificate=retry_paper(paper=row))
    assert (third.is_ready, third.rendition, len(third.earlier_files)) == (True, 3, 2)


def test_paper_in_order_is_never_made_anew(done: World) -> None:
    done.issue()
    documents.produce(claim())
    row = Certificate.objects.order_by("pk").first()

    assert retry_paper(paper=row).is_ready
    assert Certificate.objects.get(pk=row.pk).rendition == 1


def test_retry_gives_three_new_attempts_and_the_first_place(done: World) -> None:
    rows = done.issue(priority=Priority.BEHIND)
    Certificate.objects.filter(pk=rows[2].pk).update(state="failed", failure="disk", attempts=3)
    row = retry_paper(paper=rows[2])

    assert (row.state, row.attempts, row.failure) == (DocumentState.WAITING, 0, "")
    assert claim(1)[0].pk == rows[2].pk


def test_waiting_paper_is_made_at_once_for_who_asks(done: World) -> None:
    rows = done.issue(priority=Priority.BEHIND)
    row = produce_now(certificate=rows[2])

    assert row.is_ready
    assert states() == ["waiting", "waiting", "ready"]


def test_paper_being_made_by_another_is_waited_for_and_not_taken(
    done: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from certificates.actions import papers

    monkeypatch.setattr(papers, "PATIENCE_SECONDS", 0.3)
    rows = done.issue()
    claim()
    row = produce_now(certificate=rows[0])

    assert (row.state, row.lease_owner.partition("/")[0]) == (DocumentState.WAITING, "one")


def test_task_makes_all_that_waits_whatever_the_language(done: World) -> None:
    add_group(done, 6, 2)
    done.issue()
    rows = done.issue(done.groups[1])
    Certificate.objects.filter(pk__in=[row.pk for row in rows[:2]]).update(language="en")
    counts = [produce_waiting.apply().get() for _ in range(3)]

    assert sum(counts) == 9
    assert set(states()) == {"ready"}


def test_urgent_papers_wait_for_one_small_chunk_only(done: World) -> None:
    add_group(done, 12, 2)
    done.issue(done.groups[1], priority=Priority.BEHIND)
    made = [produce_waiting.apply().get()]
    urgent = done.issue(priority=Priority.SOMEONE_WAITS)
    made.append(produce_waiting.apply().get())

    assert made == [5, 5]
    assert {Certificate.objects.get(pk=row.pk).state for row in urgent} == {"ready"}


def test_nothing_is_drawn_inside_a_transaction(
    done: World, at_each_step: Callable[[Step], None]
) -> None:
    """The lease is taken and given back in statements of their own."""
    rows, depth = done.issue(), len(connection.savepoint_ids)
    seen: list[tuple[str, int]] = []
    at_each_step(lambda name, _pk: seen.append((name, len(connection.savepoint_ids))))
    documents.produce(claim(2))
    produce_now(certificate=rows[2])

    assert seen == [(name, depth) for name in ("drawn", "written", "committed")] * 3


def test_doorbell_rings_after_the_commit_only(
    done: World, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as rung:
        done.issue()

    assert len(rung) == 1


def test_ring_that_nobody_hears_for_long_wakes_nobody(
    settings: LazySettings, django_capture_on_commit_callbacks: Any
) -> None:
    """Rings of a weekend without a worker must not all be answered on Monday."""
    with current_app.connection_for_read() as broker:
        broker.default_channel.queue_declare("celery")
        broker.default_channel.queue_purge("celery")
        with django_capture_on_commit_callbacks(execute=True):
            documents.ring()
        wait_for_the_bell()
        message = broker.default_channel.basic_get("celery", no_ack=True)

    assert message.headers["task"] == documents.DOORBELL
    assert message.headers["expires"] is not None


def test_click_does_not_wait_for_a_broker_that_is_frozen(
    done: World, django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """It takes the connection and never answers, as a stopped Redis does."""
    with socket.socket() as frozen:
        frozen.bind(("127.0.0.1", 0))
        frozen.listen()
        with broker_at(f"redis://127.0.0.1:{frozen.getsockname()[1]}/0"):
            began = time.monotonic()
            with django_capture_on_commit_callbacks(execute=True):
                rows = done.issue()
            waited = time.monotonic() - began

    assert (len(rows), waited < 1) == (3, True)
    assert "The doorbell did not ring" in caplog.text


def test_database_refuses_a_ready_row_without_a_file(done: World) -> None:
    from django.db import IntegrityError, transaction

    row = done.issue()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=row.pk).update(state="ready")
