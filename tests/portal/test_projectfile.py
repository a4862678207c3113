"""Project files read and written: loading, loading again, dumping, and what files share."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from portal.lib.calendar import Precision
from portal.projectfile import ProjectFileError, dump_project, load_file, load_text
from portal.projectfile.checking import check
from portal.projectfile.reading import read_text
from projects.measures import measure_choices
from projects.models import (
    Activity,
    Funding,
    Indicator,
    IndicatorValue,
    Organisation,
    Project,
    Statement,
    StatusEntry,
)
from tests.factories import JobCategoryFactory, OrganisationFactory, UserFactory
from training.models import Module, Participant

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
DEMO_FILES = sorted((ROOT / "data/projects").glob("*.toml"))
FOREIGN = Path(__file__).with_name("foreign.toml")
FILES = [*DEMO_FILES, FOREIGN]
GUIDE = ROOT / "docs/project-file.md"

by_name = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def example() -> str:
    """The small example of the guide."""
    found = re.search(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found.group(1)


def said(text: str) -> dict[str, list[str]]:
    """All that a file says, section by section, whatever the order of its tables and keys."""
    checked = check(read_text(text, "f"))
    assert checked.problems == []

    def told(entry) -> str:
        children = sorted(told(child) for child in entry.children)
        values = {
            key: value.normalize() if isinstance(value, Decimal) else value
            for key, value in sorted(entry.values.items())
        }
        return f"{entry.section.key} {values} {children}"

    return {key: sorted(map(told, entries)) for key, entries in checked.entries.items()}


def test_the_four_demo_projects_are_there():
    assert [path.stem for path in DEMO_FILES] == [
        "erasmus-emotional-wellbeing",
        "esf-4-3-5-4",
        "latgale-lll",
        "lli-317",
    ]


@by_name
def test_a_second_load_changes_nothing(path):
    first = load_file(path)
    second = load_file(path)

    assert first.changes > 40 and first.unchanged.total() == 0
    assert (second.changes, second.unchanged.total()) == (0, first.changes)
    assert second.kept.total() == 0


@by_name
def test_a_dump_says_what_the_file_says_loads_without_a_change_and_dumps_alike(path):
    project = Project.objects.get(code=load_file(path).project)
    dumped = dump_project(project)

    assert said(dumped) == said(path.read_text(encoding="utf-8"))
    assert load_text(dumped).changes == 0
    assert dump_project(project) == dumped


def test_files_load_in_any_order_into_one_portal():
    for path in reversed(FILES):
        load_file(path)
    dumped = {code: dump_project(Project.objects.get(code=code)) for code in _codes()}
    for path in FILES:
        assert load_file(path).changes == 0

    assert {code: dump_project(Project.objects.get(code=code)) for code in _codes()} == dumped


def _codes():
    return list(Project.objects.values_list("code", flat=True))


def test_the_commands_say_what_they_did(tmp_path):
    out = StringIO()
    call_command("load_project", str(FOREIGN), stdout=out)
    call_command("load_project", str(FOREIGN), stdout=out)
    call_command("dump_project", "kopa-2012", output=tmp_path / "again.toml", stdout=out)
    call_command("load_project", str(tmp_path / "again.toml"), stdout=out)

    assert out.getvalue().splitlines() == [
        "foreign.toml: kopa-2012: 54 rows created, 0 changed, 0 unchanged, 0 not in the file and kept.",
        "foreign.toml: kopa-2012: 0 rows created, 0 changed, 54 unchanged, 0 not in the file and kept.",
        "  Nothing was to be changed.",
        "again.toml: written.",
        "again.toml: kopa-2012: 0 rows created, 0 changed, 54 unchanged, 0 not in the file and kept.",
        "  Nothing was to be changed.",
    ]


def test_the_example_of_the_guide_loads():
    result = load_text(example())

    project = Project.objects.get(code="kopa-latgale")
    assert result.changes == 20
    assert (project.start, project.start_precision) == (date(2024, 3, 1), Precision.MONTH)
    assert (project.end, project.end_precision) == (date(2025, 11, 15), Precision.DAY)
    assert project.indicators.get(code="people").target == 40
    assert [category.code for category in Module.objects.get(code="care").audience.all()] == [
        "carer"
    ]


def test_the_guide_names_every_key_a_file_may_hold():
    from portal.projectfile.sections import SECTIONS

    guide = GUIDE.read_text(encoding="utf-8")

    def missing(sections, path=""):
        for section in sections:
            name = f"{path}{section.key}"
            brackets = f"[{name}]" if section.is_single else f"[[{name}]]"
            row = next((r for r in guide.splitlines() if r.startswith(f"| `{brackets}`")), "")
            words = set(re.findall(r"\w+", row))
            if not row:
                yield brackets
            counted = {section.counter} | {"position"}
            yield from (f"{brackets} {key}" for key in section.by_key if key not in words | counted)
            yield from missing(section.children, f"{name}.")

    assert list(missing(SECTIONS)) == []


def test_the_guide_names_every_measure():
    guide = GUIDE.read_text(encoding="utf-8")

    assert [code for code, _ in measure_choices() if f"`{code}`" not in guide] == []


def test_a_month_means_its_first_day_as_a_start_and_its_last_as_an_end():
    load_file(FOREIGN)
    project = Project.objects.get(code="kopa-2012")
    due = Activity.objects.get(project=project, code="T1.2")

    assert (project.start, project.end) == (date(2012, 5, 1), date(2015, 12, 31))
    assert (project.start_precision, project.end_precision) == ("month", "year")
    assert (due.due, due.due_precision) == (date(2013, 2, 28), "month")
    assert StatusEntry.objects.get(project=project, status="stopped").since == date(2015, 1, 1)


def test_amounts_are_exact_and_unknown_is_null():
    load_file(FOREIGN)
    found = Funding.objects.filter(project__code="kopa-2012")

    assert {(f.part, f.stage, f.currency, f.amount) for f in found} == {
        ("total", "initial", "PLN", Decimal("1234567.89")),
        ("total", "final", "PLN", Decimal("1200000")),
        ("fund", "initial", "CHF", None),
        ("own", "stated", "LVL", Decimal("29999.87")),
        ("own", "stated", "LVL", Decimal("0")),
    }


def test_html_and_odd_signs_stay_the_text_they_are():
    load_file(FOREIGN)
    project = Project.objects.get(code="kopa-2012")

    assert project.target_groups.get(position=1).name_en == "Families <b>at risk</b> & others"
    assert project.aims.get().text_en == (
        'First line.\nSecond line with "quotes", a \\ backslash and a\ttab.'
    )


def test_positions_count_by_themselves_and_keep_gaps():
    load_file(FOREIGN)
    activities = Activity.objects.filter(project__code="kopa-2012")

    assert list(activities.values_list("code", "position")) == [
        ("WP1", 1),
        ("T1.2", 2),
        ("T1.7", 9),
    ]


def test_an_organisation_names_its_successors():
    load_file(FOREIGN)
    merged = Organisation.objects.get(code="vecais-novads")

    assert {each.code for each in merged.successors.all()} == {"jaunais-novads", "otrs-novads"}


def test_a_change_in_the_file_changes_the_row_and_what_it_leaves_out_stays():
    load_text(example())
    changed = example().replace('name_lv = "Semināri"', 'name_lv = "Lekcijas"')
    changed = changed.replace('due = "2025-10"\n', "").replace("target = 40", "target = 41")
    result = load_text(changed)

    activity = Activity.objects.get(code="1.1")
    assert (activity.name, activity.due) == ("Lekcijas", date(2025, 10, 31))
    assert Indicator.objects.get(code="people").target == 41
    assert dict(+result.changed) == {"activities": 1, "indicators": 1}
    assert result.created.total() == 0


def test_what_was_done_in_the_portal_stays_done():
    load_file(ROOT / "data/projects/latgale-lll.toml")
    project = Project.objects.get(code="latgale-lll")
    project.events.update(state="held", is_demo=True)
    project.publications.update(printed_copies=3000)
    project.indicators.filter(method="entered").update(baseline=5)
    result = load_file(ROOT / "data/projects/latgale-lll.toml")

    assert (result.changes, result.kept.total()) == (0, 0)
    assert project.events.get().state == "held"
    assert set(project.publications.values_list("printed_copies", flat=True)) == {3000}


def test_rows_the_file_no_longer_mentions_are_kept_and_counted():
    load_text(example())
    shorter = re.sub(r"\[\[activities\]\]\ncode = \"1.1\".*?\n\n", "", example(), flags=re.DOTALL)
    result = load_text(shorter)

    assert Activity.objects.filter(code="1.1").exists()
    assert (result.changes, dict(+result.kept)) == (0, {"activities": 1})


def test_work_done_in_the_portal_is_neither_dumped_nor_counted():
    load_file(FOREIGN)
    project = Project.objects.get(code="kopa-2012")
    before = dump_project(project)
    indicator = project.indicators.get(code="O1")
    IndicatorValue.objects.create(indicator=indicator, on=date(2014, 2, 1), value=5, is_demo=True)
    event = project.events.get()
    event.registrations.create(
        participant=Participant.objects.create(given_name="Anna", family_name="Paraugs")
    )
    project.contacts.create(name="Tīkla biedre")  # opted in, published by no source

    assert dump_project(project) == before
    assert load_file(FOREIGN).kept.total() == 0


def related(own: str, other: str) -> str:
    """A small project that names another one."""
    return (
        f'format = 1\n[project]\ncode = "{own}"\ntitle_lv = "Projekts"\nprogramme = "p"\n'
        f'[[related_projects]]\nrelation = "sister"\ntitle = "Māsa"\nother = "{other}"\n'
        '[[programmes]]\ncode = "p"\nname_lv = "Programma"\n'
    )


def test_projects_that_name_each_other_are_restored_in_any_order(tmp_path):
    load_text(related("a", "b"))
    load_text(related("b", "a"))
    assert load_text(related("a", "b")).changes == 1
    dumped = {code: dump_project(Project.objects.get(code=code)) for code in "ab"}
    assert [f'other = "{other}"' in dumped[own] for own, other in ("ab", "ba")] == [True, True]
    Project.objects.all().delete()
    for code, text in dumped.items():
        (tmp_path / f"{code}.toml").write_text(text, encoding="utf-8")

    out = StringIO()
    call_command("load_project", tmp_path / "b.toml", tmp_path / "a.toml", stdout=out)

    assert {code: dump_project(Project.objects.get(code=code)) for code in "ab"} == dumped
    assert [line.split(",")[1] for line in out.getvalue().splitlines()] == [
        " 0 changed",
        " 0 changed",
        " 1 changed",
    ]


def test_a_related_project_that_is_not_there_yet_is_told_and_left_out(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(related("a", "b"), encoding="utf-8")
    out = StringIO()
    call_command("load_project", path, stdout=out)

    row = Project.objects.get().related_projects.get()
    assert (row.title, row.other) == ("Māsa", None)
    assert out.getvalue().splitlines()[1] == (
        '  a.toml:9: [[related_projects]] no. 1 ("sister"), other: There is no "b" in the portal'
        " yet. This was left out; once it is there, load the file again."
    )
    assert load_file(path).changes == 0


def test_a_dump_has_one_order_on_every_database():
    load_text(example())
    project = Project.objects.get()
    partner = OrganisationFactory(code="z", name_lv="Āda")
    page = project.sources.get()
    for code in ("a_b", "a-b", "ab", "B"):
        project.statements.create(code=code, subject=code, label_lv="Kas", number=1, source=page)
    for amount, given in enumerate(({"organisation": partner}, {}, {"source": page}), start=1):
        project.funding.create(amount=amount, part="own", **given)

    tables = read_text(dump_project(project), "f").data
    codes = [each["code"] for each in tables["statements"]]
    assert codes == ["B", "a-b", "a_b", "ab", "people-page"]
    assert [each["amount"] for each in tables["funding"]] == [2, 3, 60000, 1]


@pytest.mark.parametrize("approved_at", [None, timezone.now()])
def test_a_value_typed_in_the_portal_is_its_own_affair(approved_at):
    load_text(example())
    project = Project.objects.get(code="kopa-latgale")
    before = dump_project(project)
    typed = project.indicators.get(code="network").values.create(
        on=date(2024, 6, 1), value=1, entered_by=UserFactory(), approved_at=approved_at
    )

    assert dump_project(project) == before
    published = example().replace(
        "[[training_programmes]]\n",
        "[[indicators.values]]\non = 2024-06-01\nvalue = 5\n\n[[training_programmes]]\n",
    )
    assert dict(load_text(published).created) == {"values": 1}
    typed.refresh_from_db()
    assert (typed.value, typed.approved_at) == (1, approved_at)
    assert load_text(published).changes == 0


def test_a_shared_row_is_completed_but_never_contradicted():
    OrganisationFactory(
        code="parauga-regions", kind="planning_region", name_lv="", name_en="Sample region"
    )
    JobCategoryFactory(code="carer", position=3, name_lv="aprūpētājs", name_en="care worker")

    with pytest.raises(ProjectFileError) as raised:
        load_text(example(), "kopa.toml")

    assert str(raised.value) == (
        'kopa.toml:119: [[job_categories]] no. 1 ("carer"), name_en: The portal has "care worker"'
        ' for this row, which other projects share; the file says "carer". Make the file say the'
        " same, or change the row in the portal first."
    )
    assert not Project.objects.exists()
    assert Organisation.objects.get().name_lv == ""


def test_a_file_may_say_less_about_a_shared_row_than_another():
    load_text(example())
    less = example().replace('name_en = "carer"\n', "").replace('name_lv = "aprūpētājs"\n', "")
    less = less.replace('code = "kopa-latgale"', 'code = "kopa-2"')

    assert load_text(less + 'name_en = "Sample planning region"\n').changed.total() == 1
    assert Organisation.objects.get().name_en == "Sample planning region"


def test_shared_lists_that_differ_are_an_error():
    load_file(FOREIGN)
    text = FOREIGN.read_text(encoding="utf-8").replace(
        'successors = ["jaunais-novads", "otrs-novads"]', 'successors = ["otrs-novads"]'
    )

    with pytest.raises(ProjectFileError, match="jaunais-novads, otrs-novads for this row"):
        load_text(text)

    merged = Organisation.objects.get(code="vecais-novads")
    assert merged.successors.count() == 2


def test_quotations_are_kept_to_the_letter():
    load_file(ROOT / "data/projects/lli-317.toml")

    assert Statement.objects.get(code="visits-viesite").as_stated == (
        "12 Viesītes novada pašvaldības speciālisti tika iesaistīti 9 pieredzes apmaiņas pasākumos"
        " un 5 apmācību pasākumos gan Latvijā, gan Lietuvā"
    )
