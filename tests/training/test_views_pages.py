"""Lists, forms and cards of training: what stands on them, what they refuse, what they cost."""

from __future__ import annotations

import html
import io
import re
from datetime import date, time, timedelta
from typing import Any

import openpyxl
import pytest
from django.forms import model_to_dict
from django.urls import reverse
from django.utils import timezone, translation

from projects import doors
from tests.training.world import (
    FIRST_DAY,
    category,
    empty_world,
    mark,
    organisation,
    supervision,
)
from training.actions import (
    MarkCommand,
    NewPerson,
    Outcome,
    SessionPlan,
    add_participant,
    archive,
    close_session,
    mark_all_present,
    plan_sessions,
    record_marks,
)
from training.models import (
    AttendanceStatus,
    Employment,
    Enrolment,
    Group,
    GroupTrainer,
    JobCategory,
    Module,
    Participant,
    Session,
    SessionState,
    Site,
    TrainingProgramme,
)

LONG = "a" * 100_000
HTML = '<script>alert("x")</script>'


def at(name: str, *args: Any) -> str:
    return reverse(f"training:{name}", args=args)


def errors(answer: Any) -> set[str]:
    assert answer.status_code == 422
    return set(answer.context["form"].errors)


# --- Lists ---------------------------------------------------------------------------------------


def more_groups(world: Any, count: int) -> None:
    for number in range(count):
        group = Group.objects.create(
            programme=world.programme, code=f"m{number}", name_lv=f"{number}. cita", site=world.site
        )
        Enrolment.objects.create(
            group=group, participant=world.enrolments[0].participant, since=FIRST_DAY
        )
        plans = [SessionPlan(FIRST_DAY + timedelta(days=i), time(9), time(12)) for i in range(2)]
        plan_sessions(user=None, group=group, plans=plans)


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        (at("group_list"), 12),
        (at("programme_list"), 10),
        (at("site_list"), 10),
        (at("job_category_list"), 9),
        (at("participant_list"), 11),
    ],
)
def test_list_costs_the_same_for_one_row_and_three(
    address: str, queries: int, filled: Any, as_: Any, django_assert_num_queries: Any
) -> None:
    browser = as_("coordinator")
    Enrolment.objects.filter(pk__in=[each.pk for each in filled.enrolments[1:]]).delete()
    JobCategory.objects.exclude(pk=filled.worker.pk).update(archived_at=timezone.now())
    browser.get(address)  # the first page of a session may write its choice of project
    with django_assert_num_queries(queries):
        assert browser.get(address).context["table"].paginator.count == 1
    more_groups(filled, 2)
    for number in range(2):
        Site.objects.create(project=filled.project, code=f"s{number}", name_lv=f"{number}. vieta")
        TrainingProgramme.objects.create(project=filled.project, code=f"p{number}", name_lv="Cita")
        category(f"cits-{number}")
        person = add_participant(user=None, person=NewPerson("Guntra", f"Rubene{number}"))
        Enrolment.objects.create(group=filled.group, participant=person, since=FIRST_DAY)
        Employment.objects.create(
            participant=person, organisation=organisation(f"o{number}"), job_category=filled.worker
        )
    with django_assert_num_queries(queries):
        assert browser.get(address).context["table"].paginator.count == 3


@pytest.mark.parametrize(("show", "queries"), [("", 14), ("?show=sessions", 12), ("register/", 13)])
def test_group_costs_the_same_for_one_person_and_three(
    show: str, queries: int, filled: Any, as_: Any, django_assert_num_queries: Any
) -> None:
    browser = as_("coordinator")
    address = filled.group.get_absolute_url() + show
    mark(filled, 0, 0, "present")
    mark(filled, 0, 1, "partial", 90)
    everyone = list(filled.enrolments)
    Enrolment.objects.filter(pk__in=[each.pk for each in everyone[1:]]).delete()
    Session.objects.filter(pk=filled.sessions[2].pk).delete()
    browser.get(address)
    with django_assert_num_queries(queries):
        browser.get(address)
    for place in everyone[1:]:
        Enrolment.objects.create(group=filled.group, participant=place.participant, since=FIRST_DAY)
    filled.enrolments = list(Enrolment.objects.order_by("pk"))
    mark(filled, 2, 0, "excused")
    plans = [SessionPlan(FIRST_DAY + timedelta(days=9), time(9), time(12), 0, filled.everyone)]
    plan_sessions(user=None, group=filled.group, plans=plans)
    with django_assert_num_queries(queries):
        browser.get(address)


def names(answer: Any) -> list[str]:
    return [str(row.record) for row in answer.context["table"].rows]


