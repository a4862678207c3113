"""Who opens what: the cast, every page of a project, our own and somebody else's."""

from __future__ import annotations

from datetime import date

import pytest

from projects.models import Source
from tests.factories import IndicatorFactory, MembershipFactory
from tests.projects.conftest import Stage

READING = ["", "sources/", "indicators/", "indicators/R1/"]
READERS = ("admin", "coordinator", "officer", "partner", "auditor", "funder")
EDITORS = ("admin", "coordinator")
WRITING = [
    *("edit/", "archive/", "partners/add/", "funding/add/", "activities/add/", "identifiers/add/"),
    *("titles/add/", "statuses/add/", "aims/add/", "target-groups/add/", "related/add/"),
    *("sources/add/", "statements/add/", "reports/add/", "indicators/add/"),
    *("indicators/R1/edit/", "indicators/R1/archive/", "indicators/R1/plan/add/"),
    "indicators/R1/values/add/",
]


@pytest.fixture
def pages(stage: Stage, indicator) -> Stage:
    """Our project has an indicator; the other one has one of the same code."""
    IndicatorFactory(project=stage.other, code="R1")
    return stage


def statuses(client, project: str, paths: list[str]) -> dict[str, int]:
    return {path: client.get(f"/projects/{project}/{path}").status_code for path in paths}


@pytest.mark.parametrize("who", READERS)
def test_member_reads_his_project_and_only_editors_change_it(pages, who):
    client, may = pages.client(who), 200 if who in EDITORS else 403
    assert statuses(client, "latgale", READING) == dict.fromkeys(READING, 200)
    assert statuses(client, "latgale", WRITING) == dict.fromkeys(WRITING, may)
    if may == 403:
        posted = {path: client.post(f"/projects/latgale/{path}").status_code for path in WRITING}
        assert posted == dict.fromkeys(WRITING, 403)


@pytest.mark.parametrize("who", [each for each in (*READERS, "stranger") if each != "admin"])
def test_foreign_project_is_as_absent_as_one_that_is_not(pages, who):
    client, paths = pages.client(who), [*READING, *WRITING]
    assert statuses(client, "other", paths) == dict.fromkeys(paths, 404)
    assert statuses(client, "nowhere", paths) == dict.fromkeys(paths, 404)
    posted = {path: client.post(f"/projects/other/{path}").status_code for path in WRITING}
    assert posted == dict.fromkeys(WRITING, 404)


def test_visitor_is_led_to_sign_in(pages):
    client = pages.client("visitor")
    for path in [*READING, *WRITING]:
        answer = client.get(f"/projects/latgale/{path}")
        assert (path, answer.headers["Location"][:16]) == (path, "/accounts/login/")


@pytest.mark.parametrize(
    ("page", "who_may"),
    [
        ("/programmes/", (*READERS, "stranger")),
        ("/programmes/add/", ("admin",)),
        ("/funders/", EDITORS),
        ("/funders/add/", ("admin",)),
        ("/organisations/", EDITORS),
        ("/organisations/add/", EDITORS),
        ("/projects/add/", EDITORS),
        ("/indicators/", (*READERS, "stranger")),
        ("/discrepancies/", (*READERS, "stranger")),
        ("/reports/", (*READERS, "stranger")),
    ],
)
def test_page_of_no_project_opens_to_its_keepers(pages, page, who_may):
    for who in (*READERS, "stranger"):
        expected = 200 if who in who_may else 403
        assert (who, pages.client(who).get(page).status_code) == (who, expected)


@pytest.mark.parametrize("who", ["funder", "stranger"])
def test_lists_show_nothing_foreign(pages, who):
    for page in ("/projects/", "/indicators/", "/discrepancies/", "/reports/", "/programmes/"):
        text = pages.client(who).get(page).text
        assert "Svešs projekts" not in text
        assert ("EEZ instruments" in text) is (
            who == "funder" and page in {"/projects/", "/programmes/"}
        )


def test_funder_sees_a_programme_but_not_another(pages):
    client = pages.client("funder")
    assert client.get(f"/programmes/{pages.programme.pk}/").status_code == 200
    assert client.get(f"/programmes/{pages.other.programme.pk}/").status_code == 404
    assert client.get(f"/programmes/{pages.programme.pk}/edit/").status_code == 403


def test_part_of_another_project_is_not_reached_through_ours(pages):
    foreign = Source.objects.create(project=pages.other, code="s", title="Svešs")
    for verb in ("edit", "remove"):
        url = f"/projects/latgale/sources/{foreign.pk}/{verb}/"
        assert pages.client("coordinator").get(url).status_code == 404
        assert pages.client("coordinator").post(url).status_code == 404
    assert Source.objects.filter(pk=foreign.pk).exists()


def test_auditor_loses_the_project_when_his_time_is_over(pages):
    MembershipFactory._meta.model.objects.filter(user=pages.people["auditor"]).update(
        valid_to=date(2020, 1, 1)
    )
    assert pages.client("auditor").get("/projects/latgale/").status_code == 404


def test_evidence_is_for_those_who_may_read_names(pages, indicator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    from django.core.files.base import ContentFile

    value = indicator.values.first()
    value.evidence.save("list.pdf", ContentFile(b"%PDF-1.7 names"))
    url = f"/projects/latgale/indicators/R1/values/{value.pk}/evidence/"
    answer = pages.client("officer").get(url)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 names"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    for who, expected in (("funder", 403), ("partner", 403), ("stranger", 404)):
        assert pages.client(who).get(url).status_code == expected
    assert url not in pages.client("funder").get("/projects/latgale/indicators/R1/").text


def test_who_typed_a_figure_cannot_approve_it(pages, indicator):
    data = {"on": "2026-05-01", "value": "7"}
    url = "/projects/latgale/indicators/R1/values/"
    pages.client("coordinator").post(f"{url}add/", data)
    value = indicator.values.get(value=7)
    approve = f"{url}{value.pk}/approve/"
    for who in ("coordinator", "funder", "partner", "auditor"):
        assert pages.client(who).post(approve).status_code == 403
    assert pages.client("officer").get(approve).status_code == 405
    page = "/projects/latgale/indicators/R1/"
    assert pages.client("officer").post(approve).headers["Location"] == page
    value.refresh_from_db()
    assert value.is_counted is False  # approved without having been seen
    seen = pages.client("officer").get(page).text
    assert f'name="seen" value="{value.revision}"' in seen
    pages.client("officer").post(approve, {"seen": value.revision})
    value.refresh_from_db()
    assert value.approved_by == pages.people["officer"]
    for verb in ("edit", "remove"):
        assert pages.client("admin").post(f"{url}{value.pk}/{verb}/", data).status_code == 403
