"""Facts of the Erasmus+ project."""

from __future__ import annotations

from datetime import date

from network.models import Contact, Event, ProgrammePart
from projects.models import (
    Indicator,
    Partnership,
    VisualSet,
)
from projects.rules.facts import Agreement

from .ask import Row, agreement, money, months, note, precision, project

ERASMUS: list[Row] = [
    (
        "partners with roles and countries",
        lambda: [
            (row.role, row.organisation.code, row.organisation.country)
            for row in Partnership.objects.filter(
                project__code="erasmus-emotional-wellbeing"
            ).select_related("organisation")
        ],
        [
            ("partner", "rezeknes-novada-socialais-dienests", "LV"),
            ("partner", "viedoklu-lideru-skola", "LV"),
            ("partner", "latvijas-pasvaldibu-savieniba", "LV"),
            ("host", "vlc-kaunas", "LT"),
        ],
    ),
    ("nobody coordinates", lambda: project("erasmus-emotional-wellbeing").lead, None),
    (
        "what is not said of the partnership",
        lambda: all(
            words in note("erasmus-emotional-wellbeing", "partnership")
            for words in (
                "not said which partner coordinates",
                "only as host",
                "no partner from Belgium",
            )
        ),
        True,
    ),
    (
        "December 2023 to October 2024, 11 months",
        lambda: (months("erasmus-emotional-wellbeing"), precision("erasmus-emotional-wellbeing")),
        (11, ("month", "month")),
    ),
    (
        "the news and its day",
        lambda: list(
            project("erasmus-emotional-wellbeing").sources.values_list("kind", "published_on")
        ),
        [("partner_news", date(2024, 1, 2))],
    ),
    (
        "the news says “begins”",
        lambda: "begins" in note("erasmus-emotional-wellbeing", "period"),
        True,
    ),
    (
        "number",
        lambda: list(
            project("erasmus-emotional-wellbeing").identifiers.values_list("number", "is_printed")
        ),
        [("2023-1-LV01-KA210-ADU-000164014", True)],
    ),
    (
        "four meetings with month, country, host and organiser",
        lambda: list(
            Event.objects.filter(project__code="erasmus-emotional-wellbeing")
            .order_by("start")
            .values_list(
                "kind",
                "state",
                "start",
                "start_precision",
                "country",
                "host__code",
                "organiser__code",
            )
        ),
        [
            ("exchange", "planned", date(2024, 2, 1), "month", "LT", "vlc-kaunas", None),
            ("exchange", "planned", date(2024, 4, 1), "month", "BE", None, None),
            (
                "exchange",
                "planned",
                date(2024, 6, 1),
                "month",
                "LV",
                "rezeknes-novada-socialais-dienests",
                None,
            ),
            (
                "other",
                "planned",
                date(2024, 10, 1),
                "month",
                "",
                None,
                "latvijas-pasvaldibu-savieniba",
            ),
        ],
    ),
    (
        "who visits",
        lambda: Event.objects.get(code="brussels-visit").audience_en,
        "Social specialists from Latvia and Lithuania",
    ),
    (
        "what they see, and with whose help",
        lambda: list(
            ProgrammePart.objects.filter(event__project__code="erasmus-emotional-wellbeing")
            .order_by("event__start", "position")
            .values_list("event__code", "organisation__code")
        ),
        [
            ("kaunas-visit", "vlc-kaunas"),
            ("kaunas-visit", "vlc-kaunas"),
            ("brussels-visit", "lps-brisele"),
            ("rezekne-visit", None),
            ("final-event", None),
        ],
    ),
    (
        "no targets, and no source of indicators",
        lambda: set(
            Indicator.objects.filter(project__code="erasmus-emotional-wellbeing").values_list(
                "target", "source"
            )
        ),
        {(None, None)},
    ),
    (
        "no budget",
        lambda: {
            amount
            for part in ("total", "fund")
            for _, amount, _ in money("erasmus-emotional-wellbeing", part)
        },
        {None},
    ),
    (
        "a lump sum of unknown size",
        lambda: "lump sum" in note("erasmus-emotional-wellbeing", "funding"),
        True,
    ),
    (
        "those whom the specialists serve",
        lambda: list(
            project("erasmus-emotional-wellbeing")
            .target_groups.filter(is_direct=False)
            .values_list("name_en", flat=True)
        ),
        ["Refugees", "Families with children who have special needs", "Families at social risk"],
    ),
    (
        "titles that differ in meaning",
        lambda: (
            "Emocionālās labbūtības un veselības uzlabošana"
            in project("erasmus-emotional-wellbeing").title_lv,
            "Developing the approaches" in project("erasmus-emotional-wellbeing").title_en,
            agreement("erasmus-emotional-wellbeing", "title"),
        ),
        (True, True, Agreement.DISAGREE),
    ),
    (
        "disclaimer on papers",
        lambda: (
            "Valsts izglītības attīstības aģentūras"
            in VisualSet.objects.get(
                programme__code="erasmus-plus-ka210-adu", language="lv"
            ).statement
        ),
        True,
    ),
    (
        "author in the role of the text",
        lambda: list(
            Contact.objects.filter(project__code="erasmus-emotional-wellbeing").values_list(
                "name", "organisation__code"
            )
        ),
        [("Inta Rimšāne", "rezeknes-novads")],
    ),
]