def test_groups_that_lack_marks_stand_first(filled: Any, as_: Any) -> None:
    more_groups(filled, 2)
    Session.objects.filter(group=filled.group).update(state=SessionState.CANCELLED)
    with translation.override("lv"):
        seen = names(as_("coordinator").get(at("group_list")))
    assert seen == ["0. cita", "1. cita", "1. grupa"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"1. grupa", "Supervīzija"}),
        ("?q=GRUPA", {"1. grupa"}),
        ("?q=supervizija", {"Supervīzija"}),
        ("?q=zzz", set()),
        ("?kind=supervision", {"Supervīzija"}),
        ("?kind=nonsense", {"1. grupa", "Supervīzija"}),
        ("?stage=planned", {"Supervīzija"}),
        ("?stage=open", {"1. grupa"}),
        ("?stage=finished", set()),
        ("?project=latgale", {"1. grupa", "Supervīzija"}),
        ("?project=other", {"1. grupa", "Supervīzija"}),
        ("?archived=1", {"Vecā grupa"}),
        ("?site=99999999999999999999", {"1. grupa", "Supervīzija"}),
        ("?page=-3&sort=-nonsense", {"1. grupa", "Supervīzija"}),
        (f"?q={'x' * 500}", {"1. grupa", "Supervīzija"}),
    ],
)
def test_group_list_narrows_to_the_choice(
    query: str, expected: set[str], filled: Any, as_: Any
) -> None:
    supervision(filled)
    old = Group.objects.create(programme=filled.programme, code="old", name_lv="Vecā grupa")
    archive(row=old, archived=True)
    assert set(names(as_("coordinator").get(at("group_list") + query))) == expected


