"""Files that cannot be loaded: each problem is named with its place, and nothing is stored."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.projectfile import ProjectFileError, load_text
from portal.projectfile.sections import SECTIONS
from portal.projectfile.writing import to_toml
from projects.models import Organisation, Project

from .test_projectfile import example

pytestmark = pytest.mark.django_db


def told(text: str) -> list[str]:
    """The problems of a file that must not load, and nothing of it stored."""
    with pytest.raises(ProjectFileError) as raised:
        load_text(text, "f")
    assert (Project.objects.count(), Organisation.objects.count()) == (0, 0)
    return str(raised.value).splitlines()


def mended(old: str, new: str) -> str:
    text = example()
    assert old in text
    return text.replace(old, new, 1)


LONG = "ā" * 100_000

# What is typed instead of what, and all that the loader says: of the line (@) or its table (#).
CASES = {
    "wrong type": (
        "amount = 60000.00",
        'amount = "60 000"',
        [
            'f@: [[funding]] no. 1 ("total"), amount: Expected a number such as 791256.19;'
            ' found "60 000".'
        ],
    ),
    "a flag for a number": (
        "days = 2",
        "days = true",
        [
            'f@: [[training_programmes]] no. 1 ("basics") [[training_programmes.modules]] no. 1'
            ' ("law"), days: Expected a number such as 791256.19; found True.'
        ],
    ),
    "no number at all": (
        "amount = 60000.00",
        "amount = nan",
        [
            'f@: [[funding]] no. 1 ("total"), amount: Expected a number such as 791256.19;'
            " found NaN."
        ],
    ),
    "too many digits": (
        "amount = 60000.00",
        "amount = 1e900",
        [
            'f@: [[funding]] no. 1 ("total"), amount: Ensure that there are no more than 14 digits'
            " in total. Found 1E+900."
        ],
    ),
    "longer than anybody plans": (
        'title_lv = "Kopā Latgalē"',
        'duration_months = 9223372036854775807\ntitle_lv = "Kopā Latgalē"',
        [
            'f@: [project] ("kopa-latgale"), duration_months: Ensure this value is less than or'
            " equal to 10000. Found 9223372036854775807."
        ],
    ),
    "half a cent": (
        "amount = 60000.00",
        "amount = 60000.005",
        [
            'f@: [[funding]] no. 1 ("total"), amount: Ensure that there are no more than 2 decimal'
            " places. Found 60000.005."
        ],
    ),
    "less than nothing": (
        "amount = 60000.00",
        "amount = -1",
        ['f#: [[funding]] no. 1 ("total"): An amount cannot be negative.'],
    ),
    "unknown key": (
        "is_headline = true",
        "is_headlin = true",
        [
            'f@: [[indicators]] no. 1 ("people"), is_headlin: There is no such key here.'
            ' Did you mean "is_headline"?'
        ],
    ),
    "unknown section": (
        "[[identifiers]]",
        "[[identifier]]",
        ['f@: identifier: There is no such section. Did you mean "identifiers"?'],
    ),
    "unknown programme": (
        'programme = "paraugprogramma"',
        'programme = "paraugprograma"',
        [
            'f@: [project] ("kopa-latgale"), programme: Expected the code of one of the'
            ' programmes, in this file or in the portal; there is no "paraugprograma".'
            ' Did you mean "paraugprogramma"?'
        ],
    ),
    "unknown organisation": (
        'organisation = "parauga-regions"',
        'organisation = "cits"',
        [
            'f@: [[partners]] no. 1 ("cits"), organisation: Expected the code of one of the'
            ' organisations, in this file or in the portal; there is no "cits".'
        ],
    ),
    "unknown source": (
        'source = "page"                       #',
        'source = "pages" #',
        [
            'f@: [[statuses]] no. 1 ("running"), source: Expected the code of one of the sources,'
            ' in this file or in the portal; there is no "pages". Did you mean "page"?'
        ],
    ),
    "unknown measure": (
        'measure = "training.persons_trained"',
        'measure = "training.person_trained"',
        [
            'f@: [[indicators]] no. 1 ("people"), measure: There is no such measure.'
            ' Did you mean "training.persons_trained"?'
        ],
    ),
    "unknown choice": (
        'kind = "planning_region"',
        'kind = "planing_region"',
        [
            'f@: [[organisations]] no. 1 ("parauga-regions"), kind: Expected one of'
            " planning_region, municipality, district, town, institution, ngo, ministry, agency,"
            ' school, university, company, other; found "planing_region".'
            ' Did you mean "planning_region"?'
        ],
    ),
    "letters that no paper shows": (
        'title_lv = "Kopā Latgalē"',
        'title_lv = "Kopā Latgalē 😀"',
        [
            'f@: [project] ("kopa-latgale"), title_lv: Papers cannot show these characters: 😀.'
            ' Found "Kopā Latgalē 😀".',
        ],
    ),
    "end before start": (
        "end = 2025-11-15",
        "end = 2023-11-15",
        ['f#: [project] ("kopa-latgale"): The end is before the start.'],
    ),
    "no such month": (
        'start = "2024-03"',
        'start = "2024-13"',
        ['f@: [project] ("kopa-latgale"), start: There is no such month or year: "2024-13".'],
    ),
    "a year of long ago": (
        'start = "2024-03"',
        'start = "1924-03"',
        [
            'f@: [project] ("kopa-latgale"), start: The year must lie between 1990 and 2100.',
        ],
    ),
    "a year that was mistyped": (
        "published_on = 2024-02-01",
        "published_on = 0204-02-01",
        ['f@: [[sources]] no. 1 ("page"), published_on: The year must lie between 1990 and 2100.'],
    ),
    "a day beyond the calendar": (
        "end = 2025-11-15",
        "end = 9999-12-31",
        ['f@: [project] ("kopa-latgale"), end: The year must lie between 1990 and 2100.'],
    ),
    "a date in words": (
        'start = "2024-03"',
        'start = "March 2024"',
        [
            'f@: [project] ("kopa-latgale"), start: Expected a date: 2018-03-01, "2018-03" or'
            ' "2018"; found "March 2024".'
        ],
    ),
    "duplicate code": (
        'code = "network"',
        'code = "people"',
        [
            'f#: [[indicators]] no. 2 ("people"): This code stands in the file already, in line 54:'
            ' "people".'
        ],
    ),
    "part of itself": (
        'parent = "1"',
        'parent = "1.1"',
        ['f@: [[activities]] no. 2 ("1.1"), parent: This is part of itself.'],
    ),
    "a long name": (
        'title_lv = "Kopā Latgalē"',
        f'title_lv = "{LONG}"',
        [
            'f@: [project] ("kopa-latgale"), title_lv: Ensure this value has at most 500 characters'
            f' (it has 100000). Found "{"ā" * 59}….'
        ],
    ),
    "a long code": (
        'code = "kopa-latgale"',
        f'code = "{"a" * 100_000}"',
        [
            f'f@: [project] ("{"a" * 59}…), code: Ensure this value has at most 60 characters'
            f' (it has 100000). Found "{"a" * 59}….'
        ],
    ),
    "a code that is none": (
        'code = "kopa-latgale"',
        'code = "Kopā Latgalē"',
        [
            'f@: [project] ("Kopā Latgalē"), code: Enter a valid “slug” consisting of letters,'
            ' numbers, underscores or hyphens. Found "Kopā Latgalē".'
        ],
    ),
    "a code that no address can hold": (
        'code = "people"',
        'code = "i.8.3.a/1"',
        [
            'f@: [[indicators]] no. 1 ("i.8.3.a/1"), code: Use letters without marks, digits,'
            " points, hyphens and underscores; begin with a letter or a digit."
            ' Found "i.8.3.a/1".'
        ],
    ),
    "a code that leads to another page": (
        'code = "people"',
        'code = "add"',
        [
            'f@: [[indicators]] no. 1 ("add"), code: This word is taken by the portal itself.'
            ' Found "add".'
        ],
    ),
    "a project code that leads to another page": (
        'code = "kopa-latgale"',
        'code = "add"',
        ['f@: [project] ("add"), code: This word is taken by the portal itself. Found "add".'],
    ),
    "signs that cannot be shown": (
        'name_lv = "Mācības"',
        'name_lv = "Mācī\\u0000bas"',
        [
            'f@: [[activities]] no. 1 ("1"), name_lv: Please type this anew: it holds characters'
            " that cannot be shown (U+0000)."
        ],
    ),
    "signs that cannot be shown in a code": (
        'lead = "parauga-regions"',
        'lead = "parauga\\u0000"',
        [
            'f@: [project] ("kopa-latgale"), lead: Please type this anew: it holds characters that'
            " cannot be shown (U+0000)."
        ],
    ),
    "signs that cannot be shown in a list of codes": (
        'funders = ["paraugfonds"]',
        'funders = ["\\u0000"]',
        [
            'f@: [[programmes]] no. 1 ("paraugprogramma"), funders: Please type this anew: it holds'
            " characters that cannot be shown (U+0000)."
        ],
    ),
    "no name": (
        'name_lv = "Semināri"\n',
        "",
        ['f#: [[activities]] no. 2 ("1.1"): Give the name in at least one language.'],
    ),
    "nothing where something must be": (
        'number = "PP-7"',
        'number = " "',
        ['f@: [[identifiers]] no. 1 (" "), number: This may not be empty.'],
    ),
    "a missing key": (
        'currency = "EUR"\n',
        "",
        ['f#: [[funding]] no. 1 ("total"): Expected the key "currency".'],
    ),
    "a table that is no list": (
        "[[identifiers]]",
        "[identifiers]",
        ["f@: identifiers: Expected a list of tables [[identifiers]]."],
    ),
    "a baseline for a counted figure": (
        "target = 40",
        "target = 40\nbaseline = 5",
        [
            'f#: [[indicators]] no. 1 ("people"): A measured figure counts the portal\'s rows from'
            " nought; it has no baseline."
        ],
    ),
    "a measure for a typed figure": (
        'method = "entered"',
        'method = "measured"',
        [
            'f#: [[indicators]] no. 2 ("network"): A measured indicator names its measure; an'
            " entered one has none."
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "problems"), CASES.values(), ids=CASES)
def test_a_mistake_is_named_with_its_place(old, new, problems):
    text = mended(old, new)
    line = example()[: example().index(old)].count("\n") + 1
    lines = text.split("\n")[: max(line, 1)]
    table = max(number for number, each in enumerate(lines, start=1) if each.startswith("["))
    where = {"f@": f"f:{line}", "f#": f"f:{table}"}

    assert told(text) == [where[each[:2]] + each[2:] for each in problems]


def test_all_problems_are_told_at_once():
    text = example()
    for old, new, _ in (CASES[key] for key in ("wrong type", "unknown key", "no name")):
        text = text.replace(old, new, 1)
    text = text.replace("end = 2025-11-15", "end = 2023-11-15")

    assert [line.split(": ", 1)[1] for line in told(text)] == [
        '[project] ("kopa-latgale"): The end is before the start.',
        CASES["wrong type"][2][0][4:],
        CASES["no name"][2][0][4:],
        CASES["unknown key"][2][0][4:],
    ]


def test_a_table_named_by_others_is_complained_of_once():
    text = mended('code = "page"\ntitle', 'code = "page"\ntitel')

    assert told(text) == [
        'f:13: [[sources]] no. 1 ("page"): Expected the key "title".',
        'f:15: [[sources]] no. 1 ("page"), titel: There is no such key here. Did you mean "title"?',
    ]


NOT_TOML = {
    "broken": (
        "format = 1\n[project\n",
        ["f:2: This is not valid TOML: Expected ']' at the end of a table declaration."],
    ),
    "key twice": (
        'format = 1\n[project]\ncode = "a"\ncode = "b"\n',
        ["f:4: This is not valid TOML: Cannot overwrite a value."],
    ),
    "no format": (
        '[project]\ncode = "a"\n',
        ["f: format: Expected format = 1 at the top of the file; there is none."],
    ),
    "other format": (
        "\nformat = 2\n",
        ["f:2: format: Expected format = 1 at the top of the file; found 2."],
    ),
    "nothing": ("", ["f: format: Expected format = 1 at the top of the file; there is none."]),
    "no project": ("format = 1\n", ["f: project: Expected one table [project] with the key code."]),
    "endless number": (
        f"format = {'9' * 5000}\n",
        ["f: This is not valid TOML: a number has too many digits."],
    ),
    "deep": (
        f"format = 1\na = {'[' * 5000}{']' * 5000}\n",
        ["f: The tables are nested too deeply."],
    ),
}


@pytest.mark.parametrize(("text", "problems"), NOT_TOML.values(), ids=NOT_TOML)
def test_what_is_no_project_file_is_told_so(text, problems):
    assert told(text) == problems


def command(*paths) -> tuple[str, str]:
    """What the command says and why it stops."""
    errors = StringIO()
    with pytest.raises(CommandError) as raised:
        call_command("load_project", *map(str, paths), stderr=errors, stdout=StringIO())
    assert raised.value.returncode == 1
    return errors.getvalue(), str(raised.value)


def test_a_missing_file_is_told_without_a_traceback(tmp_path):
    missing = tmp_path / "missing.toml"

    assert command(missing) == (
        f"missing.toml: There is no file {missing}.\n"
        "missing.toml: nothing was stored; mend this.\n",
        "1 of 1 files not loaded.",
    )


def test_a_folder_is_no_file(tmp_path):
    assert command(tmp_path)[0].startswith(f"{tmp_path.name}: cannot be read: Is a directory.")


def test_bytes_that_are_not_utf8_are_told_with_their_line(tmp_path):
    path = tmp_path / "old.toml"
    path.write_bytes("format = 1\n# Rēzekne\n".encode("windows-1257"))

    assert command(path)[0].splitlines()[0] == (
        "old.toml:2: This is not UTF-8 text. Save the file with the encoding UTF-8."
    )


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "large.toml"
    with path.open("wb") as file:
        file.truncate(6 * 1024 * 1024)

    assert command(path)[0].splitlines()[0] == "large.toml: is larger than 5 MB."


def test_a_byte_order_mark_and_line_ends_of_windows_are_fine(tmp_path):
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + example().replace("\n", "\r\n").encode())
    call_command("load_project", str(path), stdout=StringIO())

    assert Project.objects.get().title_lv == "Kopā Latgalē"


def test_a_bad_file_does_not_stop_a_good_one(tmp_path):
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(example(), encoding="utf-8")
    bad.write_text("format = 1", encoding="utf-8")

    errors, stop = command(bad, good)

    assert (errors.count("bad.toml"), stop) == (2, "1 of 2 files not loaded.")
    assert Project.objects.count() == 1


def test_dumping_an_unknown_project_names_what_there_is():
    with pytest.raises(CommandError, match=r"no project .lli-371.. There is none yet"):
        call_command("dump_project", "lli-371")
    load_text(example())
    with pytest.raises(CommandError, match=r"Did you mean .kopa-latgale"):
        call_command("dump_project", "kopa-latgal")


KEYS = sorted({key for section in SECTIONS for key in section.by_key})
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.text(max_size=30),
    st.sampled_from(["page", "1", "1.1", "carer", "parauga-regions", "2024-05", "fund", ""]),
    st.lists(st.one_of(st.text(max_size=3), st.integers()), max_size=2),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_is_typed_loads_or_is_explained(data):
    import tomllib
    from decimal import Decimal

    from django.db import transaction

    document = tomllib.loads(example(), parse_float=Decimal)
    section = data.draw(st.sampled_from(sorted(document.keys() - {"format"})))
    table = document[section] if section == "project" else document[section][0]
    key = data.draw(st.sampled_from([*table, *KEYS]))
    value = data.draw(VALUES)
    table.pop(key, None)
    if value is not None:
        table[key] = value
    with transaction.atomic():
        try:
            load_text(to_toml(document))
        except ProjectFileError as error:
            assert error.problems
        transaction.set_rollback(True)
