"""A funder reads counts. No row that leads to a person is open to him, by any door."""

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, Model

from projects import doors
from projects.measures import open_figure
from projects.models import Indicator, Membership, Role
from tests.factories import IndicatorFactory
from training.models import Participant

pytestmark = pytest.mark.django_db

# Rows that lead to a person and are only ever read through another row: the way to that row.
THROUGH = {
    "training.Mark": "enrolment",
    "training.EnrolmentChange": "enrolment",
    "training.PaperDifference": "enrolment",
    "network.Registration": "participant",
}


def leads_to_a_person() -> list[type[Model]]:
    """Every model from which foreign keys lead to a participant, however far; no history."""
    found: set[type[Model]] = {Participant}
    models = [each for each in apps.get_models() if not hasattr(each, "history_id")]
    while True:
        more = {
            model
            for model in models
            if model not in found
            and any(
                isinstance(field, ForeignKey | ManyToManyField) and field.related_model in found
                for field in model._meta.get_fields()
            )
        }
        if not more:
            return sorted(found, key=lambda model: model._meta.label)
        found |= more


@pytest.fixture
def funder(scene):
    return Membership.objects.get(role=Role.FUNDER, user__email="funder@portal.invalid").user


def test_models_that_lead_to_a_person_are_known():
    labels = {model._meta.label for model in leads_to_a_person()}

    assert {"training.Enrolment", "training.Attendance", "certificates.Certificate"} <= labels
    assert set(THROUGH) <= labels


@pytest.mark.parametrize("model", leads_to_a_person(), ids=lambda model: model._meta.label)
def test_funder_sees_no_row(funder, model):
    rows = model._default_manager.all()
    path = THROUGH.get(model._meta.label)
    if path:
        ancestor = model._meta.get_field(path).related_model
        seen = rows.filter(**{f"{path}__in": ancestor._default_manager.visible_to(funder)})
    else:
        seen = rows.visible_to(funder)

    assert rows.count() > 0
    assert seen.count() == 0


def test_figures_open_to_counts_and_never_to_a_name(scene, funder):
    """Every measure, as far down as its tables go."""
    names = [scene.own.canary, scene.own.rows["own_participant"].family_name]
    for measure in doors.measures:
        indicator = IndicatorFactory(
            project=scene.own.rows["project"], method="measured", measure=measure.code
        )
        told = "".join(_told(indicator, ""))

        assert told, measure.code
        assert [name for name in names if name in told] == [], measure.code


def _told(indicator: Indicator, key: str, depth: int = 0):
    table = open_figure(indicator, key=key)
    yield str(table.heading)
    for row in table.rows:
        yield f"{row.label} {row.cells}"
        if row.key and depth < 3:
            yield from _told(indicator, row.key, depth + 1)