def test_export_holds_what_is_shown_and_no_formula(filled: Any, as_: Any) -> None:
    filled.group.name_lv = "=1+1"
    filled.group.save()
    supervision(filled)
    answer = as_("coordinator").get(at("group_list") + "?kind=training&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[:1] + row[4:8] for row in rows] == [("=1+1", 3, 3, 0, 3)]
    assert sheet["A2"].data_type == "s"


def test_empty_portal_leads_on(db: Any, client: Any) -> None:
    from projects.models import Role
    from tests.training.world import member

    client.force_login(
        member("admin@x.invalid", Role.ADMIN, everything=True),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    for name in ("group_list", "programme_list", "site_list", "participant_list"):
        answer = client.get(at(name))
        assert answer.context["table"].paginator.count == 0
        assert 'class="empty"' in answer.content.decode()


# --- Forms: what they make --------------------------------------------------------------------


def test_a_course_is_made_by_forms_alone(filled: Any, as_: Any) -> None:
    """Programme, module, site, group, timetable, person and marks, as the first coordinator would."""
    browser = as_("coordinator")
    job = browser.post(at("job_category_add"), {"name_lv": "Ģimenes asistents", "position": 3})
    assert job.status_code == 302
    assistant = JobCategory.objects.get(code="gimenes-asistents")
    made = browser.post(
        at("programme_add"),
        {
            "project": filled.project.pk,
            "name_lv": "Jaunā programma",
            "hour_unit": "ac45",
            "threshold_percent": 80,
        },
    )
    programme = TrainingProgramme.objects.get(code="jauna-programma")
    assert made.url == programme.get_absolute_url()
    module = {"name_lv": "Ētika", "days": "2", "position": 1}
    browser.post(at("module_add", programme.pk), module | {"audience": [assistant.pk]})
    assert [each.pk for each in Module.objects.get(code="etika").audience.all()] == [assistant.pk]
    site = {"project": filled.project.pk, "name_lv": "Krāslava", "locative_lv": "Krāslavā"}
    browser.post(at("site_add"), site)
    group = {
        "programme": programme.pk,
        "name_lv": "Krāslavas grupa",
        "kind": "training",
        "site": Site.objects.get(code="kraslava").pk,
        "position": 0,
    }
    browser.post(at("group_add"), group)
    made_group = Group.objects.get(code="kraslavas-grupa")
    plan = {
        "first": "2026-03-02", "weekdays": [0, 2], "count": 3, "starts": "09:00", "ends": "16:00",
        "break_minutes": 60, "module": "order",
    }  # fmt: skip
    assert browser.post(at("sessions_plan", made_group.pk), plan).status_code == 302
    sessions = made_group.sessions.order_by("date")
    assert [(each.date.day, each.module and each.module.code) for each in sessions] == [
        (2, "etika"),
        (4, "etika"),
        (9, None),
    ]
    person = {
        "given_name": "Žanete", "family_name": "Čakša", "job_category": assistant.pk,
        "organisation": organisation("kraslava").pk, "since": "2026-03-02", "then": "next",
    }  # fmt: skip
    answer = browser.post(at("enrolment_add", made_group.pk), person)
    assert answer.url == at("enrolment_add", made_group.pk)
    place = Enrolment.objects.get(group=made_group)
    assert (place.participant.list_name, place.job_category) == ("Čakša Žanete", assistant)
    assert place.participant.employments.get().valid_from == date(2026, 3, 2)
    closed = browser.post(at("session_close", sessions[0].pk), {"rest": "present"})
    assert closed.status_code == 302
    place.refresh_from_db()
    assert place.minutes_attended == 360


def test_a_known_person_joins_another_group(filled: Any, as_: Any) -> None:
    browser, other = as_("coordinator"), supervision(filled)
    page = browser.get(at("enrolment_add", other.pk) + "?q=laksa")
    (found,) = page.context["found"]
    address = at("enrolment_add", other.pk) + f"?person={found.pk}"
    assert browser.get(address).context["form"].initial["organisation"] is not None
    assert browser.post(address, {"since": "2026-03-02"}).status_code == 302
    assert Enrolment.objects.filter(group=other, participant=found).count() == 1
    assert Participant.objects.count() == 3
    again = browser.post(address, {"since": "2026-03-02"})
    assert errors(again) == {"__all__"}
    assert not browser.get(at("enrolment_add", other.pk) + "?q=laksa").context["found"]


@pytest.mark.parametrize("name", ["Ļaksa", "ĻAKSA", "L\u0327aksa", "ļaksa "])
def test_a_namesake_is_asked_about_before_a_second_one_is_made(
    name: str, filled: Any, as_: Any
) -> None:
    browser = as_("coordinator")
    person = {"given_name": "ināra", "family_name": name, "since": "2026-03-02"}
    known = filled.enrolments[0].participant
    links = {
        at("enrolment_add", filled.group.pk): f"?person={known.pk}",
        at("participant_add"): known.get_absolute_url(),
    }
    for address, link in links.items():
        answer = browser.post(address, person)
        assert errors(answer) == {"__all__"}
        assert answer.context["form"].namesakes == [known]
        assert f'href="{link}">Ļaksa Ināra, Service<' in answer.content.decode()
    browser.post(at("enrolment_add", filled.group.pk), person | {"is_another": "on"})
    assert Participant.objects.filter(search_key=known.search_key).count() == 2


def test_the_present_job_stands_first_and_is_proposed(filled: Any, as_: Any) -> None:
    person = filled.enrolments[1].participant
    jobs = [
        ("former", date(2020, 1, 1), date(2021, 1, 1)),
        ("undated", None, None),
        ("begun", date(2025, 1, 1), None),
        ("coming", date(2999, 1, 1), None),
        ("undated-end", None, date(2020, 1, 1)),
    ]
    for code, since, until in jobs:
        Employment.objects.create(
            participant=person, organisation=organisation(code), job_category=filled.worker,
            valid_from=since, valid_to=until,
        )  # fmt: skip
    browser, other = as_("coordinator"), supervision(filled)
    page = browser.get(person.get_absolute_url())
    assert [job.organisation.code for job, _may in page.context["employments"]] == [
        "begun", "undated", "coming", "former", "undated-end",
    ]  # fmt: skip
    assert "Begun, un vēl 4" in browser.get(at("participant_list")).content.decode()
    form = browser.get(at("enrolment_add", other.pk) + f"?person={person.pk}").context["form"]
    proposed = Employment.objects.get(organisation=form.initial["organisation"], participant=person)
    assert proposed.organisation.code == "begun"


def test_a_partner_adds_own_people_only(filled: Any, as_: Any) -> None:
    browser = as_("partner")
    from projects.models import Organisation

    own, foreign = Organisation.objects.get(code="service"), organisation("elsewhere")
    person = {"given_name": "Rita", "family_name": "Dimante", "since": "2026-03-02"}
    answer = browser.post(at("enrolment_add", filled.group.pk), person)
    assert errors(answer) == {"organisation", "job_category"}
    person |= {"job_category": filled.worker.pk, "organisation": foreign.pk}
    assert errors(browser.post(at("enrolment_add", filled.group.pk), person)) == {"organisation"}
    person["organisation"] = own.pk
    assert browser.post(at("enrolment_add", filled.group.pk), person).status_code == 302
    page = browser.get(filled.group.get_absolute_url()).content.decode()
    assert "Dimante" in page


def test_somebody_leaves_and_comes_back(filled: Any, as_: Any) -> None:
    browser, place = as_("coordinator"), filled.enrolments[0]
    leave = at("enrolment_leave", place.pk)
    goes = {"wanted": browser.get(leave).context["wanted"], "reason": "Cits darbs"}
    assert errors(browser.post(leave, goes | {"on": "2026-01-01"})) == {"on"}
    for _press in range(2):
        assert browser.post(leave, goes | {"on": "2026-03-03"}).status_code == 302
        place.refresh_from_db()
        assert (place.state, place.until) == ("withdrawn", date(2026, 3, 3))
    assert errors(browser.post(leave, goes | {"on": "2026-03-04"})) == {"__all__"}
    returns = {"wanted": browser.get(leave).context["wanted"], "reason": "Atgriezās"}
    for _press in range(2):
        assert browser.post(leave, returns).status_code == 302
        place.refresh_from_db()
        assert (place.state, place.until) == ("active", None)
    assert place.changes.count() == 3


def test_trainer_gets_a_group_and_loses_it(filled: Any, as_: Any, cast: Any) -> None:
    browser, trainer = as_("coordinator"), as_("trainer")
    other = supervision(filled)
    add, page = at("trainer_add", other.pk), other.get_absolute_url()
    assert trainer.get(page).status_code == 404
    assert browser.post(add, {"trainer": cast["trainer"].pk}).status_code == 302
    assert trainer.get(page).status_code == 200
    row = other.trainers.get()
    assert errors(browser.post(add, {"trainer": cast["trainer"].pk})) == {"trainer"}
    assert trainer.post(at("trainer_remove", row.pk)).status_code == 403
    browser.post(at("trainer_remove", row.pk))
    assert trainer.get(page).status_code == 404


def test_only_trainers_of_own_projects_are_told(filled: Any, as_: Any, cast: Any) -> None:
    """Whoever else has an account or none is invited alike, to the very group."""
    browser, other = as_("coordinator"), supervision(filled)
    GroupTrainer.objects.create(group=empty_world("kurzeme").group, user=cast["stranger"])
    add = at("trainer_add", other.pk)
    page = browser.get(add)
    assert list(page.context["form"].fields["trainer"].queryset) == [cast["trainer"]]
    answers = [
        browser.post(add, {"trainer": pk}).context["form"].errors
        for pk in (cast["stranger"].pk, 99_999_999)
    ]
    assert answers[0] == answers[1]
    invite = f"{reverse('user_invite')}?role=trainer&scope=group:{other.pk}"
    assert html.escape(invite) in page.content.decode()
    assert browser.get(invite).context["form"]["scope"].value() == f"group:{other.pk}"
    for email in ("s@x.invalid", "nobody@x.invalid"):
        data = {"email": email, "scope": f"group:{other.pk}", "language": "lv"}
        assert browser.post(invite, data).status_code == 302
    assert other.trainers.count() == 2


def test_archiving_leaves_the_list_and_comes_back(filled: Any, as_: Any) -> None:
    browser = as_("coordinator")
    for wanted, count in (("archived", 0), ("archived", 0), ("current", 1), ("current", 1)):
        browser.post(at("group_archive", filled.group.pk), {"wanted": wanted})
        page = browser.get(at("group_list"))
        assert page.context["table"].paginator.count == count


@pytest.mark.parametrize(
    "name", ["group", "programme", "module", "site", "job_category", "participant"]
)
def test_the_button_of_a_page_says_which_way_it_goes(name: str, filled: Any, as_: Any) -> None:
    browser = as_("coordinator")
    rows = {"module": filled.everyone, "job_category": filled.worker}
    rows["participant"] = filled.enrolments[0].participant
    row = rows.get(name) or getattr(filled, name)
    for before, wanted in ((False, "archived"), (True, "current")):
        archive(row=row, archived=before)
        page = browser.get(at(f"{name}_edit", row.pk))
        (button,) = page.context["danger"]
        assert (button[0], button[2]) == (at(f"{name}_archive", row.pk), wanted)
        assert f'name="wanted" value="{wanted}"' in page.content.decode()


@pytest.mark.parametrize(
    "name", ["group", "programme", "module", "site", "job_category", "participant"]
)
def test_archiving_is_undone_from_its_message(name: str, filled: Any, as_: Any) -> None:
    browser = as_("coordinator")
    rows = {"module": filled.everyone, "job_category": filled.worker}
    rows["participant"] = filled.enrolments[0].participant
    row = rows.get(name) or getattr(filled, name)
    address = at(f"{name}_archive", row.pk)

    said = browser.post(address, {"wanted": "archived"}, follow=True).content.decode()
    form = re.search(r'<form class="message-undo".*?</form>', said, re.S)[0]
    assert f'action="{address}"' in form
    assert 'name="wanted" value="current"' in form
    again = browser.post(address, {"wanted": "current"}, follow=True).content.decode()

    assert "message-undo" not in again
    assert type(row).objects.current().filter(pk=row.pk).exists()


def test_a_session_is_cancelled_and_planned_again_by_what_the_page_said(
    filled: Any, as_: Any
) -> None:
    browser, session = as_("coordinator"), filled.sessions[0]
    page = at("session_cancel", session.pk)
    for state in ("cancelled", "planned"):
        wanted = browser.get(page).context["wanted"]
        for _press in range(2):
            assert browser.post(page, {"wanted": wanted}).status_code == 302
            session.refresh_from_db()
            assert session.state == state
    assert session.changes.count() == 2


def test_a_session_planned_again_upon_another_is_refused_on_its_page(filled: Any, as_: Any) -> None:
    browser, session = as_("coordinator"), filled.sessions[0]
    page = at("session_cancel", session.pk)
    browser.post(page, {"wanted": "cancelled"})
    same = SESSION | {"date": "2026-03-02"}
    assert browser.post(at("session_add", filled.group.pk), same).status_code == 302
    assert errors(browser.post(page, {"wanted": "planned"})) == {"__all__"}
    assert Session.objects.get(pk=session.pk).state == SessionState.CANCELLED


# --- Forms: what they refuse ------------------------------------------------------------------

GROUP = {"kind": "training", "position": 0}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"name_lv"}),
        ({"name_lv": LONG}, {"name_lv"}),
        ({"name_lv": "a\u202eb"}, {"name_lv"}),
        ({"name_lv": "a\x00b"}, {"name_lv"}),
        ({"name_lv": "Jauna 😀"}, {"name_lv"}),
        ({"name_lv": "Jauna", "code": "g1"}, {"code"}),
        ({"name_lv": "Jauna", "code": "ar atstarpi"}, {"code"}),
        ({"name_lv": "Jauna", "kind": "x"}, {"kind"}),
        ({"name_lv": "Jauna", "site": 99_999_999}, {"site"}),
        ({"name_lv": "Jauna", "programme": "x"}, {"programme"}),
        ({"name_lv": "Jauna", "position": -1}, {"position"}),
    ],
)
def test_group_form_names_the_wrong_field(
    fields: dict[str, Any], wrong: set[str], filled: Any, as_: Any
) -> None:
    data = {"programme": filled.programme.pk, **GROUP, **fields}
    answer = as_("coordinator").post(at("group_add"), data)
    assert errors(answer) == wrong
    assert Group.objects.count() == 1
    page = answer.content.decode()
    assert len(page) < 400_000 and 'class="invalid-feedback"' in page


