"""Gathers what a certificate says at the moment of issue, in the form in which it is frozen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.models import CertificateTemplate, HoursShown, Standing
from certificates.rules import format_number, words_for
from portal.lib import pictures
from portal.lib.calendar import HourUnit
from portal.lib.names import both
from projects.actions import (
    CannotPrintError,
    Freeze,
    check_letters,
    funding_statement,
    logo_row,
    texts_in,
    visual_sets,
)
from projects.models import Project
from training.models import Group, Module, Session

# What keeps a paper from being made keeps a certificate from being issued.
CannotIssueError = CannotPrintError
MOST_TOPICS = 12


class Freezer:
    """What all certificates of one issue share, read once; then one row of facts per person.

    ``freeze`` takes the pictures in; a specimen has one that keeps nothing.
    """

    def __init__(
        self,
        template: CertificateTemplate,
        issued_on: date,
        groups: Iterable[Group],
        freeze: Freeze = pictures.freeze,
    ) -> None:
        self.template, self.issued_on, self.freeze = template, issued_on, freeze
        self.project: Project = template.project
        self.topics = _topics([group.pk for group in groups])
        self.common = self._common()

    def facts(self, standing: Standing, number: int, token: str) -> dict[str, Any]:
        """Data to count and verify by, and every word the paper prints."""
        template, enrolment = self.template, standing.enrolment
        group = enrolment.group
        data = {
            **self.common,
            **self._hours(standing),
            "number": format_number(template.series, self.issued_on.year, number),
            "token": token,
            "address": settings.SITE_URL + reverse("certificates:verify", args=[token]),
            "name": enrolment.participant.name,
            "list_name": enrolment.participant.list_name,
            "programme": both(group.programme),
            "group": both(group),
            "place": both(group.site) if group.site else {"lv": "", "en": ""},
            "issued_at": self._place_of_issue(group),
            "threshold": standing.policy.threshold_percent,
            "demo": enrolment.participant.is_demo or group.is_demo,
        }
        words = words_for(data, template.language)
        check_words(words, data)
        # The words stand once, as printed; the data keep what counting and verifying need.
        for printed in ("signatories", "logos", "funding", "modules"):
            del data[printed]
        return {"data": data, "words": words}

    def _hours(self, standing: Standing) -> dict[str, Any]:
        programme = standing.enrolment.group.programme
        unit, minutes = programme.hour_unit, standing.facts.attended
        if self.template.hours_shown == HoursShown.DECLARED and programme.declared_hours:
            minutes = round(programme.declared_hours * HourUnit(unit).minutes)
        tables = standing.timetables.values()
        modules = [self._module(standing, each.module) for each in standing.facts.modules]
        return {
            "unit": unit,
            "minutes": minutes,
            "modules": modules,
            "module_count": sum(each.module is not None for each in standing.facts.modules),
            "period": {
                "start": min(each.first for each in tables).isoformat(),
                "end": standing.last_day.isoformat(),
            },
        }

    def _module(self, standing: Standing, key: int | None) -> dict[str, Any]:
        module = standing.modules[key]
        hours = next(each for each in standing.facts.modules if each.module == key)
        table = standing.timetables.get(key)
        return {
            "name": both(module) if module else {"lv": "Citas nodarbības", "en": "Other sessions"},
            "topics": self.topics[standing.enrolment.group_id, key],
            "days": _days(module, table.days if table else 0),
            "planned": hours.planned,
            "attended": hours.attended,
        }

    def _place_of_issue(self, group: Group) -> dict[str, str]:
        template, site = self.template, group.site
        return {
            "lv": template.place_lv or (site.locative_lv if site else ""),
            "en": template.place_en or ((site.name_en or site.name_lv) if site else ""),
        }

    def _common(self) -> dict[str, Any]:
        lead = self.project.lead
        if lead is None:
            raise CannotIssueError(
                _("The project names no lead partner, so nobody issues the certificate.")
            )
        printed = self.project.identifiers.filter(is_printed=True).first()
        sets = visual_sets(self.project, self.issued_on)
        language = self.template.language[:2]
        return {
            "kind": both(self.template, "kind"),
            "issued_on": self.issued_on.isoformat(),
            "signatories": [
                {"name": each.name, "office": both(each, "office")}
                for each in self.template.signatories.all()[:2]
            ],
            "funding": funding_statement(self.project, sets),
            "logos": logo_row(self.project, sets, language, self.freeze),
            "issuer": {**both(lead), "register_number": lead.register_number},
            "project": both(self.project, "title"),
            "project_number": printed.number if printed else "",
        }


def _days(module: Module | None, held: int) -> str:
    """Days as the programme plans them, else as the timetable has them."""
    planned = module.days if module and module.days is not None else Decimal(held)
    return f"{planned.normalize():f}" if planned else ""


def _topics(groups: Sequence[int]) -> dict[tuple[int, int | None], list[str]]:
    found: dict[tuple[int, int | None], list[str]] = defaultdict(list)
    rows = Session.objects.filter(group__in=groups).held().exclude(topic="")
    for group, module, topic in rows.order_by("date", "starts").values_list(
        "group", "module", "topic"
    ):
        known = found[group, module]
        if topic not in known and len(known) < MOST_TOPICS:
            known.append(topic)
    return found


def check_words(words: Any, data: Mapping[str, Any]) -> None:
    """Before a number is given: every text of the paper must have its letters in the face.

    ``data`` are the facts from which the words were made: they tell where a text is kept.
    """
    check_letters(words, lambda lost: _kept_in(data, lost))


# What a person changes to mend a text of the facts, in the order in which to look for it.
_THINGS = {
    "name": _("Participant"),
    "programme": _("Training programme"),
    "group": _("Group"),
    "modules": _("Module"),
    "place": _("Site"),
    "issued_at": _("Place of issue"),
    "kind": _("Certificate template"),
    "signatories": _("Signatory"),
    "funding": _("Funding statement"),
    "logos": _("Logo"),
    "issuer": _("Organisation"),
    "project": _("Project"),
    "project_number": _("Project number"),
}


def _kept_in(data: Mapping[str, Any], lost: str) -> tuple[str, str] | None:
    """The thing whose own text holds one of the lost letters, and that text."""
    topics = [topic for module in data["modules"] for topic in module["topics"]]
    modules = [module["name"] for module in data["modules"]]
    for name, thing in _THINGS.items():
        for text in texts_in(modules if name == "modules" else data.get(name, "")):
            if set(lost) & set(text):
                return str(thing), text
    found = (text for text in topics if set(lost) & set(text))
    return next(((str(_("Topic of a session")), text) for text in found), None)
