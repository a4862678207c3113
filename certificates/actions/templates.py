"""The wording of certificates: kept, put away, shown as a specimen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from certificates.models import Certificate, CertificateTemplate
from certificates.rules import words_for
from portal.lib import pictures
from portal.lib.documents import print_one
from portal.lib.names import both
from portal.lib.paper import Resources
from projects.models import Project
from training.models import Module, TrainingProgramme

from .facts import Freezer, check_words


@transaction.atomic
def save_template(*, form: Any, signatories: Any) -> CertificateTemplate:
    """Keep a template with its signatories; choosing it first takes that from the former one.

    The project is locked, so that two who save at once choose one after the other.
    """
    template: CertificateTemplate = form.save(commit=False)
    Project.objects.select_for_update(of=("self",)).get(pk=template.project_id)
    if template.is_default:
        others = CertificateTemplate.objects.filter(project=template.project, is_default=True)
        others.exclude(pk=template.pk).update(is_default=False)
    template.save()
    form.save_m2m()
    signatories.instance = template
    signatories.save()
    return template


@transaction.atomic
def archive_template(*, template: CertificateTemplate, archived: bool) -> CertificateTemplate:
    """Put a template away or bring it back, no longer offered first."""
    if archived == template.is_archived:
        return template
    template.is_default = False
    template.save(update_fields=["is_default"])
    template.set_archived(archived)
    return template


def specimen(*, template: CertificateTemplate) -> bytes:
    """A paper of nobody: an invented name, the project's programme, no number and no code."""
    day, resources = timezone.localdate(), Resources()

    def show_only(data: bytes) -> pictures.Frozen:
        """Whoever only looks keeps no picture."""
        frozen, data = pictures.prepare(data)
        resources.add(data, frozen["mime"])
        return frozen

    programme = TrainingProgramme.objects.filter(project=template.project).first()
    freezer = Freezer(template, day, [], show_only)
    data = {**freezer.common, **_nobody(template, programme, day)}
    words = words_for(data, template.language)
    words["demo"] = {"lv": "paraugs", "en": "specimen"}[template.language[:2]]
    check_words(words, data)
    certificate = Certificate(
        pk=0,
        facts={"words": words},
        language=template.language,
        series=template.series,
        year=day.year,
        number=0,
    )
    return print_one(certificate, resources)


def _nobody(
    template: CertificateTemplate, programme: TrainingProgramme | None, day: date
) -> dict[str, Any]:
    modules = list(Module.objects.filter(programme=programme)) if programme else []
    rows = [
        {
            "name": both(each),
            "topics": [],
            "days": f"{each.days.normalize():f}" if each.days else "",
            "planned": 360,
            "attended": 360,
        }
        for each in modules
    ] or [
        {
            "name": {"lv": "Modulis", "en": "Module"},
            "topics": [],
            "days": "1",
            "planned": 360,
            "attended": 360,
        }
    ]
    return {
        "number": "…",
        "token": "0" * 26,
        "address": "https://example.invalid/v/" + "0" * 26 + "/",
        "name": "Vārds Uzvārds",
        "programme": both(programme) if programme else {"lv": "Programma", "en": "Programme"},
        "group": {"lv": "mācību grupa", "en": "training group"},
        "place": {"lv": "", "en": ""},
        "issued_at": both(template, "place"),
        "unit": programme.hour_unit if programme else "ac45",
        "minutes": sum(row["attended"] for row in rows),
        "modules": rows,
        "module_count": len(rows),
        "period": {"start": day.isoformat(), "end": day.isoformat()},
        "threshold": programme.threshold_percent if programme else 80,
        "demo": True,
    }
