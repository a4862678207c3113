"""Pages as people see them: lists, the project's tabs, its parts, sources side by side."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.models import Funder, Funding, Programme, Source
from projects.today import reports_waiting
from tests.factories import (
    IndicatorFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    ProgrammeFactory,
    ProjectFactory,
    UserFactory,
)


def queries_of(client, url: str) -> int:
    client.get(url)  # the session and the templates are warm
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


LISTS = [
    ("/projects/", 8),
    ("/organisations/", 7),
    ("/programmes/", 8),
    ("/funders/", 6),
    ("/reports/", 8),
    ("/indicators/", 9),
    ("/discrepancies/", 14),
]


@pytest.mark.parametrize(("url", "count"), LISTS)
def test_list_asks_the_same_for_one_row_and_for_three(stage, url, count):
    def add(number: int) -> None:
        organisation = OrganisationFactory()
        programme = ProgrammeFactory()
        programme.funders.add(Funder.objects.create(code=f"f{number}", name_lv=f"{number}. fonds"))
        project = ProjectFactory(programme=programme, lead=organisation)
        project.reports.create(
            number=1, period_start=date(2026, 1, 1), period_end=date(2026, 6, 30)
        )
        IndicatorFactory(project=project, is_headline=True, target=Decimal(5))
        source = Source.objects.create(project=project, code="s", title="Lapa")
        project.statements.create(
            code="a",
            subject="a",
            label_lv="Kas",
            source=source,
            number=1,
            organisation=organisation,
        )
        project.funding.create(amount=5, source=source, organisation=organisation)

    client = stage.client("admin")
    add(1)
    one = queries_of(client, url)
    add(2)
    add(3)
    assert (one, queries_of(client, url)) == (count, count)


DETAILS = [
    ("/projects/latgale/indicators/W/", 13),
    ("/projects/latgale/", 14),
    ("/projects/latgale/?tab=partners", 9),
    ("/projects/latgale/?tab=funding", 9),
    ("/projects/latgale/?tab=activities", 9),
    ("/projects/latgale/indicators/", 12),
    ("/projects/latgale/sources/", 14),
]


@pytest.mark.parametrize(("url", "count"), DETAILS)
def test_page_of_a_project_asks_the_same_for_one_part_and_for_three(stage, url, count):
    source = Source.objects.create(project=stage.project, code="s", title="Lapa")
    watched = IndicatorFactory(project=stage.project, code="W")

    def add(n: int) -> None:
        project, organisation = stage.project, OrganisationFactory()
        PartnershipFactory(project=project, organisation=organisation, source=source)
        project.funding.create(amount=n, source=source, organisation=organisation)
        project.activities.create(code=f"{n}", name_lv="Darbība", source=source)
        project.aims.create(position=n, text_lv="Mērķis", source=source)
        project.target_groups.create(position=n, name_lv="Grupa", source=source)
        project.identifiers.create(number=f"N{n}", source=source)
        project.title_variants.create(title=f"T{n}", language="lv", source=source)
        project.status_entries.create(status="running", since=date(2025, 1, n), source=source)
        project.statements.create(
            code=f"c{n}", subject=f"s{n}", label_lv="Kas", number=n, source=source
        )
        row = IndicatorFactory(project=project, target=Decimal(5), source=source)
        row.values.create(on=date(2026, 1, n), value=n)
        watched.values.create(
            on=date(2026, 1, n),
            value=n,
            organisation=organisation,
            source=source,
            entered_by=UserFactory(),
            evidence="list.pdf",
        )
        watched.targets.create(until=date(2026, 1, n), value=n, organisation=organisation)

    client = stage.client("coordinator")
    add(1)
    one = queries_of(client, url)
    add(2)
    add(3)
    assert (one, queries_of(client, url)) == (count, count)


def test_empty_lists_lead_to_the_first_step(stage):
    client = stage.client("admin")
    Programme.objects.exclude(pk=stage.programme.pk).update(archived_at="2026-01-01T00:00Z")
    assert 'href="/funders/add/"' in client.get("/funders/").text
    assert (
        'href="/projects/latgale/indicators/add/"'
        in client.get("/projects/latgale/indicators/").text
    )
    assert 'href="/projects/latgale/sources/add/"' in client.get("/projects/latgale/sources/").text
    assert "No source states any amount" in client.get("/projects/latgale/?tab=funding").text


def test_project_is_found_by_any_of_its_names_and_numbers(stage):
    stage.project.identifiers.create(number="2023-1-LV01-KA210")
    stage.project.title_variants.create(title="Mūžizglītības mācību tīkls", language="lv")
    client = stage.client("admin")
    for typed in ("muzizglitiba", "LATGALE", "ka210", "macibu", "MĀCĪBU tikls", "ka210 macibu"):
        page = client.get("/projects/", {"q": typed})
        assert [row.record for row in page.context["table"].rows] == [stage.project]
    assert "Nothing fits" in client.get("/projects/", {"q": "nekas"}).text


@pytest.mark.parametrize(
    "query", ["?page=999", "?page=x", "?sort=-nothing", "?programme=none", "?archived=maybe"]
)
def test_address_that_makes_no_sense_is_no_error(stage, query):
    for url in ("/projects/", "/organisations/", "/programmes/", "/reports/"):
        assert stage.client("admin").get(url + query).status_code == 200


def test_tab_is_a_page_and_a_fragment(stage):
    client = stage.client("coordinator")
    page = client.get("/projects/latgale/?tab=partners")
    part = client.get("/projects/latgale/?tab=partners", headers={"HX-Request": "true"})
    assert "Ludzas novads" in page.text
    assert "Ludzas novads" in part.text
    assert "<html" not in part.text
    assert "HX-Request" in part.headers["Vary"]


def test_archived_project_leaves_the_lists_and_comes_back(stage):
    client = stage.client("coordinator")

    def titles(url: str) -> list[str]:
        return [row.record.title for row in client.get(url).context["table"].rows]

    page = client.get("/projects/latgale/archive/")
    assert "Archive “" in page.text
    for _press in range(2):
        client.post("/projects/latgale/archive/", {"wanted": page.context["wanted"]})
        assert titles("/projects/") == []
        assert titles("/projects/?archived=true") == ["Mūžizglītība Latgalē"]
    page = client.get("/projects/latgale/archive/")
    assert "Bring back “" in page.text
    for _press in range(2):
        client.post("/projects/latgale/archive/", {"wanted": page.context["wanted"]})
        assert titles("/projects/") == ["Mūžizglītība Latgalē"]


def test_a_button_that_names_no_state_changes_nothing(stage):
    client = stage.client("coordinator")
    for data in ({}, {"wanted": ""}, {"wanted": "closed"}):
        assert client.post("/projects/latgale/archive/", data).status_code == 400
    stage.project.refresh_from_db()
    assert not stage.project.is_archived


def both_totals(stage) -> tuple[Source, Source]:
    """LLI-317 as its two sources tell it."""
    page = Source.objects.create(
        project=stage.project, code="page", title="LLI-317", kind="programme_page"
    )
    news = Source.objects.create(
        project=stage.project,
        code="news",
        title="Viesītes ziņa",
        kind="partner_news",
        publisher="Viesītes novads",
    )
    erdf = Funder.objects.create(code="erdf", name_lv="ERAF")
    for source, total, fund in ((page, "791256.20", "672567.74"), (news, "791256.19", "672567.73")):
        stage.project.funding.create(
            source=source, amount=Decimal(total), as_stated=f"kopā {total.replace('.', ',')} EUR"
        )
        stage.project.funding.create(source=source, part="fund", funder=erdf, amount=Decimal(fund))
    return page, news


def test_funding_shows_both_published_totals_and_the_cent_between(stage):
    both_totals(stage)
    text = stage.client("funder").get("/projects/latgale/?tab=funding").text
    for words in ("€791,256.20", "€791,256.19", "€672,567.74", "€672,567.73", "€0.01", "85.00%"):
        assert words in text
    assert "€672,567.77" in text  # what 85 % of the total would be
    assert "118,688.46" in text


def test_sources_stand_side_by_side_with_their_difference(stage):
    page, _news = both_totals(stage)
    stage.project.statements.create(
        code="visits", subject="visits", label_lv="Braucieni", kind="planned", number=8, source=page
    )
    client = stage.client("funder")
    shown = client.get("/projects/latgale/sources/")
    first = shown.context["comparisons"][0]
    assert (first.label, first.difference, first.state) == ("Total funding", "€0.01", "unresolved")
    assert shown.context["counts"] == {"all": 3, "differing": 2}
    assert "<mark>791256,20</mark>" in shown.text
    assert "not stated" in shown.text  # the news says nothing of visits
    only = client.get("/projects/latgale/sources/?show=differing")
    assert len(only.context["comparisons"]) == 2
    chosen = client.get("/projects/latgale/sources/?subject=visits", headers={"HX-Request": "true"})
    assert "Braucieni" in chosen.text
    assert "<html" not in chosen.text
    assert client.get("/discrepancies/").text.count("€0.01") == 2


def test_planned_against_achieved_is_no_disagreement(stage):
    page, news = both_totals(stage)
    for code, kind, number, source in (("p", "planned", 8, page), ("a", "achieved", 9, news)):
        stage.project.statements.create(
            code=code,
            subject="visits",
            label_lv="Braucieni",
            kind=kind,
            number=number,
            source=source,
        )
    shown = stage.client("officer").get("/projects/latgale/sources/").context["comparisons"]
    visits = next(each for each in shown if each.label == "Braucieni")
    assert (visits.difference, visits.state) == ("+1", "unlike")


def test_sources_go_to_excel_as_shown(stage):
    both_totals(stage)
    answer = stage.client("officer").get("/projects/latgale/sources/?format=xlsx")
    rows = workbook_rows(answer.content)
    assert rows[1][:5] == [
        "Total funding",
        "as published, all partners",
        791256.19,
        791256.2,
        "€0.01",
    ]


def workbook_rows(content: bytes) -> list[list[object]]:
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True)
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    book.close()
    return rows


def test_reporting_period_is_changed_submitted_taken_back_and_removed(stage):
    period = {"number": 1, "period_start": date(2026, 1, 1), "period_end": date(2026, 6, 30)}
    report = stage.project.reports.create(**period, due=date(2026, 7, 31))
    stage.other.reports.create(**period)
    client, url = stage.client("coordinator"), f"/projects/latgale/reports/{report.pk}/"

    def due() -> int:
        return sum(card.count for card in reports_waiting(stage.people["coordinator"]))

    listed = client.get("/reports/").text
    assert [f'href="{url}{verb}/"' in listed for verb in ("edit", "remove", "write")] == [True] * 3
    assert f'href="{url}edit/"' not in stage.client("officer").get("/reports/").text
    assert due() == 1

    assert client.get(f"{url}note/").context["form"]["submitted_on"].value() == timezone.localdate()
    tomorrow = timezone.localdate() + timedelta(days=1)
    late = client.post(f"{url}note/", {"submitted_on": tomorrow.isoformat()})
    assert list(late.context["form"].errors) == ["submitted_on"]
    client.post(f"{url}note/", {"submitted_on": "2026-07-15"})
    report.refresh_from_db()
    assert (report.state, report.submitted_on, due()) == ("submitted", date(2026, 7, 15), 0)
    listed = client.get("/reports/").text
    assert "15 Jul 2026" in listed
    assert f'action="{url}take-back/"' in listed
    assert f'href="{url}edit/"' not in listed
    again = client.post(f"{url}note/", {"submitted_on": "2026-07-16"})
    assert list(again.context["form"].errors) == ["__all__"]
    assert client.post(f"{url}remove/").status_code == 403

    client.post(f"{url}take-back/")
    report.refresh_from_db()
    assert (report.state, report.submitted_on, due()) == ("draft", None, 1)
    assert "cannot be taken back" in client.post(f"{url}take-back/", follow=True).text
    client.post(f"{url}edit/", {**period, "number": 2})
    client.post(f"{url}remove/")  # what was submitted once keeps its history
    other = stage.project.reports.create(**{**period, "number": 3})
    client.post(f"/projects/latgale/reports/{other.pk}/remove/")
    assert list(stage.project.reports.values_list("number", flat=True)) == [2]


def test_source_in_use_is_not_removed(stage):
    page, _news = both_totals(stage)
    client = stage.client("coordinator")
    url = f"/projects/latgale/sources/{page.pk}/remove/"
    answer = client.post(url, follow=True)
    assert "2 other entries rely on it" in answer.text
    Funding.objects.filter(source=page).delete()
    client.post(url)
    assert not Source.objects.filter(pk=page.pk).exists()


def test_logo_without_a_picture_is_a_neutral_word(stage, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client, base = stage.client("admin"), f"/programmes/{stage.programme.pk}/visual-sets/"
    client.post(f"{base}add/", {"language": "lv", "statement": "Projektu līdzfinansē ES."})
    made = stage.programme.visual_sets.get()
    client.post(f"{base}{made.pk}/logos/add/", {"label": "Eiropas Savienība", "position": "0"})
    page = client.get(f"/programmes/{stage.programme.pk}/")
    assert '<span class="logo-text">Eiropas Savienība</span>' in page.text
    logo = made.logos.get()
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
    url = f"{base}{made.pk}/logos/{logo.pk}/edit/"
    data = {"label": "ES", "position": "1", "minimum_height_mm": "20,5"}
    client.post(url, data | {"file": SimpleUploadedFile("es.svg", svg)})
    picture = client.get(f"/logos/{logo.pk}/")
    assert b"".join(picture.streaming_content) == svg
    assert "default-src 'none'" in picture.headers["Content-Security-Policy"]
    bad = client.post(url, data | {"file": SimpleUploadedFile("es.png", b"MZ")})
    assert list(bad.context["form"].errors) == ["file"]
    assert stage.client("stranger").get(f"/logos/{logo.pk}/").status_code == 404


def test_chosen_project_leads_to_its_dashboard(stage):
    MembershipFactory(user=stage.people["funder"], role="funder", project=stage.other)
    client = stage.client("funder")
    assert client.get("/indicators/").status_code == 200
    assert client.get("/indicators/?project=latgale").url == "/projects/latgale/indicators/"
    client.post("/project/", {"project": "latgale"})
    assert client.get("/indicators/").url == "/projects/latgale/indicators/"
    assert client.get("/indicators/?project=").status_code == 200
    assert client.get("/indicators/?project=nowhere").status_code == 200
    assert "project=" in client.get("/reports/").text


def test_lost_choice_is_forgotten(stage):
    client = stage.client("funder")
    client.post("/project/", {"project": "latgale"})
    stage.people["funder"].memberships.all().delete()
    assert client.get("/indicators/").status_code == 200


@pytest.mark.parametrize("asked", ["per_page=-1", "per_page=0", "per_page=100000", "page=-9"])
def test_address_cannot_choose_the_length_of_a_list(stage, asked):
    page = stage.client("coordinator").get(f"/organisations/?{asked}")
    assert (page.status_code, page.context["table"].paginator.per_page) == (200, 50)
