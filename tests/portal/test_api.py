"""The JSON for programs: its shapes, to whose eyes, how many questions, and bad addresses."""

import json
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import resolve
from django.utils import timezone

from portal.actions import make_token
from portal.models import AccessLog
from projects.models import Funding
from tests.access import world as making
from training.models import Mark

pytestmark = pytest.mark.django_db
API = "/api/v1"
LISTS = ("projects", "groups", "sessions", "events", "certificates")
FULL = [f"{API}/{name}" for name in LISTS] + [f"{API}/projects/project-a/indicators"]
# session, account, roles for the log of auditors; then the count and the rows.
QUERIES = {"projects": 5, "groups": 5, "sessions": 5, "events": 5, "certificates": 5}


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once; what a test changes goes with its own savepoint."""
    folder = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        own = making.build("A")
        yield own, making.people_of(own)
        transaction.set_rollback(True)


@pytest.fixture
def own(scene):
    return scene[0]


@pytest.fixture
def people(scene):
    return scene[1]


def client_of(people, who):
    client = Client()
    if who != "anonymous":
        client.force_login(people[who])
    return client


def results(client, name, query=""):
    return client.get(f"{API}/{name}{query}").json()["results"]


# --- What is told ------------------------------------------------------------------------------


def test_project_tells_all_its_parts(own, people):
    project = own.rows["project"]
    Funding.objects.create(
        project=project, part="own", amount=Decimal("791256.2"), organisation=own.rows["town"]
    )
    told = client_of(people, "funder").get(f"{API}/projects/project-a").json()

    assert (told["id"], told["code"], told["lead"]) == (project.pk, "project-a", project.lead.code)
    assert told["lead_organisation"]["name_lv"] == project.lead.name_lv
    assert [row["number"] for row in told["identifiers"]] == ["N-A"]
    assert [row["organisation"]["name_lv"] for row in told["partners"]] == ["Pilsēta A"]
    assert [(row["organisation"], row["money"]) for row in told["funding"]] == [
        (None, {"amount": "100.00", "currency": "EUR"}),
        (own.rows["town"].code, {"amount": "791256.20", "currency": "EUR"}),
    ]
    assert [row["name_lv"] for row in told["activities"]] == ["Darbība"]
    # Public as well, and its statements are told all the same: it is the reader's own.
    assert (told["is_public"], told["is_own"]) == (True, True)
    [statement] = told["statements"]
    assert (statement["number"], statement["source"]) == ("5.00", "page")


def test_amount_nobody_stated_is_null(own, people):
    Funding.objects.update(amount=None)
    told = client_of(people, "admin").get(f"{API}/projects/project-a").json()
    assert told["funding"][0]["money"] == {"amount": None, "currency": "EUR"}


def test_public_reads_the_published_project_and_its_headline_figures(own, people):
    own.rows["project"].indicators.filter(code="R2").update(is_headline=True)
    making.build("B")  # is not presented
    nobody = Client()

    assert [row["code"] for row in results(nobody, "projects")] == ["project-a"]
    told = nobody.get(f"{API}/projects/project-a").json()
    assert (told["statements"], len(told["funding"])) == (None, 1)
    figures = results(nobody, "projects/project-a/indicators")
    assert [(row["code"], row["value"]) for row in figures] == [("R2", 2)]
    for query in ("?until=2026-05-01", "?split_by=month"):
        assert nobody.get(f"{API}/projects/project-a/indicators{query}").status_code == 401
    assert nobody.get(f"{API}/projects/project-b").status_code == 404
    assert nobody.get(f"{API}/projects/project-b/indicators").status_code == 404
    for name in LISTS[1:]:
        refused = nobody.get(f"{API}/{name}")
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (
            401,
            'Bearer realm="portal"',
        )


EVERYBODY = ["admin", "coordinator", "partner", "officer", "auditor", "funder", "trainer"]


@pytest.mark.parametrize("who", [*EVERYBODY, "participant", "stranger"])
def test_signing_in_hides_nothing_that_the_public_reads(own, people, who):
    other = making.build("B").rows["project"]  # in which of these only the administrator has a part
    other.is_public = True
    other.save()
    other.indicators.filter(code="R2").update(is_headline=True)
    nobody, reader = Client(), client_of(people, who)

    open_to_all = {row["code"]: row for row in results(nobody, "projects")}
    seen = {row["code"]: row for row in results(reader, "projects")}
    assert list(open_to_all) == ["project-a", "project-b"] == list(seen)
    assert not any(row.pop("is_own") for row in open_to_all.values())
    owned = [code for code, row in seen.items() if row.pop("is_own")]
    assert seen == open_to_all
    has_part = who not in {"trainer", "participant", "stranger"}
    assert owned == (["project-a"] if has_part else []) + (["project-b"] if who == "admin" else [])

    address = f"{API}/projects/project-b"
    if "project-b" not in owned:
        assert reader.get(address).json() == nobody.get(address).json()
        shown = reader.get(f"{address}/indicators").json()
        assert shown == nobody.get(f"{address}/indicators").json()
        assert [row["code"] for row in shown["results"]] == ["R2"]
        for more in ("?until=2026-05-01", "?split_by=month", "/R2"):
            assert reader.get(f"{address}/indicators{more}").status_code == 404


def test_archived_and_unpublished_projects_stay_with_their_own(own, people):
    other = making.build("B").rows["project"]
    funder, admin = client_of(people, "funder"), client_of(people, "admin")
    assert funder.get(f"{API}/projects/project-b").status_code == 404

    other.is_public, other.archived_at = True, timezone.now()
    other.save()

    assert funder.get(f"{API}/projects/project-b").status_code == 404
    assert admin.get(f"{API}/projects/project-b").json()["is_own"] is True
    assert [row["code"] for row in results(admin, "projects")] == ["project-a"]


def test_figures_stand_on_a_day_and_split_into_months(own, people):
    indicator = own.rows["indicator"]
    indicator.values.update(entered_by=None)  # as from a project file: counts at once
    indicator.values.create(on=date(2026, 3, 3), value=Decimal("2.5"))
    officer, address = client_of(people, "officer"), "projects/project-a/indicators"

    def told(query):
        rows = results(officer, address, query)
        return next((row["value"], row["split"]) for row in rows if row["code"] == "R1")

    assert told("") == (3.5, None)
    assert told("?until=2026-04-01") == (2.5, None)
    months = [{"month": "2026-03", "value": 2.5}, {"month": "2026-05", "value": 1}]
    assert told("?split_by=month") == (3.5, months)
    assert told("?split_by=month&until=2026-04-01") == (2.5, months[:1])
    whole = officer.get(f"{API}/{address}/R1?split_by=month").json()
    assert (whole["split"], whole["total"], len(whole["rows"])) == (months, 3.5, 2)
    assert whole["until"] == str(timezone.localdate())


def test_demo_parts_invented_rows_from_others(own, people):
    group = own.rows["group"]
    group.__class__.objects.filter(pk=group.pk).update(is_demo=True)
    own.rows["certificate"].__class__.objects.update(is_demo=True)
    admin = client_of(people, "admin")

    assert [row["id"] for row in results(admin, "groups", "?demo=true")] == [group.pk]
    assert group.pk not in [row["id"] for row in results(admin, "groups", "?demo=false")]
    assert {row["group"] for row in results(admin, "sessions", "?demo=true")} == {group.pk}
    assert results(admin, "events", "?demo=true") == []
    figures = "projects/project-a/indicators"
    assert [row["code"] for row in results(admin, figures, "?demo=true")] == ["R2"]
    assert [row["code"] for row in results(admin, figures, "?demo=false")] == ["R1"]


def test_filters_narrow_each_list(own, people):
    admin, group, certificate = (
        client_of(people, "admin"),
        own.rows["group"],
        own.rows["certificate"],
    )
    counts = {
        f"{name}?{query}": admin.get(f"{API}/{name}?{query}").json()["count"]
        for name, query in (
            ("projects", "programme=none"),
            ("groups", "project=project-a"),
            ("groups", "project=none"),
            ("groups", "stage=finished"),
            ("groups", "kind=supervision"),
            ("sessions", f"group={group.pk}"),
            ("sessions", f"group={group.pk}&state=closed"),
            ("sessions", "since=2026-03-03&until=2026-03-31"),
            ("events", "state=held"),
            ("events", "kind=camp"),
            ("events", "until=2020-01-01"),
            ("certificates", "state=valid"),
            ("certificates", "state=revoked"),
            ("certificates", f"group={certificate.group_id}&paper=waiting"),
            ("certificates", "until=2020-01-01"),
        )
    }

    assert list(counts.values()) == [0, 3, 0, 1, 0, 2, 1, 1, 1, 0, 0, 2, 0, 2, 0]


def test_group_and_session_tell_counts(own, people):
    trainer, group, closed = (
        client_of(people, "trainer"),
        own.rows["group"],
        own.rows["closed_session"],
    )
    [told] = results(trainer, "groups")
    assert (told["id"], told["people"], told["sessions"], told["sessions_held"]) == (
        group.pk,
        2,
        2,
        1,
    )
    assert told == trainer.get(f"{API}/groups/{group.pk}").json()
    session = trainer.get(f"{API}/sessions/{closed.pk}").json()
    assert (session["date"], session["starts"]) == ("2026-03-02", f"{closed.starts:%H:%M}")
    assert [session[name] for name in ("concerned", "marked", "present")] == [2, 2, 2]
    assert session in results(trainer, "sessions")


def test_certificates_are_told_by_role(own, people):
    numbers = {
        who: {row["holder"] for row in results(client_of(people, who), "certificates")}
        for who in ("admin", "partner", "officer", "auditor", "funder", "trainer", "participant")
    }
    mine, other = own.rows["own_certificate"].holder, own.rows["certificate"].holder

    assert numbers == {
        "admin": {mine, other},
        "partner": {other},  # who works for the town
        "officer": {mine, other},
        "auditor": {mine, other},
        "funder": set(),
        "trainer": set(),
        "participant": {mine},
    }


@pytest.mark.parametrize("who", ["funder", "stranger"])
def test_who_has_no_part_gets_empty_lists(own, people, who):
    client = client_of(people, who)
    for name in LISTS[1:]:
        assert client.get(f"{API}/{name}").json() == {"count": 0, "results": []}


def test_a_funder_never_reads_a_name(own, people):
    client, names = client_of(people, "funder"), [own.canary, "PatiA", "Kontakts"]
    pages = [*FULL, f"{API}/projects/project-a", f"{API}/projects/project-a/indicators/R2"]
    words = [client.get(page).content.decode() for page in pages]
    assert [name for name in names for text in words if name in text] == []


# --- The check of a certificate -------------------------------------------------------------------


def test_check_says_what_the_paper_says(own):
    row = own.rows["certificate"]
    for typed in (row.token, row.code, row.token.lower()):
        told = Client().get(f"{API}/verification/{typed}").json()
        assert (told["valid"], told["holder"], told["number"]) == (True, row.holder, str(row))
    assert told["hours"] == row.said["hours"]


@pytest.mark.parametrize("code", ["x", "0" * 26, "0" * 5000, "%F0%9F%92%A3", "..", "a b"])
def test_code_that_was_never_given_is_answered_alike(own, code):
    answer = Client().get(f"{API}/verification/{code}")
    told = {"detail": "No certificate with this code was issued here."}
    assert (answer.status_code, answer.json()) == (404, told)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


# --- Pages and their cost ---------------------------------------------------------------------------


def test_lists_are_cut_into_pages(own, people):
    admin = client_of(people, "admin")
    every = [row["id"] for row in results(admin, "groups")]
    pages = [admin.get(f"{API}/groups?page={page}&page_size=2").json() for page in (1, 2, 3, 10**9)]

    assert {page["count"] for page in pages} == {3}
    assert [[row["id"] for row in page["results"]] for page in pages] == [
        every[:2],
        every[2:],
        [],
        [],
    ]


@pytest.mark.parametrize("address", FULL)
@pytest.mark.parametrize("page", [10**9, 10**18, 10**100])
def test_page_far_past_the_end_is_empty_and_cheap(
    own, people, address, page, django_assert_max_num_queries
):
    admin = client_of(people, "admin")
    with django_assert_max_num_queries(9):
        answer = admin.get(f"{address}?page={page}")
    assert answer.status_code == 200
    assert answer.json()["results"] == []
    assert answer.json()["count"] > 0


@pytest.mark.parametrize("name", LISTS)
def test_list_asks_the_same_questions_for_one_world_and_for_three(
    own, people, name, django_assert_num_queries
):
    admin = client_of(people, "admin")
    for letters in ("", "BC"):
        for letter in letters:
            making.build(letter)
        with django_assert_num_queries(QUERIES[name]):
            shown = results(admin, name)
        assert len(shown) >= (3 if letters else 1)


def test_indicators_ask_the_same_questions_for_one_and_for_three(
    own, people, django_assert_num_queries
):
    admin, project = client_of(people, "admin"), own.rows["project"]
    # session, account, roles; project, indicators, entered sums, one measure, plans
    for code in ("", "R3", "R4"):
        if code:
            project.indicators.create(code=code, name_lv=code)
        with django_assert_num_queries(8):
            admin.get(f"{API}/projects/project-a/indicators")


def test_details_ask_a_fixed_number_of_questions(own, people, django_assert_num_queries):
    admin, rows = client_of(people, "admin"), own.rows
    # A project: itself, seven kinds of parts; a figure: itself and its project, sums, rows, plans.
    for address, queries in (
        ("projects/project-a", 11),
        ("projects/project-a/indicators/R1", 8),
        (f"groups/{rows['group'].pk}", 4),
        (f"sessions/{rows['session'].pk}", 4),
        (f"events/{rows['event'].pk}", 4),
        (f"certificates/{rows['certificate'].pk}", 4),
        (f"verification/{rows['certificate'].token}", 4),
    ):
        with django_assert_num_queries(queries):
            assert admin.get(f"{API}/{address}").status_code == 200


# --- Bad addresses --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*FULL, f"{API}/projects/project-a"])
def test_unknown_parameter_is_refused_by_name(own, people, address):
    answer = client_of(people, "admin").get(f"{address}?untill=2026-01-01&stat=x")
    told = answer.json()
    assert answer.status_code == 422
    assert [row["parameter"] for row in told["errors"]] == ["stat", "untill"]
    assert told["detail"].startswith("stat: unknown parameter")


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("groups?page=0", "page"),
        ("groups?page=-1", "page"),
        ("groups?page=1.5", "page"),
        ("groups?page=" + "9" * 5000, "page"),
        ("groups?page=", "page"),
        ("groups?page_size=0", "page_size"),
        ("groups?page_size=201", "page_size"),
        ("groups?kind=none", "kind"),
        ("groups?demo=1", "demo"),
        ("groups?project=" + "x" * 100, "project"),
        ("groups/0", "id"),
        ("groups/x", "id"),
        (f"groups/{2**63}", "id"),
        ("sessions?since=soon", "since"),
        ("sessions?since=0", "since"),
        ("sessions?since=2026-02-30", "since"),
        ("sessions?group=" + "9" * 30, "group"),
        ("certificates?state=maybe", "state"),
        ("projects/project-a/indicators?until=soon", "until"),
        ("projects/project-a/indicators?until=1700000000", "until"),
        ("projects/project-a/indicators?split_by=sex", "split_by"),
    ],
)
def test_bad_value_is_told_beside_its_parameter(own, people, address, parameter):
    answer = client_of(people, "admin").get(f"{API}/{address}")
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["parameter"] == parameter
    assert answer.json()["detail"] == f"{parameter}: {error['message']}"


def test_day_that_is_yet_to_come_is_refused(own, people):
    tomorrow = timezone.localdate() + timedelta(1)
    for end in ("", "/R1"):
        answer = client_of(people, "admin").get(
            f"{API}/projects/project-a/indicators{end}?until={tomorrow}"
        )
        assert answer.status_code == 422
        assert "yet to come" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("groups/987654", 404),
        ("projects/none", 404),
        ("projects/project-a/indicators/none", 404),
        ("nothing/here", 404),
        ("", 404),
        ("groups?project=%00", 400),
        ("projects/%00", 400),
        ("projects/%ED%A0%80", 404),
    ],
)
def test_what_is_not_there_is_told_in_json(own, people, address, status):
    answer = client_of(people, "admin").get(f"{API}/{address}")
    assert (answer.status_code, list(answer.json())) == (status, ["detail"])


def test_nothing_but_marks_is_written(own, people):
    admin = client_of(people, "admin")
    for address in [*FULL, f"{API}/projects/project-a"]:
        for method in ("post", "put", "patch", "delete"):
            assert getattr(admin, method)(address).status_code == 405
    for method in ("get", "put", "patch", "delete"):
        assert getattr(admin, method)(MARKS).status_code == 405


# --- Marks ----------------------------------------------------------------------------------------

MARKS = f"{API}/marks"


def a_mark(own, status="present", **fields):
    cell = {"enrolment": own.rows["enrolment"].pk, "session": own.rows["session"].pk}
    return {"id": str(uuid.uuid4()), **cell, "status": status, "base": 0, **fields}


def save(client, *marks, **headers):
    body = json.dumps({"marks": marks})
    return client.post(MARKS, body, content_type="application/json", headers=headers)


def token_of(user, **more):
    tomorrow = timezone.localdate() + timedelta(1)
    _row, secret = make_token(user=user, name="x", expires_on=tomorrow, **more)
    return {"authorization": f"Bearer {secret}"}


def test_marks_are_saved_once_and_answered_one_by_one(own, people):
    trainer, first = token_of(people["trainer"], may_mark=True), a_mark(own)
    closed = own.rows["closed_session"].pk
    told = [
        save(Client(), first, a_mark(own, "absent"), a_mark(own, session=closed), **trainer).json()
        for _time in range(2)
    ]
    stored, conflict, refused = told[0]["answers"]
    assert stored == {
        "id": first["id"], "enrolment": first["enrolment"], "session": first["session"],
        "outcome": "stored", "status": "present", "minutes": None, "revision": 1, "comment": "",
        "why": "", "way_out": "", "by": "", "at": None,
    }  # fmt: skip
    assert (conflict["outcome"], conflict["status"]) == ("conflict", "present")
    assert conflict["by"] == str(people["trainer"])
    assert abs(datetime.fromisoformat(conflict["at"]) - timezone.now()) < timedelta(minutes=5)
    assert (refused["outcome"], refused["why"]) == ("refused", "Nodarbība ir slēgta.")
    assert told[1]["answers"][0] == stored
    mark = Mark.objects.get(session=first["session"])
    assert (str(mark.pk), mark.user) == (first["id"], people["trainer"])


def test_another_mark_under_a_used_id_is_refused(own, people):
    trainer, first = token_of(people["trainer"], may_mark=True), a_mark(own)
    save(Client(), first, **trainer)
    (changed,) = save(Client(), first | {"status": "absent"}, **trainer).json()["answers"]
    assert (changed["outcome"], changed["why"]) == (
        "refused",
        "Šis numurs ir izmantots citai atzīmei.",
    )
    assert Mark.objects.filter(session=first["session"]).count() == 1


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("admin", "stored"),
        ("coordinator", "stored"),
        ("partner", "stored"),
        ("trainer", "stored"),
        ("officer", 403),
        ("auditor", 403),
        ("funder", 403),
        ("participant", 403),
        ("stranger", 403),
    ],
)
def test_marks_are_for_those_who_may_mark(own, people, who, answer):
    told = save(Client(), a_mark(own), **token_of(people[who], may_mark=True))
    if answer == 403:
        assert (told.status_code, told.json()["detail"]) == (
            403,
            "This account reads at most; it may not save marks.",
        )
    else:
        assert told.json()["answers"][0]["outcome"] == answer
    assert Mark.objects.filter(session=own.rows["session"]).exists() is (answer == "stored")


def test_marks_of_others_are_refused_as_if_they_were_not_there(own, people):
    other = making.build("B")
    told = save(
        Client(),
        a_mark(other),
        a_mark(other, session=own.rows["session"].pk),
        a_mark(own, enrolment=10**12),
        **token_of(people["trainer"], may_mark=True),
    ).json()["answers"]
    assert {(each["outcome"], each["why"]) for each in told} == {
        ("refused", "Šī cilvēka vai nodarbības jūsu žurnālā nav.")
    }


def test_a_token_saves_only_if_it_may(own, people):
    answer = save(Client(), a_mark(own), **token_of(people["trainer"]))
    assert answer.status_code == 403
    assert answer.json() == {"detail": "This token only reads. Make one that may save marks."}


def test_a_signed_in_browser_saves_with_the_token_of_a_form(own, people):
    browser = Client(enforce_csrf_checks=True)
    assert save(browser, a_mark(own)).status_code == 401
    browser.force_login(people["trainer"])
    refused = save(browser, a_mark(own))
    assert (refused.status_code, list(refused.json())) == (403, ["detail"])
    token = browser.get("/training/marks/").json()["token"]
    told = save(browser, a_mark(own), **{"x-csrftoken": token})
    assert told.json()["answers"][0]["outcome"] == "stored"


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        ("{", 400, "The marks could not be read."),
        ('{"marks": []}', 400, "The marks could not be read."),
        ('{"marks": [7]}', 400, "Mark 1 cannot be read: id."),
        (
            json.dumps({"marks": [{}] * 10_000}),
            400,
            "At most 1200 marks are saved at once; 10000 were sent. Send them in parts.",
        ),
    ],
)
def test_a_body_that_is_no_batch_of_marks_says_why(own, people, body, status, detail):
    header = token_of(people["trainer"], may_mark=True)
    answer = Client().post(MARKS, body, content_type="application/json", headers=header)
    assert (answer.status_code, answer.json()) == (status, {"detail": detail})


def test_unknown_parameter_beside_marks_is_refused_by_name(own, people):
    header = token_of(people["trainer"], may_mark=True)
    answer = Client().post(f"{MARKS}?dry=1", "{}", content_type="application/json", headers=header)
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "dry")


@pytest.mark.parametrize("address", [*FULL, f"{API}/projects/none", f"{API}/openapi.json"])
def test_head_is_get_without_its_body(own, people, address):
    auditor = client_of(people, "auditor")
    whole, head = auditor.get(address), auditor.head(address)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    for name in ("Content-Type", "Cache-Control", "Vary"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize("address", [*FULL, f"{API}/projects/none", f"{API}/openapi.json"])
def test_body_of_a_head_is_left_out_by_the_view_itself(own, people, address):
    """Asked without the client of tests, which strips bodies as a server does."""
    view, arguments, named = resolve(address)
    answers = {}
    for method in ("get", "head"):
        request = getattr(RequestFactory(), method)(address)
        request.user = people["auditor"]
        answers[method] = view(request, *arguments, **named)

    assert answers["get"].content
    assert answers["head"].content == b""
    assert answers["head"].headers["Content-Length"] == str(len(answers["get"].content))


def test_a_head_asks_for_an_account_like_a_get_and_is_not_logged(own, people):
    assert Client().head(f"{API}/groups").status_code == 401
    before = AccessLog.objects.count()
    client_of(people, "auditor").head(f"{API}/projects/project-a")
    assert AccessLog.objects.count() == before


def test_failure_is_told_in_json_and_tells_nothing(own, people, monkeypatch):
    monkeypatch.setattr("training.api._group", lambda group: 1 / 0)
    client = Client(raise_request_exception=False)
    client.force_login(people["admin"])
    answer = client.get(f"{API}/groups")
    assert (answer.status_code, list(answer.json())) == (500, ["detail"])
    assert "division" not in answer.content.decode()


def test_every_address_takes_a_token(own, people):
    _row, secret = make_token(
        user=people["admin"], name="x", expires_on=timezone.localdate() + timedelta(9)
    )
    client = Client(headers={"authorization": f"bearer {secret}"})
    for address in FULL:
        assert client.get(address).json() == client_of(people, "admin").get(address).json()
