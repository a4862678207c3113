"""Every word on the paper, in Latvian, English or both, from the bare facts of one certificate.

The Latvian sentence is "Apliecinām, ka Anna Bērziņa no … līdz … apguva mācību programmu …":
a finite verb agrees with women and men alike and leaves the name in the nominative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.lib.calendar import (
    Case,
    HourUnit,
    Period,
    day_in_words,
    hours,
    hours_in_words,
    period_in_words,
    short_period,
)
from portal.lib.money import format_number
from portal.lib.names import in_language

from .eligibility import percent_text
from .numbers import printed_code

type Facts = Mapping[str, Any]
type Pair = list[str]

_NO_BREAK = "\u00a0"


class PaperLanguage(models.TextChoices):
    """The language a paper speaks; in "both" English stands under Latvian."""

    BOTH = "lv+en", _("Latvian and English")
    LV = "lv", _("Latvian")
    EN = "en", _("English")


def _pair(languages: Sequence[str], lv: str, en: str) -> Pair:
    """The text in each language of the paper, main one first; one text is not said twice."""
    found = {"lv": lv or en, "en": en or lv}
    texts = [found[language] for language in languages]
    return list(dict.fromkeys(texts))


def _named(languages: Sequence[str], thing: Mapping[str, str]) -> Pair:
    return _pair(languages, thing["lv"], thing["en"])


def _foreign(languages: Sequence[str], thing: Mapping[str, str]) -> str:
    """The language of a text that stands in for one the paper's main language lacks, else "".

    A screen reader must be told, or it reads Latvian aloud as English.
    """
    main, other = languages[0], "en" if languages[0] == "lv" else "lv"
    return other if thing[other] and not thing[main] else ""


def _is_singular(count: int) -> bool:
    """Latvian counts 1, 21, 31 … but not 11 in the singular."""
    return count % 10 == 1 and count % 100 != 11


def _hours_text(minutes: int, unit: str, language: str) -> str:
    count = hours(minutes, unit).quantize(Decimal("0.01"))
    return format_number(count, language=language)


def _unit_words(unit: str) -> tuple[str, str]:
    return {
        HourUnit.AC45: ("akadēmiskās stundas, 45\u00a0min", "academic hours, 45\u00a0min"),
        HourUnit.AC40: ("akadēmiskās stundas, 40\u00a0min", "academic hours, 40\u00a0min"),
        HourUnit.CLOCK60: ("stundas, 60\u00a0min", "hours, 60\u00a0min"),
    }.get(HourUnit(unit), ("mācību stundas", "hours of training"))


def words_for(data: Facts, language: str) -> dict[str, Any]:
    """All texts of both pages; ``data`` are the facts the issuing action gathered."""
    languages = language.split("+")
    main = languages[0]
    return {
        "title": {"lv": "APLIECĪBA", "en": "CERTIFICATE"}[main],
        "kind": _kind(data, languages),
        "opening": _pair(languages, "Apliecinām, ka", "This is to certify that"),
        "name": data["name"],
        **_course(data, languages),
        "figures": _figures(data, languages),
        "given": _given(data, languages),
        "signatories": [
            {
                "name": each["name"],
                "office": _named(languages, each["office"]),
                "lang": _foreign(languages, each["office"]),
            }
            for each in data["signatories"]
        ],
        **_proof(data, languages),
        "funding": _named(languages, data["funding"]),
        "logos": data["logos"],
        "demo": {"lv": "demo dati", "en": "demo data"}[main] if data["demo"] else "",
        "foreign": {
            name: _foreign(languages, data[name]) for name in ("kind", "programme", "funding")
        },
        **_overleaf(data, languages),
    }


def facts_in_words(data: Facts, language: str | None = None) -> dict[str, str]:
    """What a screen tells of a certificate, in the reader's language."""
    start, end = _days(data)
    return {
        **{
            name: in_language(data[name]["lv"], data[name]["en"], language)
            for name in ("programme", "place", "issuer", "project")
        },
        "hours": hours_in_words(hours(data["minutes"], data["unit"]), data["unit"], language),
        "modules": format_number(data["module_count"], language=language),
        "period": short_period(Period(start, "day", end, "day"), language),
    }


