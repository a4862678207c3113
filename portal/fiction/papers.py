"""The certificates of the finished groups of Latgale; their papers are made behind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Max

from certificates.actions import issue_certificates
from certificates.models import CertificateTemplate, Signatory
from certificates.rules import PaperLanguage
from portal.fiction import cast, timetable
from portal.lib.documents import Priority
from portal.models import User
from projects.models import Project
from training.models import Enrolment, Group, Session

PROJECT_ENDS = date(2011, 1, 31)
# Invented people in invented offices; no signature of a living person may be imitated.
SIGNATORIES = (
    ("Ilze Vizbulkalne", "projekta vadītāja (demo)", "Project Manager (demo)"),
    ("Valdis Ozollapkrasts", "mācību programmas vadītājs (demo)", "Head of Training (demo)"),
)


def make_template(project: Project) -> CertificateTemplate:
    """The bilingual template by which the project's certificates are worded."""
    template, made = CertificateTemplate.objects.get_or_create(
        project=project,
        series="LPR",
        defaults={"language": PaperLanguage.BOTH, "is_default": True},
    )
    if made:
        Signatory.objects.bulk_create(
            Signatory(
                template=template, position=place, name=name, office_lv=office_lv, office_en=office
            )
            for place, (name, office_lv, office) in enumerate(SIGNATORIES)
        )
    return template


def issue(players: dict[str, User], groups: Sequence[Group]) -> int:
    """Certify everyone of the finished groups, in the order in which they finished."""
    template = make_template(Project.objects.get(code=cast.LATGALE))
    ends = dict(
        Session.objects.filter(group__in=groups)
        .order_by()
        .values_list("group")
        .annotate(last=Max("date"))
    )
    count = 0
    for group in sorted(groups, key=lambda each: (ends[each.pk], each.position)):
        day = min(timetable.working_day_after(ends[group.pk], 7), PROJECT_ENDS)
        done = issue_certificates(
            enrolments=Enrolment.objects.filter(group=group),
            template=template,
            issued_by=players["coordinator"],
            issued_on=max(day, ends[group.pk]),
            priority=Priority.BEHIND,
        )
        count += len(done.certificates)
    return count
