"""What the verbs promise: whole rows or none, four eyes on a typed figure, a day remembered once."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from projects import actions
from projects.measures import figures
from projects.models import (
    FigureSnapshot,
    Funder,
    IndicatorMethod,
    IndicatorValue,
    Programme,
    Source,
)
from tests.factories import IndicatorFactory, ProgrammeFactory


def test_keep_saves_a_row_with_its_links(db):
    fund = Funder.objects.create(code="erdf", name_lv="ERAF")
    row = actions.keep(row=Programme(code="interreg", name_lv="Interreg"), funders=[fund])
    assert list(Programme.objects.get(pk=row.pk).funders.all()) == [fund]
    actions.keep(row=row, funders=[])
    assert row.funders.count() == 0


def test_keep_refuses_a_row_that_breaks_a_rule(db):
    with pytest.raises(ValidationError):
        actions.keep(row=Programme(code="nameless"))
    ProgrammeFactory(code="taken")
    with pytest.raises(ValidationError) as refused:
        actions.keep(row=Programme(code="taken", name_lv="Cita"))
    assert list(refused.value.error_dict) == ["code"]
    assert Programme.objects.count() == 1


def test_remove_names_what_relies_on_the_row(stage):
    source = Source.objects.create(project=stage.project, code="page", title="Lapa")
    refused = []
    for number in ("LLI-317", "LLI-318"):
        stage.project.identifiers.create(number=number, source=source)
        with translation.override("lv"), pytest.raises(ValidationError) as error:
            actions.remove(row=source)
        refused += error.value.messages
    assert refused == [
        "To nevar dzēst: uz to balstās vēl 1 ieraksts (projekta numurs).",
        "To nevar dzēst: uz to balstās vēl 2 ieraksti (projekta numurs).",
    ]
    stage.project.identifiers.all().delete()
    actions.remove(row=source)
    assert Source.objects.count() == 0


def test_archive_takes_a_row_out_and_restore_brings_it_back(stage):
    actions.archive(row=stage.programme)
    assert stage.programme not in Programme.objects.current()
    actions.restore(row=stage.programme)
    assert stage.programme in Programme.objects.current()


def entered(indicator, by) -> IndicatorValue:
    value = IndicatorValue(indicator=indicator, on=date(2026, 5, 1), value=Decimal(7))
    return actions.record_value(value=value, by=by)


def test_typed_value_counts_only_once_somebody_else_approves_it(stage, indicator):
    writer, reader = stage.people["coordinator"], stage.people["officer"]
    value = entered(indicator, writer)
    assert figures([indicator])[indicator.pk].value == 40
    with pytest.raises(ValidationError):
        actions.approve_value(value=value, by=writer)
    actions.approve_value(value=value, by=reader)
    assert figures([indicator])[indicator.pk].value == 47
    value.refresh_from_db()
    assert (value.approved_by, value.is_counted) == (reader, True)


@pytest.mark.parametrize(
    ("field", "changed"), [("value", 1000), ("on", date(2026, 4, 30)), ("note", "cits skaits")]
)
def test_value_changed_since_it_was_seen_is_not_approved(stage, indicator, field, changed):
    value = entered(indicator, stage.people["coordinator"])
    seen = value.revision
    setattr(value, field, changed)
    actions.record_value(value=value, by=stage.people["coordinator"])
    with pytest.raises(ValidationError):
        actions.approve_value(value=value, by=stage.people["officer"], seen=seen)
    value.refresh_from_db()
    assert (value.approved_by, value.is_counted) == (None, False)
    actions.approve_value(value=value, by=stage.people["officer"], seen=value.revision)
    value.refresh_from_db()
    assert value.is_counted is True


def test_who_changes_a_waiting_value_becomes_its_author(stage, indicator):
    value = entered(indicator, stage.people["coordinator"])
    actions.record_value(value=value, by=stage.people["officer"])
    with pytest.raises(ValidationError):
        actions.approve_value(value=value, by=stage.people["officer"])
    actions.approve_value(value=value, by=stage.people["coordinator"])
    assert figures([indicator])[indicator.pk].value == 47


def test_value_approved_meanwhile_is_neither_changed_nor_removed(stage, indicator):
    value = entered(indicator, stage.people["coordinator"])
    stale = IndicatorValue.objects.get(pk=value.pk)
    actions.approve_value(value=value, by=stage.people["officer"])
    stale.value = 1000
    with pytest.raises(ValidationError):
        actions.record_value(value=stale, by=stage.people["coordinator"])
    with pytest.raises(ValidationError):
        actions.remove(row=stale, fixed=lambda stored: stored.is_counted)
    value.refresh_from_db()
    assert (value.value, value.approved_by) == (7, stage.people["officer"])


def test_row_removed_meanwhile_does_not_come_back(stage, indicator):
    value = entered(indicator, stage.people["coordinator"])
    stale = IndicatorValue.objects.get(pk=value.pk)
    actions.remove(row=value)
    with pytest.raises(ValidationError):
        actions.record_value(value=stale, by=stage.people["coordinator"])
    assert not IndicatorValue.objects.filter(pk=stale.pk).exists()


def test_approval_is_given_once(stage, indicator):
    value = entered(indicator, stage.people["coordinator"])
    first = actions.approve_value(value=value, by=stage.people["officer"])
    again = actions.approve_value(value=value, by=stage.people["admin"])
    assert (again.approved_by, again.approved_at) == (first.approved_by, first.approved_at)


def test_measured_figure_is_not_typed(stage):
    counted = IndicatorFactory(
        project=stage.project, method=IndicatorMethod.MEASURED, measure="training.persons_enrolled"
    )
    with pytest.raises(ValidationError):
        entered(counted, stage.people["coordinator"])


def test_snapshot_remembers_a_day_once(stage, indicator):
    silent = IndicatorFactory(project=stage.project)
    indicator.values.filter(value=15).update(is_demo=True)
    assert actions.take_snapshots(on=date(2026, 2, 1)) == 2
    indicator.values.create(on=date(2026, 1, 30), value=Decimal(100))
    assert actions.take_snapshots(on=date(2026, 2, 1)) == 0
    assert actions.take_snapshots(on=date(2026, 2, 2)) == 2
    known = FigureSnapshot.objects.filter(indicator=indicator).order_by("known_on")
    assert [(row.value, row.is_demo) for row in known] == [(15, True), (115, True)]
    assert FigureSnapshot.objects.filter(indicator=silent, value=None).count() == 2


def test_snapshot_leaves_out_what_is_put_away(stage, indicator):
    actions.archive(row=indicator)
    assert actions.take_snapshots(on=date(2026, 2, 1)) == 0
    actions.restore(row=indicator)
    actions.archive(row=stage.project)
    assert actions.take_snapshots(on=date(2026, 2, 1)) == 0
