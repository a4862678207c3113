"""Fields: what they refuse, and that keys are right behind every door that writes."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test.utils import isolate_apps

from portal.lib.fields import (
    KeyedModel,
    LineField,
    LongTextField,
    MinutesField,
    NameField,
    SearchKeyField,
    SortKeyField,
    fill_keys,
)


@pytest.fixture
def person(transactional_db: None) -> Iterator[Any]:
    """A model of its own, so that the fields are tried without any app."""
    with isolate_apps():

        class Person(KeyedModel):
            family_name = NameField(max_length=40)
            given_name = NameField(blank=True)
            about = LongTextField(blank=True, max_length=30)
            attended = MinutesField(default=0)
            sort = SortKeyField("family_name", "given_name")
            search = SearchKeyField("given_name", "family_name")

            class Meta:
                app_label = "trial"
                db_table = "test_lib_person"

    with connection.schema_editor() as editor:
        editor.create_model(Person)
    yield Person
    with connection.schema_editor() as editor:
        editor.delete_model(Person)


def keys(model: Any) -> list[tuple[str, str]]:
    return list(model.objects.order_by("sort").values_list("sort", "search"))


def test_keys_are_filled_behind_every_door(person: Any) -> None:
    person(family_name="Ābele", given_name="Ilze").save()
    assert keys(person) == [("a~bele ilze", "ilze abele")]
    person.objects.bulk_create([person(family_name="Azis")])
    assert keys(person) == [("azis", "azis"), ("a~bele ilze", "ilze abele")]
    person.objects.update_or_create(family_name="Azis", defaults={"family_name": "Čakste"})
    assert keys(person) == [("a~bele ilze", "ilze abele"), ("c~akste", "cakste")]
    row = person.objects.get(family_name="Čakste")
    row.family_name = "Žagars"
    row.save(update_fields=["family_name"])
    assert keys(person)[1] == ("z~agars", "zagars")
    row.family_name = "Aa"
    person.objects.bulk_update(fill_keys([row]), ["family_name", "sort", "search"])
    assert keys(person)[0] == ("aa", "aa")


def test_rows_sort_as_latvians_do_in_the_database(person: Any) -> None:
    names = ["Azis", "Ābele", "Berga-Lapa", "Bērziņa", "Caune", "Čakste", "Īve", "Zeme", "Žagars"]
    person.objects.bulk_create(person(family_name=name) for name in reversed(names))
    assert list(person.objects.order_by("sort").values_list("family_name", flat=True)) == names


def test_names_are_normalised_on_every_write_and_lookup(person: Any) -> None:
    person.objects.bulk_create([person(family_name=" Be\u0304rziņa\u00a0 Anna ")])
    assert person.objects.get(family_name="Be\u0304rziņa Anna").family_name == "Bērziņa Anna"
    person.objects.update(family_name="A\u0304bele ")
    assert list(person.objects.values_list("family_name", flat=True)) == ["Ābele"]


@pytest.mark.parametrize("number", [10**30, -(10**30), 2**63])
def test_several_may_be_asked_for_by_numbers_that_no_column_holds(person: Any, number: int) -> None:
    kept = person.objects.create(family_name="Ozola")
    assert list(person.objects.filter(pk__in=[number, kept.pk])) == [kept]
    assert list(person.objects.filter(attended__in=[number])) == []
    with pytest.raises(ValidationError) as refusal:
        forms.ModelMultipleChoiceField(person.objects.all()).clean([kept.pk, str(number)])
    assert refusal.value.error_list[0].code == "invalid_choice"


@isolate_apps()
@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"family_name": "a\x00b"}, {"family_name": ["forbidden_characters"]}),
        ({"family_name": "a\u202eb"}, {"family_name": ["forbidden_characters"]}),
        ({"family_name": "a\ud800b"}, {"family_name": ["forbidden_characters"]}),
        ({"family_name": " \u200b "}, {"family_name": ["blank"]}),
        ({"family_name": "x" * 100_000}, {"family_name": ["max_length"]}),
        ({"family_name": "Ozola", "about": "x" * 31}, {"about": ["max_length"]}),
        ({"family_name": "Ozola", "about": "a\x1bb"}, {"about": ["forbidden_characters"]}),
        ({"family_name": "Ozola 😀"}, {"family_name": ["unprintable"]}),
        ({"family_name": "Ozola", "about": "≥ 漢"}, {"about": ["unprintable"]}),
        ({"family_name": "Ozola", "remark": "a\u202eb"}, {"remark": ["forbidden_characters"]}),
    ],
)
def test_bad_text_is_refused_beside_its_field(
    values: dict[str, str], errors: dict[str, list[str]]
) -> None:
    class Row(models.Model):  # noqa: DJ008
        family_name = NameField(max_length=40)
        about = LongTextField(blank=True, max_length=30)
        remark = NameField(blank=True, is_printed=False)

        class Meta:
            app_label = "trial"

    Row(family_name="Ķirša-Žagare „Ą“ Øyvind", remark="👍", about="a\n\tb – 5 €").full_clean()
    with pytest.raises(ValidationError) as refusal:
        Row(**values).full_clean()
    found = refusal.value.error_dict
    assert {field: [error.code for error in found[field]] for field in found} == errors


def test_a_long_name_makes_a_short_key() -> None:
    class Row:
        name = "ā" * 100_000
        sort = "as stored"

    field = SortKeyField("name", name="sort")
    field.attname = "sort"
    assert len(field.key_of(Row())) == 200  # type: ignore[arg-type]


def test_a_history_row_without_the_sources_keeps_its_key() -> None:
    class Row:
        sort = "as stored"

    field = SortKeyField("name")
    field.attname = "sort"
    assert field.key_of(Row()) == "as stored"  # type: ignore[arg-type]


def test_key_fields_survive_migrations() -> None:
    field = SearchKeyField("given_name", "family_name", verbose_name="search")
    _name, path, args, kwargs = field.deconstruct()
    assert (path, args) == ("portal.lib.fields.SearchKeyField", ["given_name", "family_name"])
    assert SearchKeyField(*args, **kwargs).sources == ("given_name", "family_name")


def test_postgresql_compares_sort_keys_by_code_point() -> None:
    # The wrapper connects to nothing; only the column's definition is asked for.
    postgresql = DatabaseWrapper({"NAME": "none", "OPTIONS": {}})
    field = SortKeyField("name", name="sort")
    assert field.db_parameters(postgresql)["collation"] == "C"


def test_line_of_a_form_is_tidied_before_it_is_judged() -> None:
    line = LineField(max_length=6)
    assert line.clean("  a\u0304bele \u200b ") == "ābele"
    assert LineField(required=False).clean(None) == ""
    assert LineField(is_printed=False).clean("👍") == "👍"
    for bad in ("", "\u200b", "a\u202eb", "👍", "\u0958" * 4):  # NFC writes it in eight
        with pytest.raises(ValidationError):
            line.clean(bad)