@pytest.mark.parametrize("code", ["", "otra"])
def test_a_second_group_of_one_name_is_refused_beside_it(code: str, filled: Any, as_: Any) -> None:
    Group.objects.filter(pk=filled.group.pk).update(name_en="Group 1")
    data = {"programme": filled.programme.pk, **GROUP, "name_lv": "1. GRUPA", "code": code}
    browser = as_("coordinator")
    assert errors(browser.post(at("group_add"), data)) == {"name_lv"}
    foreign = TrainingProgramme.objects.create(project=filled.project, code="b", name_lv="Cita")
    assert browser.post(at("group_add"), data | {"programme": foreign.pk}).status_code == 302
    own = model_to_dict(filled.group, ["programme", "name_lv", "name_en", "code", "site"]) | GROUP
    assert browser.post(at("group_edit", filled.group.pk), own).status_code == 302
    archive(row=filled.group, archived=True)
    assert browser.post(at("group_add"), data).status_code == 302


def test_a_session_upon_another_is_refused_beside_its_time(filled: Any, as_: Any) -> None:
    browser = as_("coordinator")
    upon = SESSION | {"date": FIRST_DAY.isoformat()}
    assert errors(browser.post(at("session_add", filled.group.pk), upon)) == {"starts"}
    answer = browser.post(at("session_edit", filled.sessions[1].pk), upon)
    assert errors(answer) == {"starts"}
    assert "09:00" in answer.content.decode()


