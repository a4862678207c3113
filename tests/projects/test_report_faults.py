"""What only real PostgreSQL shows: nothing sent can be changed, one moment, one version."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from portal.invariants import run
from portal.lib import moments
from projects import actions
from projects.models import ReportPaper, ReportPart, ReportState, ReportStep, ReportVersion
from tests.projects.reporting import Told, make_papers, tell, write
from tests.sizes import either
from training.models import Attendance, Enrolment

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

MOVES = either(60, 1000)


@pytest.fixture
def told(stage: Any, settings: Any, tmp_path: Any) -> Told:
    settings.MEDIA_ROOT = tmp_path
    return tell(stage.project)


def refuses(statement: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            statement()
    except IntegrityError as error:
        assert "never" in str(error), error
        return True
    return False


def sql(words: str, *values: Any) -> Callable[[], Any]:
    def send() -> None:
        with connection.cursor() as cursor:
            cursor.execute(words, values)

    return send


# --- Fault 40: data corrected after submission ---------------------------------------------------


def test_what_was_submitted_is_refused_any_change_by_every_door(stage, told):
    version = actions.submit_report(report=write(told.report), by=stage.people["coordinator"])
    make_papers(version)
    paper, step = version.papers.first(), ReportStep.objects.first()
    versions = ReportVersion.objects.filter(pk=version.pk)
    papers = ReportPaper.objects.filter(pk=paper.pk)

    for statement in (
        sql("update projects_reportversion set facts = '{}' where id = %s", version.pk),
        sql("update projects_reportversion set number = 7 where id = %s", version.pk),
        sql("update projects_reportversion set frozen_at = now() where id = %s", version.pk),
        sql("delete from projects_reportversion where id = %s", version.pk),
        sql("update projects_reportpaper set sha256 = 'x' where id = %s", paper.pk),
        sql("update projects_reportpaper set file = 'other.pdf' where id = %s", paper.pk),
        sql("update projects_reportpaper set file = '', sha256 = '', state = 'waiting'"),
        sql("update projects_reportpaper set state = 'failed' where id = %s", paper.pk),
        sql("update projects_reportpaper set language = 'lt' where id = %s", paper.pk),
        sql("delete from projects_reportpaper where id = %s", paper.pk),
        sql("update projects_reportstep set note = 'x' where id = %s", step.pk),
        sql("update projects_reportstep set new_state = 'accepted' where id = %s", step.pk),
        sql("delete from projects_reportstep where id = %s", step.pk),
        lambda: versions.update(facts={"changed": True}),
        lambda: ReportVersion(pk=version.pk, report=told.report, number=1, facts={}).save(),
        lambda: papers.update(sha256="x"),
        lambda: papers._raw_delete(papers.db),
    ):
        assert refuses(statement)

    actions.sign_report(report=told.report, by=stage.people["officer"], seen=1)
    assert refuses(sql("update projects_reportversion set sent_at = now()"))
    assert refuses(sql("update projects_reportversion set sent_at = null"))
    stage.people["coordinator"].delete()  # whoever froze it may be forgotten
    version.refresh_from_db()
    assert version.frozen_by is None


def test_period_with_a_history_is_not_removed(stage, told):
    actions.submit_report(report=told.report, by=stage.people["coordinator"])
    told.report.refresh_from_db()
    with pytest.raises(ValidationError, match="pārskata versija"):
        actions.remove(row=told.report)


# --- Two people write at once --------------------------------------------------------------------


def at_once(deeds: list[Callable[[], Any]], *, meet_before: str, guarded: bool) -> list[Any]:
    """Each in a thread of its own; before its first such statement each waits for the other, as
    long as a lock lets both come so far."""
    gate, both_read = threading.Barrier(len(deeds)), threading.Barrier(len(deeds), timeout=2)

    def run_it(deed: Callable[[], Any]) -> Any:
        met: list[bool] = []

        def meet(execute: Callable[..., Any], words: str, *rest: Any) -> Any:
            if not met and words.startswith(meet_before):
                met.append(True)
                with suppress(threading.BrokenBarrierError):
                    both_read.wait()
            return execute(words, *rest)

        connection.ensure_connection()
        connection.features.has_select_for_update = guarded
        gate.wait()
        try:
            with connection.execute_wrapper(meet):
                return deed()
        except (ValidationError, IntegrityError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run_it, deeds))


def write_at_once(told: Told, *, guarded: bool) -> list[Any]:
    """Two write the same text, both having seen the same revision."""
    told.report.refresh_from_db()
    seen = told.report.revision

    def wording(words: str) -> Callable[[], Any]:
        texts = {ReportPart.SUMMARY: (words, words)}
        return lambda: actions.write_report(report=told.report, texts=texts, seen=seen)

    before = 'UPDATE "projects_reporttext"'
    return at_once([wording("Viens"), wording("Otrs")], meet_before=before, guarded=guarded)


def test_of_two_who_saw_the_same_texts_the_second_is_told(told):
    write(told.report)
    answers = write_at_once(told, guarded=True)
    [refused] = [each for each in answers if isinstance(each, ValidationError)]
    [kept] = [
        words for words, each in zip(("Viens", "Otrs"), answers, strict=True) if each != refused
    ]

    assert refused.code == "changed"
    assert told.report.texts.get(part=ReportPart.SUMMARY).text_lv == kept


def test_without_the_lock_one_overwrites_the_other_unseen(told):
    write(told.report)
    assert [type(each).__name__ for each in write_at_once(told, guarded=False)] == ["Report"] * 2


# --- Two people submit at once -------------------------------------------------------------------


def submit_at_once(told: Told, people: list[Any], *, guarded: bool) -> list[Any]:
    """Both have read that nothing is submitted before either writes, unless locks forbid."""

    def submitting(person: Any) -> Callable[[], Any]:
        return lambda: actions.submit_report(report=told.report, by=person)

    before = 'INSERT INTO "projects_reportversion"'
    return at_once([submitting(each) for each in people], meet_before=before, guarded=guarded)


def test_two_who_submit_at_once_make_one_version(stage, told):
    people = [stage.people["coordinator"], stage.people["admin"]]
    answers = submit_at_once(told, people, guarded=True)

    assert sorted(type(each).__name__ for each in answers) == ["ReportVersion", "ValidationError"]
    assert ReportVersion.objects.get().number == 1
    assert ReportStep.objects.count() == 1
    assert ReportPaper.objects.count() == 4


@contextmanager
def without_the_moment() -> Iterator[None]:
    hold = moments._hold_the_moment
    moments._hold_the_moment = lambda: None
    try:
        yield
    finally:
        moments._hold_the_moment = hold


def test_without_lock_and_moment_the_second_meets_an_error_instead_of_an_answer(stage, told):
    people = [stage.people["coordinator"], stage.people["admin"]]
    with without_the_moment():
        answers = submit_at_once(told, people, guarded=False)

    assert "IntegrityError" in {type(each).__name__ for each in answers}


# --- Fault 39: the report is frozen while data change --------------------------------------------


def freeze_while_moving(told: Told, frozen: Callable[[], dict[str, Any]]) -> set[tuple[Any, ...]]:
    """A writer moves a person's marks between two groups; each freeze tells what it saw."""
    stop, seen = threading.Event(), set()

    def move() -> None:
        enrolment = told.enrolments[0].pk
        homes = [told.group.pk, told.other.pk]
        sessions = list(told.group.sessions.values_list("pk", flat=True))
        for turn in range(MOVES):
            if stop.is_set():
                break
            with transaction.atomic():
                Enrolment.objects.filter(pk=enrolment).update(group=homes[turn % 2])
                for session in sessions:
                    Attendance.objects.filter(enrolment=enrolment, session=session).update(
                        status="absent" if turn % 2 else "present",
                        revision=F("revision") + 1,
                    )
        connection.close()

    writer = threading.Thread(target=move)
    writer.start()
    try:
        for _turn in range(either(8, 60)):
            facts = frozen()
            [attendance] = [each for each in facts["tables"] if each["code"] == "attendance"]
            [hours] = [each for each in facts["indicators"] if each["code"] == "R2"]
            table = attendance["totals"][1]["cells"][2]["number"]
            seen.add((float(hours["value"]["number"]), float(table)))
    finally:
        stop.set()
        writer.join()
    return seen


