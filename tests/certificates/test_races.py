"""Two at once at one thing: the second waits, sees what the first did, and goes on from there."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from certificates.actions import save_template
from certificates.forms import Signatories, TemplateForm
from certificates.models import Certificate, CertificateTemplate
from portal.lib import documents
from tests.certificates.world import build

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

TOGETHER = 6


def test_templates_that_are_all_to_be_first_are_kept_one_after_the_other() -> None:
    world, start = build(), Barrier(TOGETHER)
    empty = {f"s-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}

    def save(number: int) -> CertificateTemplate:
        template = CertificateTemplate(project=world.project)
        typed = {"language": "lv", "kind_lv": "par dalību", "hours_shown": "attended"}
        form = TemplateForm(
            {**typed, "series": f"S{number}", "is_default": "on"}, instance=template
        )
        signatories = Signatories(empty, instance=template, prefix="s")
        assert (form.is_valid(), signatories.is_valid()) == (True, True)
        start.wait(60)
        saved = save_template(form=form, signatories=signatories)
        connection.close()
        return saved

    with ThreadPoolExecutor(TOGETHER) as threads:
        saved = list(threads.map(save, range(TOGETHER)))

    assert len({template.pk for template in saved}) == TOGETHER
    assert CertificateTemplate.objects.filter(is_default=True).count() == 1


def somebody_waits() -> bool:
    """Whether a statement of another connection waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_stat_clear_snapshot()"
        )  # else a transaction sees the first answer
        cursor.execute(
            "select count(*) from pg_stat_activity"
            " where datname = current_database() and wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def test_paper_that_was_mended_while_one_pressed_is_handed_out() -> None:
    """Whoever comes second finds the file in order: no error, the download."""
    world = build(people=1)
    [row] = world.issue()
    documents.produce(documents.claim(Certificate, 1, owner="test"))
    row.refresh_from_db()
    path = Path(row.file.path)
    issued = path.read_bytes()
    path.write_bytes(b"damaged")

    def press() -> Any:
        client = Client()
        client.force_login(world.coordinator, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.post(reverse("certificates:certificate_produce", args=[row.pk]))
        connection.close()
        return answer

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            Certificate.objects.select_for_update().get(pk=row.pk)
            pressed = threads.submit(press)
            until = time.monotonic() + 30
            while not somebody_waits():
                assert time.monotonic() < until, "nobody waits for the row"
                time.sleep(0.05)
            path.write_bytes(issued)
        answer = pressed.result(60)

    row.refresh_from_db()
    assert answer.url == reverse("certificates:certificate_download", args=[row.pk])
    assert (row.rendition, row.read()) == (1, issued)