def test_html_in_a_name_is_only_text(filled: Any, as_: Any) -> None:
    browser = as_("coordinator")
    browser.post(at("group_add"), {"programme": filled.programme.pk, "name_lv": HTML, **GROUP})
    group = Group.objects.get(name_lv=HTML)
    plan_sessions(
        user=None, group=group, plans=[SessionPlan(FIRST_DAY, time(9), time(12), topic=HTML)]
    )
    add_participant(user=None, person=NewPerson(HTML, HTML))
    person = Participant.objects.get(given_name=HTML)
    Enrolment.objects.create(group=group, participant=person, since=FIRST_DAY)
    for address in (
        at("group_list"),
        group.get_absolute_url(),
        f"{group.get_absolute_url()}?show=sessions",
        at("group_register", group.pk),
        group.sessions.get().get_absolute_url(),
        at("participant_list"),
        person.get_absolute_url(),
    ):
        page = browser.get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "&lt;script&gt;alert" in page, address


def test_a_foreign_programme_is_no_choice(filled: Any, as_: Any) -> None:
    foreign = empty_world("kurzeme")
    data = {"programme": foreign.programme.pk, "name_lv": "Jauna", **GROUP}
    assert errors(as_("coordinator").post(at("group_add"), data)) == {"programme"}
    data = {"programme": filled.programme.pk, "name_lv": "Jauna", "site": foreign.site.pk, **GROUP}
    assert errors(as_("coordinator").post(at("group_add"), data)) == {"site"}
    assert errors(as_("admin").post(at("group_add"), data)) == {"site"}


SESSION = {"date": "2026-04-01", "starts": "09:00", "ends": "12:00", "break_minutes": "0"}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"ends": "08:00"}, {"ends"}),
        ({"ends": "09:00"}, {"ends"}),
        ({"break_minutes": "180"}, {"break_minutes"}),
        ({"break_minutes": "-5"}, {"break_minutes"}),
        ({"break_minutes": "99999999"}, {"break_minutes"}),
        ({"date": "31.02.2026"}, {"date"}),
        ({"date": ""}, {"date"}),
        ({"date": "0026-04-01"}, {"date"}),
        ({"date": "9999-12-31"}, {"date"}),
        ({"starts": "25:00"}, {"starts"}),
        ({"topic": LONG}, {"topic"}),
        ({"module": "99999999"}, {"module"}),
        ({"date": "2026-03-02"}, {"starts"}),
    ],
)
def test_session_form_names_the_wrong_field(
    fields: dict[str, str], wrong: set[str], filled: Any, as_: Any
) -> None:
    answer = as_("coordinator").post(at("session_add", filled.group.pk), SESSION | fields)
    assert errors(answer) == wrong
    assert Session.objects.count() == 3


PLAN = {
    "first": "2026-04-01", "count": "2", "starts": "09:00", "ends": "12:00", "break_minutes": "0",
}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"ends": "08:00"}, {"ends"}),
        ({"break_minutes": "180"}, {"break_minutes"}),
        ({"count": "0"}, {"count"}),
        ({"count": "201"}, {"count"}),
        ({"count": "x"}, {"count"}),
        ({"first": "9999-12-30"}, {"first"}),
        ({"first": "0001-01-01"}, {"first"}),
        ({"first": "2100-12-30"}, {"__all__"}),
        ({"weekdays": ["7"]}, {"weekdays"}),
        ({"module": "99"}, {"module"}),
        ({"topic": LONG}, {"topic"}),
        ({"topic": "a\u202eb"}, {"topic"}),
        ({"first": "2026-03-02", "weekdays": ["0", "1"]}, {"__all__"}),
    ],
)
def test_plan_form_names_the_wrong_field(
    fields: dict[str, Any], wrong: set[str], filled: Any, as_: Any
) -> None:
    answer = as_("coordinator").post(at("sessions_plan", filled.group.pk), PLAN | fields)
    assert errors(answer) == wrong
    assert Session.objects.count() == 3


