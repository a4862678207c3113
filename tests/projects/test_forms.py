"""What people type, right and wrong: every mistake is told beside its field, nothing is lost."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from projects.forms.fields import parse_loose_date
from projects.forms.uploads import clean_evidence, clean_picture
from projects.models import Funder, Funding, Organisation, Project, Source
from tests.factories import OrganisationFactory, ProgrammeFactory, ProjectFactory
from tests.projects.conftest import Stage

HUGE = "9" * 30  # an id that no column can hold
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)


@pytest.mark.parametrize(
    ("typed", "day", "precision", "last"),
    [
        ("01.03.2018", date(2018, 3, 1), "day", date(2018, 3, 1)),
        ("01.03.2018.", date(2018, 3, 1), "day", date(2018, 3, 1)),
        (" 1. 3. 2018. ", date(2018, 3, 1), "day", date(2018, 3, 1)),
        ("2018-03-01", date(2018, 3, 1), "day", date(2018, 3, 1)),
        ("29.02.2020", date(2020, 2, 29), "day", date(2020, 2, 29)),
        ("02.2020", date(2020, 2, 1), "month", date(2020, 2, 29)),
        ("2020-02", date(2020, 2, 1), "month", date(2020, 2, 29)),
        ("12.2023.", date(2023, 12, 1), "month", date(2023, 12, 31)),
        ("2018", date(2018, 1, 1), "year", date(2018, 12, 31)),
    ],
)
def test_loose_date_is_known_as_exactly_as_it_is_typed(typed, day, precision, last):
    found = parse_loose_date(typed)
    assert (found.day, found.precision, found.last_day) == (day, precision, last)


@pytest.mark.parametrize(
    "typed",
    ["29.02.2019", "13.2018", "0.2018", "31.04.2018", "1805", "9999", "marts", "1/1", "٣.2018"],
)
def test_loose_date_refuses_what_is_no_date(typed):
    with pytest.raises(ValidationError):
        parse_loose_date(typed)


def picture(mode: str = "RGBA", kind: str = "PNG", size: tuple[int, int] = (4, 3)) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("logo.png", picture(), "logo.png"),
        ("logo.exe", picture(), "logo.png"),
        ("foto.jpg", picture("RGB", "JPEG"), "foto.png"),
        ("cmyk.jpg", picture("CMYK", "JPEG"), "cmyk.png"),
        ("mark.svg", SVG, "mark.svg"),
        ("mark.png", b"\xef\xbb\xbf" + SVG, "mark.svg"),
    ],
)
def test_picture_is_judged_by_its_bytes(name, content, kept):
    assert clean_picture(SimpleUploadedFile(name, content)).name == kept


@pytest.mark.parametrize(("mode", "colour"), [("P", 0), ("L", 0), ("1", 0), ("RGB", (0, 0, 0))])
def test_transparent_picture_stays_transparent(mode, colour):
    out = io.BytesIO()
    Image.new(mode, (4, 3)).save(out, "PNG", transparency=colour)
    kept = clean_picture(SimpleUploadedFile("logo.png", out.getvalue()))
    with Image.open(kept) as found:
        assert found.convert("RGBA").getpixel((0, 0))[3] == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        picture()[:40],
        picture("RGB", "GIF"),
        b"<svg",
        b"<html><body/></html>",
        SVG.replace(b"<rect", b"<script>alert(1)</script><rect"),
        SVG.replace(b"<rect", b'<rect onload="alert(1)"'),
        SVG.replace(b"<rect", b'<image href="http://example.invalid/x.png"/><rect'),
        SVG.replace(b"<rect", b'<use href="other.svg#a"/><rect'),
        SVG.replace(b"<rect", b"<style>@import url(x.css);</style><rect"),
        SVG.replace(b"<rect", b'<rect style="fill:url(http://example.invalid/)"'),
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG,
        SVG.decode().encode("utf-16-le"),
        b'<?xml version="1.0" encoding="utf-7"?>' + SVG + b"\xff",
        b"0" * (2 * 1024 * 1024 + 1),
    ],
)
def test_picture_that_could_act_or_is_none_is_refused(content):
    with pytest.raises(ValidationError):
        clean_picture(SimpleUploadedFile("logo.png", content))


@pytest.mark.parametrize(
    ("name", "content", "fits"),
    [
        ("list.pdf", b"%PDF-1.7", True),
        ("list.docx", b"PK\x03\x04", True),
        ("list.pdf", b"PK\x03\x04", False),
        ("list.html", b"<html>", False),
        ("list.xlsm", b"PK\x03\x04", False),
        ("list", b"%PDF-1.7", False),
    ],
)
def test_evidence_is_what_its_name_says(name, content, fits):
    upload = SimpleUploadedFile(name, content)
    if fits:
        assert clean_evidence(upload).name == name
    else:
        with pytest.raises(ValidationError):
            clean_evidence(upload)


def project_data(stage: Stage, **changed: str) -> dict[str, str]:
    return {
        "title_lv": "Jauns projekts",
        "programme": str(stage.programme.pk),
        "lead": str(stage.region.pk),
        "start": "08.2009",
        "end": "01.2011",
        **changed,
    }


def errors_of(client: Client, url: str, data: dict[str, str]) -> dict[str, list[str]]:
    """Post and read the errors; the page keeps every word that was typed."""
    response = client.post(url, data)
    assert response.status_code == 422
    form = response.context["form"]
    for name, typed in data.items():
        if name in form.fields:
            assert form[name].value() == typed
    return {name: list(found) for name, found in form.errors.items()}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title_lv": ""}, "title_lv"),
        ({"title_lv": "x" * 100_000}, "title_lv"),
        ({"title_lv": "a\x00b"}, "title_lv"),
        ({"title_lv": "a\u202eb"}, "title_lv"),
        ({"programme": "999999"}, "programme"),
        ({"programme": "no"}, "programme"),
        ({"lead": ""}, "lead"),
        ({"start": "soon"}, "start"),
        ({"start": "02.2011"}, "end"),
        ({"start": "15.03.2018", "end": "14.03.2018"}, "end"),
        ({"duration_months": "-3"}, "duration_months"),
        ({"duration_months": "many"}, "duration_months"),
        ({"code": "no spaces"}, "code"),
        ({"code": "latgale"}, "code"),
        ({"code": "add"}, "code"),
    ],
)
def test_project_form_tells_the_mistake_beside_its_field(stage, changed, field):
    errors = errors_of(
        stage.client("coordinator"), "/projects/add/", project_data(stage, **changed)
    )
    assert list(errors) == [field]


def test_project_form_keeps_months_and_makes_a_code(stage):
    client = stage.client("coordinator")
    assert client.post("/projects/add/", project_data(stage)).headers["Location"] == (
        "/projects/jauns-projekts/"
    )
    made = Project.objects.get(code="jauns-projekts")
    assert (made.start, made.start_precision) == (date(2009, 8, 1), "month")
    assert (made.end, made.end_precision) == (date(2011, 1, 31), "month")
    again = client.post("/projects/add/", project_data(stage))
    assert again.headers["Location"] == "/projects/jauns-projekts-2/"
    page = client.get("/projects/jauns-projekts/edit/")
    assert page.context["form"]["end"].value() == "01.2011."


def test_project_of_a_coordinator_is_led_by_his_organisation_only(stage):
    foreign = OrganisationFactory()
    data = project_data(stage, lead=str(foreign.pk))
    assert list(errors_of(stage.client("coordinator"), "/projects/add/", data)) == ["lead"]
    assert stage.client("admin").post("/projects/add/", data).status_code == 302


def test_html_in_a_name_stays_text(stage):
    client = stage.client("coordinator")
    url = client.post("/projects/add/", project_data(stage, title_lv="<b id=x>Nē</b>")).url
    assert "&lt;b id=x&gt;Nē" in client.get(url).text
    assert "<b id=x>" not in client.get(url).text


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("76 500, 00", "76500.00"),
        ("791 256,20", "791256.20"),
        ("EUR 93273.01", "93273.01"),
        ("12 470 000 euro", "12470000.00"),
        ("0", "0.00"),
        ("", None),
    ],
)
def test_funding_amount_is_read_as_typed(stage, typed, amount):
    url = "/projects/latgale/funding/add/"
    data = {"part": "total", "stage": "stated", "currency": "EUR", "amount": typed}
    response = stage.client("coordinator").post(url, data)
    assert response.headers["Location"] == "/projects/latgale/?tab=funding"
    assert Funding.objects.get().amount == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"amount": "-5"}, "amount"),
        ({"amount": "much"}, "amount"),
        ({"amount": "1,234"}, "amount"),
        ({"amount": "1,239.999"}, "amount"),
        ({"amount": "9" * 13}, "amount"),
        ({"amount": "1" * 100_000}, "amount"),
        ({"amount": "100 LVL"}, "amount"),
        ({"currency": "euros"}, "currency"),
        ({"currency": "1€2"}, "currency"),
        ({"part": "fund"}, "funder"),
        ({"part": "nothing"}, "part"),
        ({"organisation": "foreign"}, "organisation"),
        ({"source": "foreign"}, "source"),
    ],
)
def test_funding_form_tells_the_mistake_beside_its_field(stage, changed, field):
    foreign = {
        "organisation": OrganisationFactory().pk,
        "source": Source.objects.create(project=stage.other, code="s", title="Svešs").pk,
    }
    changed = {k: str(foreign[k]) if v == "foreign" else v for k, v in changed.items()}
    data = {"part": "total", "stage": "stated", "currency": "EUR", "amount": "5", **changed}
    errors = errors_of(stage.client("coordinator"), "/projects/latgale/funding/add/", data)
    assert list(errors) == [field]
    assert Funding.objects.count() == 0


def test_funding_in_lats_may_say_so(stage):
    data = {"part": "total", "stage": "stated", "currency": "lvl", "amount": "29 999,87 LVL"}
    stage.client("coordinator").post("/projects/latgale/funding/add/", data)
    kept = Funding.objects.get()
    assert (kept.amount, kept.currency) == (Decimal("29999.87"), "LVL")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name_lv": ""}, "name_lv"),
        ({"country": "Latvia"}, "country"),
        ({"country": "1!"}, "country"),
        ({"kind": "club"}, "kind"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"valid_from": "2020-01-02", "valid_to": "2020-01-01"}, "valid_to"),
        ({"valid_from": "tomorrow"}, "valid_from"),
        ({"valid_from": "0024-01-02"}, "valid_from"),
        ({"valid_to": "2101-01-01"}, "valid_to"),
        ({"register_number": "9000 0000 000"}, "register_number"),
        ({"parent": "999999"}, "parent"),
        ({"parent": HUGE}, "parent"),
        ({"successors": "999999"}, "successors"),
        ({"successors": HUGE}, "successors"),
        ({"name_lv": " "}, "name_lv"),
        ({"name_lv": "Ludza ☺"}, "name_lv"),
        ({"register_number": "9000 ☺"}, "register_number"),
    ],
)
def test_organisation_form_tells_the_mistake(stage, changed, field):
    OrganisationFactory(register_number="90000000000", country="LV")
    data = {"name_lv": "Ludzas pilsēta", "kind": "town", "country": "lv", **changed}
    response = stage.client("coordinator").post("/organisations/add/", data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/programmes/add/", "name_lv"),
        ("/projects/add/", "title_lv"),
        ("/projects/{code}/indicators/add/", "name_lv"),
        ("/projects/{code}/aims/add/", "text_lv"),
        ("/projects/{code}/target-groups/add/", "name_lv"),
    ],
)
def test_a_missing_name_is_asked_for_beside_its_field(stage, address, field):
    browser = stage.client("admin")
    response = browser.post(address.format(code=stage.project.code), {"code": "x"})
    assert response.status_code == 422
    form = response.context["form"]
    assert "in at least one language" in form.errors[field][0]
    assert not form.non_field_errors()


def test_organisation_cannot_be_part_of_its_own_part(stage):
    stage.municipality.parent = stage.region
    stage.municipality.save()
    data = {"name_lv": "Latgale", "kind": "planning_region", "country": "LV"}
    data["parent"] = str(stage.municipality.pk)
    response = stage.client("coordinator").post(f"/organisations/{stage.region.pk}/edit/", data)
    assert list(response.context["form"].errors) == ["parent"]


def test_organisation_keeps_its_successors(stage):
    old = OrganisationFactory(name_lv="Ludzas rajons")
    data = {"name_lv": "Ludzas rajons", "kind": "district", "country": "LV", "code": old.code}
    data |= {"valid_to": "2009-06-30", "successors": [str(stage.municipality.pk)]}
    stage.client("coordinator").post(f"/organisations/{old.pk}/edit/", data)
    assert list(Organisation.objects.get(pk=old.pk).successors.all()) == [stage.municipality]


def test_organisation_may_be_older_than_any_project(stage):
    data = {"name_lv": "Latvijas Universitāte", "kind": "university", "country": "LV"}
    stage.client("coordinator").post("/organisations/add/", {**data, "valid_from": "1919-09-28"})
    assert Organisation.objects.get(kind="university").valid_from == date(1919, 9, 28)


@pytest.mark.parametrize(
    ("url", "data", "field"),
    [
        (
            "reports/add/",
            {"number": "1", "period_start": "0024-01-01", "period_end": "2024-06-30"},
            "period_start",
        ),
        ("sources/add/", {"title": "Lapa", "published_on": "0024-01-01"}, "published_on"),
        ("indicators/R1/values/add/", {"on": "0024-01-01", "value": "5"}, "on"),
        ("indicators/R1/plan/add/", {"until": "20241-01-01", "value": "5"}, "until"),
    ],
)
def test_day_of_a_mistyped_year_is_refused(stage, indicator, url, data, field):
    given = {"kind": "other", "language": "lv", **data} if "title" in data else data
    errors = errors_of(stage.client("coordinator"), f"/projects/latgale/{url}", given)
    assert list(errors) == [field]


def test_indicator_form_asks_what_is_counted(stage):
    client, url = stage.client("coordinator"), "/projects/latgale/indicators/add/"
    data = {"code": "R1", "name_lv": "Cilvēki", "kind": "output", "method": "measured"}
    assert list(errors_of(client, url, data)) == ["measure"]
    assert list(errors_of(client, url, {**data, "measure": "moon.phases"})) == ["measure"]
    data["measure"] = "training.persons_enrolled"
    assert list(errors_of(client, url, {**data, "baseline": "40"})) == ["baseline"]
    kept = client.post(url, {**data, "target": "3 099", "baseline": "0"})
    assert kept.headers["Location"] == "/projects/latgale/indicators/R1/"
    row = stage.project.indicators.get()
    assert (row.measure, row.target, row.position) == ("training.persons_enrolled", 3099, 1)
    assert list(errors_of(client, url, data)) == ["code"]


@pytest.mark.parametrize("code", ["a/b", "add", "a?b", "..", ".a", "-a", " ", "x" * 41, "ā#b"])
def test_indicator_code_fits_into_an_address(stage, code):
    data = {"code": code, "name_lv": "Cilvēki", "kind": "output", "method": "entered"}
    url = "/projects/latgale/indicators/add/"
    response = stage.client("coordinator").post(url, data)
    assert list(response.context["form"].errors) == ["code"]


def offers(client, url: str, field: str) -> set[str]:
    """The rows that a form offers in a choice, by their words."""
    choices = client.get(url).context["form"].fields[field].choices
    return {str(label) for value, label in choices if value}


def test_archived_rows_are_offered_only_where_they_are_chosen(stage):
    client = stage.client("admin")
    programme = f"/programmes/{stage.programme.pk}/"
    old_funder = Funder.objects.create(code="old", name_lv="Vecais fonds")
    old_town = OrganisationFactory(name_lv="Vecais novads")
    stage.region.parent = old_town
    stage.region.save()
    stage.region.successors.add(old_town)
    amount = stage.project.funding.create(part="fund", funder=old_funder, amount=1)
    visual = stage.programme.visual_sets.create(language="lv", statement="ES", partner=old_town)
    stage.programme.funders.add(old_funder)
    for row in (old_funder, old_town):
        row.set_archived(True)
    for add, edit, field, old in (
        ("/projects/latgale/funding/", f"/projects/latgale/funding/{amount.pk}/", "funder", old_funder),
        (f"{programme}visual-sets/", f"{programme}visual-sets/{visual.pk}/", "partner", old_town),
        ("/organisations/", f"/organisations/{stage.region.pk}/", "parent", old_town),
        ("/organisations/", f"/organisations/{stage.region.pk}/", "successors", old_town),
        ("/programmes/", programme, "funders", old_funder),
    ):  # fmt: skip
        found = [offers(client, url, field) for url in (f"{add}add/", f"{edit}edit/")]
        assert [old.name_lv in labels for labels in found] == [False, True], field


def test_archived_indicator_is_no_new_whole(stage, indicator):
    client, board = stage.client("coordinator"), "/projects/latgale/indicators/"
    part = stage.project.indicators.create(
        code="R2", name_lv="Tai skaitā", method="entered", parent=indicator
    )
    indicator.set_archived(True)
    assert offers(client, f"{board}add/", "parent") == {"Tai skaitā"}
    assert offers(client, f"{board}R2/edit/", "parent") == {"Seminars"}
    part.set_archived(True)
    assert offers(client, f"{board}add/", "parent") == set()


def test_related_project_that_one_cannot_open_is_kept_and_not_named(stage):
    row = stage.project.related_projects.create(title="Iepriekšējais", other=stage.other)
    client, url = stage.client("coordinator"), f"/projects/latgale/related/{row.pk}/edit/"
    assert offers(client, url, "other") == {"a project you cannot open"}
    assert "Svešs projekts" not in client.get(url).text
    data = {"relation": "sister", "title": "Blakus", "other": str(stage.other.pk)}
    assert client.post(url, data).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.other) == ("Blakus", stage.other)
    assert offers(client, "/projects/latgale/related/add/", "other") == set()
    assert offers(stage.client("admin"), url, "other") == {"Svešs projekts"}


@pytest.mark.parametrize(("typed", "kept"), [("0", 0), ("0,00", 0), ("20", 20), ("", None)])
def test_logo_may_have_any_least_height(stage, typed, kept):
    visual = stage.programme.visual_sets.create(language="lv", statement="ES")
    url = f"/programmes/{stage.programme.pk}/visual-sets/{visual.pk}/logos/add/"
    data = {"label": "ES", "position": "1", "minimum_height_mm": typed}
    assert stage.client("admin").post(url, data).status_code == 302
    assert visual.logos.get().minimum_height_mm == kept


def test_indicator_cannot_be_a_part_of_its_part(stage, indicator):
    part = stage.project.indicators.create(
        code="R2", name_lv="Tai skaitā", method="entered", parent=indicator
    )
    data = {"code": "R1", "name_lv": "Semināri", "kind": "output", "method": "entered"}
    response = stage.client("coordinator").post(
        "/projects/latgale/indicators/R1/edit/", {**data, "parent": str(part.pk)}
    )
    assert list(response.context["form"].errors) == ["parent"]


def test_programme_form_refuses_a_funder_that_cannot_be(stage):
    data = {"name_lv": "Interreg", "funders": [HUGE]}
    response = stage.client("admin").post("/programmes/add/", data)
    assert list(response.context["form"].errors) == ["funders"]


def test_programme_form_refuses_a_taken_code(stage):
    ProgrammeFactory(code="taken")
    data = {"name_lv": "Interreg", "code": "taken"}
    assert list(errors_of(stage.client("admin"), "/programmes/add/", data)) == ["code"]
    assert ProjectFactory._meta.model.objects.count() == 2
