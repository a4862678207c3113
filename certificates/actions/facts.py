"""Gathers what a certificate says at the moment of issue, in the form in which it is frozen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.models import CertificateTemplate, HoursShown, Standing
from certificates.rules import format_number, words_for
from portal.lib import pictures
from portal.lib.calendar import HourUnit
from portal.lib.lettering import unprintable
from portal.lib.paper import PaperError
from projects.models import Logo, Project, VisualSet
from training.models import Group, Module, Session

MOST_TOPICS = 12

type Freeze = Callable[[bytes], pictures.Frozen]


class CannotIssueError(Exception):
    """Something the paper needs is missing; the message tells the person what."""


def both(thing: Any, field: str = "name") -> dict[str, str]:
    """The Latvian and the English text of a thing."""
    return {"lv": getattr(thing, f"{field}_lv"), "en": getattr(thing, f"{field}_en")}


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
        check_letters(words, data)
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
        sets = _visual_sets(self.project, self.issued_on)
        language = self.template.language[:2]
        return {
            "kind": both(self.template, "kind"),
            "issued_on": self.issued_on.isoformat(),
            "signatories": [
                {"name": each.name, "office": both(each, "office")}
                for each in self.template.signatories.all()[:2]
            ],
            "funding": _funding(self.project, sets),
            "logos": self._logos(sets.get(language) or next(iter(sets.values()), None)),
            "issuer": {**both(lead), "register_number": lead.register_number},
            "project": both(self.project, "title"),
            "project_number": printed.number if printed else "",
        }

    def _logos(self, chosen: VisualSet | None) -> list[dict[str, Any]]:
        programme = _words_only(self.project.programme.name)
        if chosen is None:
            return [programme, _words_only(self.project.lead.name)]  # type: ignore[union-attr]
        return [self._logo(each) for each in chosen.logos.all()] or [programme]

    def _logo(self, logo: Logo) -> dict[str, Any]:
        """A picture frozen for ever; a nearly square emblem keeps its label beside it."""
        if not logo.file:
            return _words_only(logo.label)
        try:
            with logo.file.open("rb") as file:
                picture = self.freeze(file.read())
        except (FileNotFoundError, PaperError) as error:
            raise CannotIssueError(
                _("The logo “%(label)s” is missing or cannot be read: upload it again.")
                % {"label": logo.label}
            ) from error
        except OSError as error:
            raise CannotIssueError(_("The disk does not answer now: try again later.")) from error
        return {"label": logo.label, "picture": picture, "with_label": picture["ratio"] < 1.5}


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


def _visual_sets(project: Project, day: date) -> dict[str, VisualSet]:
    """By language the most particular set of the programme in force on the day."""
    sets = (
        VisualSet.objects.filter(
            Q(partner__isnull=True) | Q(partner=project.lead),
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            programme=project.programme,
        )
        .prefetch_related(Prefetch("logos", Logo.objects.order_by("position", "pk")))
        .order_by("pk")
    )
    chosen: dict[str, VisualSet] = {}
    for each in sorted(
        sets, key=lambda row: (row.partner_id is not None, row.valid_from or day.min)
    ):
        chosen[each.language] = each  # the last stands: own partner's, then the youngest
    return chosen


def _funding(project: Project, sets: dict[str, VisualSet]) -> dict[str, str]:
    """The funding statement; without a visual set at least the programme is named."""
    if not sets:
        programme = project.programme
        return {
            "lv": f"Programma: {programme.name_lv or programme.name_en}",
            "en": f"Programme: {programme.name_en or programme.name_lv}",
        }
    return {
        language: sets[language].statement if language in sets else "" for language in ("lv", "en")
    }


def _words_only(label: str) -> dict[str, Any]:
    return {"label": label, "picture": None, "with_label": True}


def check_letters(words: Any, data: Mapping[str, Any]) -> None:
    """Before a number is given: every text of the paper must have its letters in the face.

    ``data`` are the facts from which the words were made: they tell where the text is kept.
    """
    for text in _texts(words):
        if lost := unprintable(text):
            thing, text = _kept_in(data, lost) or ("", text)
            sentence = (
                _("The paper cannot show these characters: %(characters)s. %(thing)s: “%(text)s”.")
                if thing
                else _(
                    "The paper cannot show these characters: %(characters)s. They stand in “%(text)s”."
                )
            )
            raise CannotIssueError(
                sentence % {"characters": " ".join(lost), "text": text, "thing": thing}
            )


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
        for text in _texts(modules if name == "modules" else data.get(name, "")):
            if set(lost) & set(text):
                return str(thing), text
    found = (text for text in topics if set(lost) & set(text))
    return next(((str(_("Topic of a session")), text) for text in found), None)


def _texts(words: Any) -> Iterator[str]:
    """Every string in the words, however deep."""
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict | list):
        for each in words.values() if isinstance(words, dict) else words:
            yield from _texts(each)
