"""Facts of LLI-317 in two published texts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from network.models import Event, ProgrammePart, Registration
from portal.lib.money import parse_amount, share_truncated
from projects.models import (
    Activity,
    IndicatorValue,
    Organisation,
    Partnership,
    Statement,
    VisualSet,
)
from projects.rules.facts import Agreement

from .ask import (
    Row,
    agreement,
    event,
    figure,
    money,
    months,
    note,
    partners,
    precision,
    project,
    said,
    share,
    stated,
    target,
)

LLI: list[Row] = [
    (
        "exact days, the last a leap day, 24 months",
        lambda: (
            project("lli-317").start,
            project("lli-317").end,
            months("lli-317"),
            project("lli-317").duration_months,
            precision("lli-317"),
        ),
        (date(2018, 3, 1), date(2020, 2, 29), 24, 24, ("day", "day")),
    ),
    (
        "days in one text, months in the other",
        lambda: (
            stated("lli-317", "period"),
            agreement("lli-317", "period"),
            "months only" in note("lli-317", "period-news"),
        ),
        (
            [
                ("stated", "project-page", "01.03.2018.–29.02.2020. (24 mēneši)"),
                ("stated", "viesite-news", "2018. gada marts – 2020. gada februāris"),
            ],
            Agreement.DISAGREE,
            True,
        ),
    ),
    (
        "lead",
        lambda: (project("lli-317").lead.code, partners("lli-317")[0]),
        (
            "zemgales-planosanas-regions",
            ("lead", "Vadošais partneris: Zemgales Plānošanas reģions (LV), www.zemgale.lv"),
        ),
    ),
    (
        "eight partners, and an empty list",
        lambda: stated("lli-317", "partners"),
        [
            ("stated", "project-page", "Partneru saraksts lapā ir tukšs"),
            (
                "stated",
                "viesite-news",
                "Astoņi: Dobele, Auce, Jaunjelgava, Viesīte, Zemgales reģions, Kretinga, Jonišķi un"
                " Rokišķi",
            ),
        ],
    ),
    (
        "a full list and an empty one differ",
        lambda: agreement("lli-317", "partners"),
        Agreement.DISAGREE,
    ),
    (
        "eight partners of two countries",
        lambda: sorted(
            row.organisation.country
            for row in Partnership.objects.filter(project__code="lli-317").select_related(
                "organisation"
            )
        ),
        ["LT"] * 3 + ["LV"] * 5,
    ),
    (
        "the years of the programme are left out",
        lambda: agreement("lli-317", "programme"),
        Agreement.DISAGREE,
    ),
    (
        "both totals with their source",
        lambda: money("lli-317", "total"),
        {
            ("viesite-news", Decimal("791256.19"), "Projekta kopējais budžets EUR 791 256.19"),
            ("project-page", Decimal("791256.20"), "Projekta kopējais finansējums: 791 256,20 EUR"),
        },
    ),
    (
        "both ERDF parts with their source",
        lambda: money("lli-317", "fund"),
        {
            ("viesite-news", Decimal("672567.73"), "tai skaitā ERAF finansējums EUR 672 567.73"),
            ("project-page", Decimal("672567.74"), "t.sk. ERAF finansējums 672 567,74 EUR"),
        },
    ),
    (
        "the rest is equal in both, worked out and not stated",
        lambda: (
            {share("lli-317", source).rest for source in ("project-page", "viesite-news")},
            stated("lli-317", "national-part"),
        ),
        ({Decimal("118688.46")}, []),
    ),
    (
        "85 % fits neither",
        lambda: [
            share("lli-317", source).difference for source in ("project-page", "viesite-news")
        ],
        [Decimal("-0.03"), Decimal("-0.03")],
    ),
    (
        "Viesīte",
        lambda: [
            *money("lli-317", "total", "viesites-novads"),
            *money("lli-317", "fund", "viesites-novads"),
        ],
        [
            (
                "viesite-news",
                Decimal("109732.96"),
                "Viesītes pašvaldības budžets projektā ir EUR 109 732.96",
            ),
            ("viesite-news", Decimal("93273.01"), "tai skaitā ERAF finansējums EUR 93273.01"),
        ],
    ),
    (
        "85 % of Viesīte only by truncation",
        lambda: share_truncated(Decimal("109732.96"), Decimal(85)),
        Decimal("93273.01"),
    ),
    (
        "Zemgale",
        lambda: [
            *money("lli-317", "total", "zemgales-planosanas-regions"),
            *money("lli-317", "fund", "zemgales-planosanas-regions"),
        ],
        [
            (
                "project-page",
                Decimal("90000.00"),
                "Zemgales Plānošanas reģiona finansējums: 90 000,00 EUR",
            ),
            ("project-page", Decimal("76500.00"), "t.sk. ERAF finansējums 76 500, 00 EUR"),
        ],
    ),
    (
        "five styles of amounts mean the same numbers",
        lambda: [
            parse_amount(words)
            for words in ("791 256.19", "791 256,20", "93273.01", "76 500, 00", "12 470 000")
        ],
        [
            Decimal("791256.19"),
            Decimal("791256.20"),
            Decimal("93273.01"),
            Decimal("76500.00"),
            Decimal("12470000"),
        ],
    ),
    (
        "two camps as planned, with age rule and days",
        lambda: [
            event(
                "lli-317",
                code,
                "kind",
                "state",
                "start__year",
                "start_precision",
                "days",
                "place_en",
                "country",
                "source__code",
            )
            for code in ("camp-2018", "camp-2019")
        ],
        [
            ("camp", "planned", 2018, "year", 7, "Zemgale region", "LV", "project-page"),
            ("camp", "planned", 2019, "year", 7, "", "", "project-page"),
        ],
    ),
    (
        "the age rule",
        lambda: Event.objects.get(code="camp-2018").audience_en,
        "Young people aged 18–25 with special needs",
    ),
    (
        "four from Viesīte in each of two camps the news names",
        lambda: (
            stated("lli-317", "camp-participants-jelgava"),
            stated("lli-317", "camp-participants-rokiskis"),
        ),
        ([("achieved", "viesite-news", 4)], [("achieved", "viesite-news", 4)]),
    ),
    (
        "that these are the planned ones is not said",
        lambda: [
            note("lli-317", code).endswith("is not said.")
            for code in ("camp-jelgava", "camp-rokiskis")
        ],
        [True, True],
    ),
    (
        "2 camps as a target, two known from the news",
        lambda: (
            target("lli-317", "camps"),
            figure("lli-317", "camps"),
            set(
                IndicatorValue.objects.filter(indicator__code="camps").values_list(
                    "source__code", flat=True
                )
            ),
        ),
        (("entered", 2), Decimal(2), {"viesite-news"}),
    ),
    (
        "quality system: 1 adapted, 7 institutions",
        lambda: (target("lli-317", "qms-adapted"), target("lli-317", "qms-institutions")),
        (("entered", 1), ("entered", 7)),
    ),
    (
        "one institution known to have it",
        lambda: list(
            IndicatorValue.objects.filter(indicator__code="qms-institutions").values_list(
                "organisation__code", "value", "source__code"
            )
        ),
        [("viesites-novada-socialais-dienests", 1, "viesite-news")],
    ),
    (
        "the institution is part of its municipality",
        lambda: Organisation.objects.get(code="viesites-novada-socialais-dienests").parent.code,
        "viesites-novads",
    ),
    ("two names of one method", lambda: agreement("lli-317", "qms-name"), Agreement.DISAGREE),
    (
        "8 partners but 7 institutions",
        lambda: (
            said("lli-317", "qms-institutions"),
            "eight partners" in note("lli-317", "qms-institutions-viesite"),
        ),
        ([("planned", 7), ("achieved", 1)], True),
    ),
    (
        "8 visits planned, 9 attended by one partner",
        lambda: (
            said("lli-317", "exchange-visits"),
            agreement("lli-317", "exchange-visits"),
            target("lli-317", "exchange-visits"),
        ),
        ([("planned", 8), ("achieved", 9)], Agreement.UNLIKE, ("entered", 8)),
    ),
    (
        "5 trainings in both",
        lambda: (
            said("lli-317", "joint-trainings"),
            agreement("lli-317", "joint-trainings"),
            target("lli-317", "joint-trainings"),
        ),
        ([("planned", 5), ("achieved", 5)], Agreement.AGREE, ("entered", 5)),
    ),
    (
        "one partner's share is no figure of the whole: unknown, not 0",
        lambda: [figure("lli-317", code) for code in ("exchange-visits", "joint-trainings")],
        [None, None],
    ),
    (
        "in both countries",
        lambda: stated("lli-317", "events-countries"),
        [("achieved", "viesite-news", "Gan Latvijā, gan Lietuvā")],
    ),
    (
        "12 people, not participations",
        lambda: (
            stated("lli-317", "specialists"),
            "not 12 participations" in note("lli-317", "specialists-viesite"),
        ),
        ([("achieved", "viesite-news", 12)], True),
    ),
    (
        "6 centres by name, each of one partner",
        lambda: list(
            Activity.objects.filter(project__code="lli-317", parent__code="3").values_list(
                "code", "organisation__code"
            )
        ),
        [
            ("3.1", "joniskio-rajonas"),
            ("3.2", "dobeles-novads"),
            ("3.3", "jaunjelgavas-novads"),
            ("3.4", "viesites-novads"),
            ("3.5", "rokiskis"),
            ("3.6", "auces-novads"),
        ],
    ),
    (
        "6 equipped, 6 improved",
        lambda: [target("lli-317", code) for code in ("centres-equipped", "centres-improved")],
        [("entered", 6), ("entered", 6)],
    ),
    (
        "one of them known to be equipped",
        lambda: (said("lli-317", "centres-equipped"), figure("lli-317", "centres-equipped")),
        ([("planned", 6), ("achieved", 1)], 1),
    ),
    (
        "to be improved against newly created",
        lambda: (
            agreement("lli-317", "viesite-centre"),
            [words for *_, words in stated("lli-317", "viesite-centre")],
        ),
        (
            Agreement.DISAGREE,
            [
                "Paredzēts uzlabot Viesītes novada Dienas centra infrastruktūru",
                "Jaunizveidots un aprīkots Dienas centrs Viesītē, kas realizē iekļaujošos"
                " pasākumus",
            ],
        ),
    ),
    (
        "consultations, supervision, special courses",
        lambda: [
            target("lli-317", code)[1]
            for code in ("psychological-consultations", "supervision-courses", "special-courses")
        ],
        [1, 2, 2],
    ),
    (
        "are the 2 courses among the 5",
        lambda: "among the 5 planned" in note("lli-317", "trainings-viesite"),
        True,
    ),
    (
        "the closing conference",
        lambda: event("lli-317", "closing-conference", "kind", "state", "start", "start_precision"),
        ("conference", "held", date(2020, 1, 15), "day"),
    ),
    (
        "its place",
        lambda: Event.objects.get(project__code="lli-317", code="closing-conference").place_lv,
        "Atpūtas komplekss “Rožmalas”, Ceraukstes pagasts, Bauskas novads",
    ),
    (
        "its programme in three parts with speakers",
        lambda: list(
            ProgrammePart.objects.filter(event__project__code="lli-317").values_list(
                "section", "speaker", "organisation__code"
            )
        ),
        [
            (1, "Aivars Okmanis", "zemgales-planosanas-regions"),
            (1, "Vaida Aleknavičienė", "joniskio-rajonas"),
            (1, "Ieva Zeiferte", None),
            (1, "Sigita Rozentāle", "labklajibas-ministrija"),
            (1, "Agnese Jurjāne", "labklajibas-ministrija"),
            (1, "Dace Strautkalne", "zemgales-planosanas-regions"),
            (1, "Aija Rieba", None),
            (2, "", None),
            (3, "", None),
            (3, "", None),
        ],
    ),
    (
        "every speaker in a role, in both languages",
        lambda: (
            ProgrammePart.objects.exclude(speaker="").filter(speaker_role_lv="").count()
            + ProgrammePart.objects.exclude(speaker="").filter(speaker_role_en="").count()
        ),
        0,
    ),
    (
        "three visitors of Viesīte, no total",
        lambda: (
            stated("lli-317", "conference-attendees"),
            Registration.objects.filter(event__project__code="lli-317").count(),
            "total number" in note("lli-317", "conference-attendees"),
        ),
        ([("achieved", "viesite-news", 3)], 0, True),
    ),
    (
        "disclaimer per partner",
        lambda: sorted(
            VisualSet.objects.filter(
                programme__code="interreg-va-lv-lt", language="lv"
            ).values_list("partner__code", flat=True),
            key=str,
        ),
        [None, "viesites-novads", "zemgales-planosanas-regions"],
    ),
    (
        "Viesīte's own disclaimer to the letter",
        lambda: (
            VisualSet.objects.get(partner__code="viesites-novads", language="lv").statement
            == Statement.objects.get(project__code="lli-317", code="disclaimer").as_stated
        ),
        True,
    ),
    ("links", lambda: agreement("lli-317", "links"), Agreement.AGREE),
    (
        "two kinds of sources",
        lambda: sorted(project("lli-317").sources.values_list("kind", flat=True)),
        ["partner_news", "programme_page"],
    ),
    (
        "acronym and titles",
        lambda: (project("lli-317").acronym, project("lli-317").title_en),
        (
            "SocQuality",
            "Improvement of Quality and Accessibility of Social Services in MidBaltic Region",
        ),
    ),
    (
        "the reform of 2021 after the project",
        lambda: [
            (o.code, o.valid_to, [s.code for s in o.successors.all()])
            for o in Organisation.objects.filter(
                partnerships__project__code="lli-317", valid_to__isnull=False
            ).order_by("code")
        ],
        [
            ("auces-novads", date(2021, 6, 30), ["dobeles-novads-2021"]),
            ("dobeles-novads", date(2021, 6, 30), ["dobeles-novads-2021"]),
            ("jaunjelgavas-novads", date(2021, 6, 30), ["aizkraukles-novads-2021"]),
            ("viesites-novads", date(2021, 6, 30), ["jekabpils-novads-2021"]),
        ],
    ),
]