def _days(data: Facts) -> tuple[date, date]:
    start, end = (date.fromisoformat(data["period"][key]) for key in ("start", "end"))
    return start, end


def _kind(data: Facts, languages: Sequence[str]) -> Pair:
    """Under the word CERTIFICATE its kind need not begin with that word again."""
    texts = _named(languages, data["kind"])
    if languages[0] == "en":
        texts[0] = texts[0].removeprefix("Certificate ")
    return texts


def _course(data: Facts, languages: Sequence[str]) -> dict[str, Pair]:
    start, end = _days(data)
    period = Period(start, "day", end, "day")
    when = {language: period_in_words(period, language) for language in ("lv", "en")}
    return {
        "period": _pair(
            languages,
            f"{when['lv']} apguva mācību programmu",
            f"completed the training programme {when['en']}",
        ),
        "programme": _named(languages, data["programme"]),
    }


def _figures(data: Facts, languages: Sequence[str]) -> list[dict[str, Any]]:
    main, unit = languages[0], data["unit"]
    count = data["module_count"]
    amount = _hours_text(data["minutes"], unit, main)
    modules = {
        "lv": f"{count}{_NO_BREAK}{'modulis' if _is_singular(count) else 'moduļi'}",
        "en": f"{count}{_NO_BREAK}{'module' if count == 1 else 'modules'}",
    }
    english = "listed overleaf" if main == "en" else f"{modules['en']}, listed overleaf"
    figures = [
        {
            "value": f"{amount}{_NO_BREAK}{'st.' if main == 'lv' else 'h'}",
            "labels": _pair(languages, *_unit_words(unit)),
        },
    ]
    if count:
        listed = _pair(languages, "saraksts otrajā lapā", english)
        figures.append({"value": modules[main], "labels": listed})
    place = _pair([main], data["place"]["lv"], data["place"]["en"])[0]
    group = _named(languages, data["group"])
    lang = _foreign(languages, data["group"])
    if place:
        figures.append({"value": place, "labels": group, "lang": lang})
    else:
        figures.append({"value": group[0], "labels": group[1:] or [""], "lang": lang})
    return figures


def _given(data: Facts, languages: Sequence[str]) -> Pair:
    """Place and day of issue: "Rēzeknē, 2010. gada 18. jūnijā", "Rēzekne, 18 June 2010"."""
    day, place = date.fromisoformat(data["issued_on"]), data["issued_at"]
    lv, en = day_in_words(day, Case.LOCATIVE, "lv"), day_in_words(day, Case.NOMINATIVE, "en")
    return _pair(
        languages,
        f"{place['lv']}, {lv}" if place["lv"] else lv,
        f"{place['en']}, {en}" if place["en"] else en,
    )


def _proof(data: Facts, languages: Sequence[str]) -> dict[str, Any]:
    main = languages[0]
    shown = data["address"].partition("://")[2].removesuffix(f"{data['token']}/")
    return {
        "number": data["number"],
        "number_shown": f"{'Nr.' if main == 'lv' else 'No.'}{_NO_BREAK}{data['number']}",
        "verify": _pair(languages, "Pārbaude", "Verify"),
        "address": data["address"],
        "address_shown": shown.rstrip("/"),
        "code_lines": printed_code(data["token"]),
        "qr_alt": {"lv": "QR kods apliecības pārbaudei: ", "en": "QR code to verify: "}[main]
        + data["address"],
    }