def test_a_session_is_moved_but_not_upon_another(filled: Any, as_: Any) -> None:
    browser, session = as_("coordinator"), filled.sessions[0]
    upon = SESSION | {"date": "2026-03-03"}
    assert errors(browser.post(at("session_edit", session.pk), upon)) == {"starts"}
    assert browser.post(at("session_edit", session.pk), SESSION).status_code == 302
    session.refresh_from_db()
    assert (session.date, session.minutes) == (date(2026, 4, 1), 180)


def test_a_session_closed_meanwhile_keeps_what_was_typed(
    filled: Any, as_: Any, cast: dict[str, Any]
) -> None:
    browser, session = as_("coordinator"), filled.sessions[0]
    edit = at("session_edit", session.pk)
    close_session(user=cast["trainer"], session=session, rest=AttendanceStatus.PRESENT)
    answer = browser.post(edit, SESSION | {"date": "2026-03-02", "topic": "Cita tēma"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Nodarbību slēdza t@x.invalid" in page
    assert 'value="Cita tēma"' in page
    assert browser.get(edit).url == session.get_absolute_url()
    session.refresh_from_db()
    assert (session.topic, session.state) == ("", SessionState.CLOSED)


def test_a_module_cannot_leave_out_those_it_has_marked(filled: Any, as_: Any) -> None:
    mark(filled, 0, 0, "present")  # a social worker
    data = {"name_lv": "Likumi", "position": 1, "audience": [filled.carer.pk], "code": "law"}
    browser = as_("coordinator")
    assert errors(browser.post(at("module_edit", filled.everyone.pk), data)) == {"audience"}
    data["audience"] = [filled.carer.pk, filled.worker.pk]
    assert browser.post(at("module_edit", filled.everyone.pk), data).status_code == 302


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"declared_hours": "-1"}, {"declared_hours"}),
        ({"declared_hours": "9999999"}, {"declared_hours"}),
        ({"threshold_percent": "0"}, {"threshold_percent"}),
        ({"threshold_percent": "101"}, {"threshold_percent"}),
        ({"code": "basics"}, {"code"}),
        ({"hour_unit": "x"}, {"hour_unit"}),
    ],
)
def test_programme_form_names_the_wrong_field(
    fields: dict[str, str], wrong: set[str], filled: Any, as_: Any
) -> None:
    data = {
        "project": filled.project.pk, "name_lv": "Jauna", "hour_unit": "ac45",
        "threshold_percent": "80", **fields,
    }  # fmt: skip
    assert errors(as_("coordinator").post(at("programme_add"), data)) == wrong


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"given_name": ""}, {"given_name"}),
        ({"family_name": LONG}, {"family_name"}),
        ({"email": "x"}, {"email"}),
        ({"family_name": "\ud800"}, {"family_name"}),
    ],
)
def test_participant_form_names_the_wrong_field(
    fields: dict[str, str], wrong: set[str], filled: Any, as_: Any
) -> None:
    person = filled.enrolments[0].participant
    data = {"given_name": "Ināra", "family_name": "Ļaksa", "email": "", **fields}
    if any("\ud800" in value for value in fields.values()):
        data["family_name"] = "a\x00b"  # a browser cannot send half a letter; a zero it can
    answer = as_("coordinator").post(at("participant_edit", person.pk), data)
    assert errors(answer) == wrong
    person.refresh_from_db()
    assert person.list_name == "Ļaksa Ināra"


def test_employment_ends_after_it_begins(filled: Any, as_: Any) -> None:
    person = filled.enrolments[1].participant
    data = {
        "organisation": organisation("elsewhere").pk, "job_category": filled.worker.pk,
        "valid_from": "2026-03-02", "valid_to": "2026-03-01",
    }  # fmt: skip
    browser = as_("coordinator")
    assert errors(browser.post(at("employment_add", person.pk), data)) == {"__all__"}
    data["valid_to"] = "2026-04-01"
    assert browser.post(at("employment_add", person.pk), data).status_code == 302


GROWS = "\u0958" * 300  # three hundred signs, six hundred once composed


