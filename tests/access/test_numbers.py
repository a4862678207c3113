"""No form of the portal takes a number nobody can mean, on either database."""

import pytest
from django import forms
from django.db import transaction
from django.urls import reverse

from projects.forms.fields import AmountField
from tests.access.table import TABLE

pytestmark = pytest.mark.django_db

NUMBERS = (forms.IntegerField, forms.DecimalField, AmountField)
# The largest that SQLite keeps, far too much for a column of PostgreSQL; and what neither keeps.
ABSURD = ["9223372036854775807", "9" * 30]
# Forms with numbers when this was written; a walk that finds fewer has lost its way.
KNOWN_FORMS = 40


def form_pages():
    """The pages with a form, and a thing each is about."""
    for name, page in TABLE.items():
        if {"GET", "POST"} <= set(page.methods.split()) and ":" in name:
            yield name, page.on


def number_fields(answer):
    form = (answer.context or {}).get("form")
    return {
        name for name, field in getattr(form, "fields", {}).items() if isinstance(field, NUMBERS)
    }


def test_an_absurd_number_is_refused_beside_its_field(scene):
    admin, asked, refused = scene.askers["admin"], {}, {}
    for name, on in form_pages():
        address = reverse(name, kwargs=scene.own.keys[on] if on else None) + "?project=project-a"
        admin.restore()
        with transaction.atomic():
            numbers = number_fields(admin.client.get(address))
            for typed in ABSURD if numbers else []:
                answer = admin.client.post(address, dict.fromkeys(numbers, typed))
                errors = answer.context["form"].errors if answer.status_code == 422 else {}
                asked[name, typed], refused[name, typed] = numbers, numbers & set(errors)
            transaction.set_rollback(True)

    assert refused == asked
    assert len(asked) >= KNOWN_FORMS * len(ABSURD)