def _overleaf(data: Facts, languages: Sequence[str]) -> dict[str, Any]:
    main, unit = languages[0], data["unit"]
    modules = [_module_row(position, each, unit, languages) for position, each in _numbered(data)]
    return {
        "folio": {"lv": ["", ". lapa no "], "en": ["Page ", " of "]}[main],
        "modules_title": _pair(
            languages, "Apgūtie moduļi un tēmas", "Modules and topics completed"
        ),
        "certificate_word": _pair(languages, "Apliecība", "Certificate"),
        "columns": _columns(languages),
        "modules": modules,
        "total": {
            "words": _pair(languages, "Kopā", "Total"),
            "days": _sum_of_days(data["modules"], main),
            **_row_hours(
                sum(each["planned"] for each in data["modules"]),
                sum(each["attended"] for each in data["modules"]),
                unit,
                main,
            ),
        },
        "notes": _notes(data, languages),
        "issuer": _issuer(data, languages),
    }


def _numbered(data: Facts) -> enumerate[Any]:
    return enumerate(data["modules"], start=1)


def _columns(languages: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"name": "number", "words": ["Nr." if languages[0] == "lv" else "No."]},
        {"name": "module", "words": _pair(languages, "Modulis un tēmas", "Module and topics")},
        {"name": "days", "words": _pair(languages, "Dienas", "Days")},
        {"name": "hours", "words": _pair(languages, "Plānots, st.", "Planned, h")},
        {"name": "hours", "words": _pair(languages, "Apmeklēts, st.", "Attended, h")},
        {"name": "share", "words": _pair(languages, "Apmeklēts, %", "Attended, %")},
    ]


def _module_row(number: int, each: Facts, unit: str, languages: Sequence[str]) -> dict[str, Any]:
    main = languages[0]
    return {
        "number": f"{number}.",
        "name": _named(languages, each["name"]),
        "lang": _foreign(languages, each["name"]),
        "topics": "; ".join(each["topics"]),
        "topics_lang": "lv" if main != "lv" else "",  # registers are kept in Latvian
        "days": format_number(Decimal(each["days"]), language=main) if each["days"] else "–",
        **_row_hours(each["planned"], each["attended"], unit, main),
    }


def _row_hours(planned: int, attended: int, unit: str, language: str) -> dict[str, str]:
    return {
        "planned": _hours_text(planned, unit, language) if planned else "–",
        "attended": _hours_text(attended, unit, language),
        "share": percent_text(attended, planned, language) if planned else "–",
    }


def _sum_of_days(modules: Sequence[Facts], language: str) -> str:
    """The days together, unless a module does not state its own: a part is not a sum."""
    if not modules or any(not each["days"] for each in modules):
        return "–"
    total = sum((Decimal(each["days"]) for each in modules), Decimal(0))
    return format_number(total, language=language)


def _notes(data: Facts, languages: Sequence[str]) -> list[Pair]:
    unit, notes = HourUnit(data["unit"]), []
    attended = "apmeklēts" if _is_singular(data["threshold"]) else "apmeklēti"
    if unit in (HourUnit.AC45, HourUnit.AC40):
        notes.append(
            _pair(
                languages,
                f"Stunda ir akadēmiskā stunda, {unit.minutes} minūtes.",
                f"One hour is an academic hour of {unit.minutes} minutes.",
            )
        )
    notes.append(
        _pair(
            languages,
            f"Apliecību izsniedz, ja {attended} vismaz {data['threshold']}{_NO_BREAK}% "
            "no dalībniekam plānotajām stundām.",
            f"Issued for attendance of at least {data['threshold']}% of the hours planned "
            "for the participant.",
        )
    )
    return [[" ".join(texts) for texts in zip(*notes, strict=True)]] if notes else []


def _issuer(data: Facts, languages: Sequence[str]) -> dict[str, Any]:
    main, issuer, number = languages[0], data["issuer"], data["project_number"]
    word = "Reģ. Nr." if main == "lv" else "Reg. No."
    return {
        "name": _named([main], issuer)[0],
        "lang": _foreign(languages, issuer),
        "lines": [f"{word}{_NO_BREAK}{issuer['register_number']}"]
        if issuer["register_number"]
        else [],
        "project": {
            "word": "Projekts" if main == "lv" else "Project",
            "title": _named([main], data["project"])[0],
            "lang": _foreign(languages, data["project"]),
            "number": f"({number})" if number else "",
        },
    }