@pytest.mark.parametrize("text", [GROWS, "a\u202eb"])
def test_typed_words_are_judged_as_they_would_be_stored(text: str, filled: Any, as_: Any) -> None:
    browser, session = as_("coordinator"), filled.sessions[0]
    mark_all_present(user=None, session=session)
    close_session(user=None, session=session)
    person = {
        "given_name": "Rita", "family_name": "Dimante", "job_category": filled.worker.pk,
        "organisation": organisation("town").pk, "since": "2026-03-02", "position": text,
    }  # fmt: skip
    group, place = filled.group.pk, filled.enrolments[0]
    assert errors(browser.post(at("enrolment_add", group), person)) == {"position"}
    assert errors(browser.post(at("sessions_plan", group), PLAN | {"topic": text})) == {"topic"}
    leave = {"wanted": "withdrawn", "on": "2026-03-05", "reason": text}
    assert errors(browser.post(at("enrolment_leave", place.pk), leave)) == {"reason"}
    reopen = at("session_reopen", session.pk)
    assert errors(browser.post(reopen, {"reason": text})) == {"reason"}
    note = MarkCommand(place.pk, filled.sessions[1].pk, "absent", comment=text)
    [answer] = record_marks(user=None, commands=[note])
    assert (answer.outcome, bool(answer.why)) == (Outcome.REFUSED, True)


@pytest.mark.parametrize(
    ("asked", "in_nav", "expected"),
    [
        ("?project=latgale", "", "latgale"),
        ("", "latgale", "latgale"),
        ("?project=latgale", "kurzeme", "latgale"),
        ("?project=nonsense", "kurzeme", "kurzeme"),
        ("", "", None),
    ],
)
def test_something_new_is_proposed_for_the_project_at_hand(
    asked: str, in_nav: str, expected: str | None, filled: Any, as_: Any
) -> None:
    empty_world("kurzeme")
    browser = as_("admin")
    if in_nav:
        browser.post(reverse("project_choose"), {"project": in_nav})
    if asked:
        for name in ("programme", "site", "group"):
            page = browser.get(at(f"{name}_list") + asked)
            assert page.context["add"] == at(f"{name}_add") + asked
    for name in ("programme", "site"):
        chosen = browser.get(at(f"{name}_add") + asked).context["form"].initial["project"]
        assert (chosen and chosen.code) == expected, name
    programme = browser.get(at("group_add") + asked).context["form"].initial["programme"]
    assert (programme and programme.project.code) == expected


def test_the_only_project_and_programme_need_no_choice(filled: Any, as_: Any) -> None:
    browser = as_("coordinator")
    forms = {name: browser.get(at(f"{name}_add")).context["form"] for name in ("site", "group")}
    assert forms["site"].initial["project"] == filled.project
    assert forms["group"].initial["programme"] == filled.programme
    TrainingProgramme.objects.create(project=filled.project, code="more", name_lv="Vēl")
    assert browser.get(at("group_add")).context["form"].initial["programme"] is None


def test_a_missing_project_is_told_once(filled: Any, as_: Any) -> None:
    empty_world("kurzeme")
    answer = as_("admin").post(
        at("programme_add"), {"name_lv": "Saruna", "threshold_percent": "80"}
    )
    assert answer.context["form"].errors["project"] == ["Aizpildiet šo lauku."]


def sent_unchanged(answer: Any) -> dict[str, Any]:
    """What a browser sends of a form nobody touched: of choices only those offered and chosen."""
    data = {}
    for field in answer.context["form"]:
        if hasattr(field.field, "choices"):
            options = [each.data for each in field.subwidgets]
            data[field.html_name] = [each["value"] for each in options if each["selected"]]
        else:
            data[field.html_name] = field.value() or ""
    return data


@pytest.mark.parametrize(
    ("name", "row_of"),
    [
        ("module_edit", lambda world: world.care),
        ("group_edit", lambda world: world.group),
        ("site_edit", lambda world: world.site),
        ("programme_edit", lambda world: world.programme),
        ("session_edit", lambda world: world.sessions[0]),
        ("enrolment_edit", lambda world: world.enrolments[2]),
        ("employment_edit", lambda world: world.enrolments[0].participant.employments.get()),
    ],
)
def test_saving_unchanged_keeps_what_was_archived(
    name: str, row_of: Any, filled: Any, as_: Any
) -> None:
    town = organisation("town")
    Enrolment.objects.update(organisation=town)
    Employment.objects.update(organisation=town)
    Site.objects.update(organisation=town)
    Session.objects.update(site=filled.site)
    for row in (town, filled.site, filled.everyone, filled.worker, filled.carer):
        archive(row=row, archived=True)
    browser, row = as_("coordinator"), row_of(filled)
    before = model_to_dict(type(row).objects.get(pk=row.pk))
    address = at(name, row.pk)
    answer = browser.post(address, sent_unchanged(browser.get(address)))
    assert answer.status_code == 302, answer.context["form"].errors
    assert model_to_dict(type(row).objects.get(pk=row.pk)) == before