def test_all_tables_of_a_report_tell_of_one_moment(told):
    seen = freeze_while_moving(
        told, lambda: moments.in_one_moment(lambda: actions.report_facts(told.report))
    )
    assert {one for one, other in seen if one != other} == set()


def totals_around_a_change(told: Told) -> tuple[str, str]:
    """Between the question for the indicator and that for the table somebody marks all absent."""
    left = [True]

    def change() -> None:
        Attendance.objects.update(status="absent")
        connection.close()

    def between(execute: Callable[..., Any], words: str, *rest: Any) -> Any:
        if left and 'AS "marked"' in words:
            left.clear()
            writer = threading.Thread(target=change)
            writer.start()
            writer.join()
        return execute(words, *rest)

    with connection.execute_wrapper(between):
        facts = moments.in_one_moment(lambda: actions.report_facts(told.report))
    assert not left, "nobody asked for the table"
    [attendance] = [each for each in facts["tables"] if each["code"] == "attendance"]
    [hours] = [each for each in facts["indicators"] if each["code"] == "R2"]
    return hours["value"]["number"], attendance["totals"][1]["cells"][2]["number"]


def test_change_between_two_tables_is_in_neither(told):
    one, other = totals_around_a_change(told)
    assert float(one) == float(other) == 36


def test_without_the_moment_it_is_in_the_second(told):
    with without_the_moment():
        one, other = totals_around_a_change(told)
    assert (float(one), float(other)) == (36, 0)


def test_submission_freezes_while_others_write_and_its_totals_agree(stage, told):
    def freeze() -> dict[str, Any]:
        version = actions.submit_report(report=told.report, by=stage.people["coordinator"])
        actions.take_back_submission(report=told.report, by=stage.people["coordinator"])
        return version.facts

    seen = freeze_while_moving(told, freeze)
    assert all(one == other for one, other in seen)
    told.report.refresh_from_db()
    assert told.report.state == ReportState.DRAFT
    numbers = list(ReportVersion.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    promises = {found.promise: found.differences for found in run()}
    assert [found for promise, found in promises.items() if "report" in promise] == [[], []]