def test_archived_values_are_no_choice_for_others(filled: Any, as_: Any) -> None:
    archive(row=filled.carer, archived=True)
    archive(row=filled.site, archived=True)
    archive(row=filled.everyone, archived=True)
    browser = as_("coordinator")
    offered = {
        name: browser.get(at(page, key)).context["form"].fields[name].queryset
        for page, key, name in [
            ("module_edit", filled.everyone.pk, "audience"),
            ("session_add", filled.group.pk, "site"),
            ("session_add", filled.group.pk, "module"),
            ("enrolment_edit", filled.enrolments[0].pk, "job_category"),
        ]
    }
    assert {name: list(rows) for name, rows in offered.items()} == {
        "audience": [filled.worker],
        "site": [],
        "module": [filled.care],
        "job_category": [filled.worker],
    }


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_no_form_takes_a_day_beyond_reason(
    day: str, filled: Any, as_: Any, cast: dict[str, Any]
) -> None:
    browser, place = as_("coordinator"), filled.enrolments[1]
    added = add_participant(user=cast["coordinator"], person=NewPerson("Guntra", "Rubene"))
    known = f"?person={added.pk}"
    for address, field in (
        (at("enrolment_edit", place.pk), "since"),
        (at("enrolment_add", filled.group.pk) + known, "since"),
        (at("enrolment_leave", place.pk), "on"),
        (at("employment_add", place.participant_id), "valid_from"),
    ):
        answer = browser.post(address, {field: day, "wanted": "withdrawn"})
        assert field in errors(answer), address
    person = {"given_name": "Rita", "family_name": "Dimante", "since": day}
    answer = browser.post(at("enrolment_add", filled.group.pk), person)
    assert set(answer.context["since"].errors) == {"since"}
    assert Participant.objects.filter(family_name="Dimante").count() == 0


def test_two_clicks_make_one_row(filled: Any, as_: Any) -> None:
    browser = as_("coordinator")
    data = {"programme": filled.programme.pk, "name_lv": "Jauna", "code": "new", **GROUP}
    assert browser.post(at("group_add"), data).status_code == 302
    assert errors(browser.post(at("group_add"), data)) == {"code"}
    data = {"programme": filled.programme.pk, "name_lv": "Cita", **GROUP}
    assert browser.post(at("group_add"), data).status_code == 302
    assert errors(browser.post(at("group_add"), data)) == {"name_lv"}
    assert errors(browser.post(at("group_add"), data | {"code": "meant"})) == {"name_lv"}
    person = filled.enrolments[1].participant
    work = {"organisation": organisation("elsewhere").pk, "job_category": filled.worker.pk}
    add = at("employment_add", person.pk)
    assert browser.post(add, work).status_code == 302
    assert errors(browser.post(add, work)) == {"__all__"}
    plan = at("sessions_plan", filled.group.pk)
    assert browser.post(plan, PLAN).status_code == 302
    assert errors(browser.post(plan, PLAN)) == {"__all__"}


# --- Today ------------------------------------------------------------------------------------


def today(user: Any) -> dict[str, tuple[int, list[str]]]:
    cards = [card for ask in doors.today for card in ask(user)]
    return {
        card.code: (card.count, [str(item.title) for item in card.items])
        for card in cards
        if card.code in {"sessions_left", "people_out_of_reach"}
    }


def test_today_tells_what_was_left_and_who_is_lost(filled: Any, cast: Any) -> None:
    with translation.override("lv"):
        first = today(cast["coordinator"])
    assert first["sessions_left"] == (
        3,
        ["1. grupa, 02.03.2026.", "1. grupa, 03.03.2026.", "1. grupa, 04.03.2026."],
    )
    assert "people_out_of_reach" not in first
    mark(filled, 0, 0, "absent")
    assert today(cast["coordinator"])["people_out_of_reach"] == (1, ["Ļaksa Ināra"])


@pytest.mark.parametrize("role", ["trainer", "participant", "funder", "stranger", "officer"])
def test_today_names_nobody_to_those_who_do_not_run(role: str, filled: Any, cast: Any) -> None:
    mark(filled, 0, 0, "absent")
    assert today(cast[role]) == {}


def test_my_courses_tell_hours_and_the_next_session(filled: Any, as_: Any) -> None:
    plan_sessions(
        user=None,
        group=filled.group,
        plans=[SessionPlan(timezone.localdate() + timedelta(days=2), time(10), time(12), 0)],
    )
    mark(filled, 1, 0, "present")
    page = as_("participant").get(at("my_courses"))
    (course,) = page.context["courses"]
    assert (course.hours, course.following.starts) == (8, time(10))
    assert re.search(r"10:00", page.content.decode())


def test_somebody_without_courses_is_told_what_will_stand_here(as_: Any) -> None:
    assert 'class="empty"' in as_("stranger").get(at("my_courses")).content.decode()


def test_a_share_says_of_which_hours_it_is_one(filled: Any, as_: Any) -> None:
    mark(filled, 0, 0, "present")
    page = as_("coordinator").get(filled.group.get_absolute_url()).content.decode()
    assert "No notikušajām stundām" in page and "Apmeklēts" not in page
    assert "100,0\u00a0%" in page and "8 no 24" in page
    page = as_("participant").get(at("my_courses")).content.decode()
    assert "<span>0</span> apmeklētās akadēmiskās stundas" in page


def test_employers_of_one_name_are_told_apart_by_their_years(filled: Any, as_: Any) -> None:
    organisation("old", name_lv="Dobeles novada pašvaldība", valid_to=date(2021, 6, 30))
    organisation("new", name_lv="Dobeles novada pašvaldība", valid_from=date(2021, 7, 1))
    person = filled.enrolments[0].participant
    page = as_("coordinator").get(at("employment_add", person.pk)).content.decode()
    assert "Dobeles novada pašvaldība (–2021)" in page
    assert "Dobeles novada pašvaldība (2021–)" in page
