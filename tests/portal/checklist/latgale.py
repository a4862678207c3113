"""Facts of the Latgale project."""

from __future__ import annotations

from datetime import date

from django.db.models import Sum

from network.models import Contact, Publication
from projects.models import (
    Activity,
    Indicator,
    Organisation,
)
from projects.rules.facts import Agreement
from training.models import Module, TrainingProgramme

from .ask import (
    Row,
    agreement,
    event,
    money,
    months,
    names,
    note,
    partners,
    precision,
    project,
    said,
    stated,
    target,
)

LATGALE: list[Row] = [
    (
        "two funders on one project",
        lambda: sorted(project("latgale-lll").programme.funders.values_list("code", flat=True)),
        ["eea-financial-instrument", "norwegian-bilateral-instrument"],
    ),
    (
        "the priority",
        lambda: project("latgale-lll").programme.priority_en,
        "Human resource development and education",
    ),
    (
        "no budget: unknown, not 0",
        lambda: money("latgale-lll", "total"),
        {("description", None, "")},
    ),
    (
        "both instruments without an amount",
        lambda: {a for _, a, _ in money("latgale-lll", "fund")},
        {None},
    ),
    (
        "lead and 11 municipalities under the names of the text",
        lambda: partners("latgale-lll"),
        [
            ("lead", "Latgale Planning region"),
            *[
                ("involved", name)
                for name in (
                    "Daugavpils district",
                    "Rezekne district",
                    "Kraslava district",
                    "Ludza district",
                    "Preili district",
                    "Daugavpils city",
                    "Rezekne city",
                    "Ludza town",
                    "Balvi town",
                    "Livani county",
                    "Preili county",
                )
            ],
        ],
    ),
    (
        "four kinds of units",
        lambda: {
            kind: Organisation.objects.filter(
                partnerships__project__code="latgale-lll", kind=kind
            ).count()
            for kind in ("district", "municipality", "town")
        },
        {"district": 5, "municipality": 4, "town": 2},
    ),
    (
        "the mix of units is noted",
        lambda: "four kinds" in note("latgale-lll", "involved-municipalities"),
        True,
    ),
    (
        "districts ended before the project began",
        lambda: set(
            Organisation.objects.filter(kind="district").values_list("valid_to", flat=True)
        ),
        {date(2009, 6, 30)},
    ),
    (
        "a reform of one into two, and of two into one",
        lambda: [
            sorted(o.code for o in each.successors.all())
            for each in Organisation.objects.filter(
                code__in=["daugavpils-rajons", "daugavpils-novads", "ilukstes-novads"]
            ).order_by("code")
        ],
        [
            ["augsdaugavas-novads"],
            ["daugavpils-novads", "ilukstes-novads"],
            ["augsdaugavas-novads"],
        ],
    ),
    (
        "701 people of four kinds, no split",
        lambda: stated("latgale-lll", "people-trained"),
        [("planned", "description", 701)],
    ),
    ("the missing split is noted", lambda: "No split" in note("latgale-lll", "people"), True),
    (
        "job categories",
        lambda: set(Module.objects.get(code="home-care").audience.values_list("code", flat=True)),
        {"carer", "social-carer"},
    ),
    (
        "five modules with their days",
        lambda: list(
            Module.objects.filter(programme__project__code="latgale-lll").values_list(
                "name_en", "days"
            )
        ),
        [
            ("Legislation in social sector", 6),
            ("Specifics of social work", 21),
            ("Achieving standards of social work. Capacity Building", 12),
            ("Communication skills", 6),
            ("Care at home", 7),
        ],
    ),
    (
        "days as the text gives them, not their sum",
        lambda: [value for _, value in said("latgale-lll", "training-volume")],
        [
            "6, 21, 12, 6 un 7 dienas piecos moduļos",
            "408 stundas 7 mācību vietās 27 mācību grupām",
        ],
    ),
    (
        "52 days in all",
        lambda: Module.objects.filter(programme__project__code="latgale-lll").aggregate(
            days=Sum("days")
        )["days"],
        52,
    ),
    (
        "45 without care at home",
        lambda: Module.objects.filter(
            programme__project__code="latgale-lll", audience=None
        ).aggregate(d=Sum("days"))["d"],
        45,
    ),
    (
        "hours of the modules are not stated",
        lambda: set(
            Module.objects.filter(programme__project__code="latgale-lll").values_list(
                "hours", flat=True
            )
        ),
        {None},
    ),
    (
        "408 h, 7 sites, 27 groups",
        lambda: (
            TrainingProgramme.objects.filter(project__code="latgale-lll")
            .values_list("declared_hours", "declared_days", "declared_sites", "declared_groups")
            .get()
        ),
        (408, None, 7, 27),
    ),
    (
        "408 h against 52 days",
        lambda: agreement("latgale-lll", "training-volume"),
        Agreement.DISAGREE,
    ),
    (
        "one day is unexplained",
        lambda: "408 = 51 × 8" in note("latgale-lll", "training-days"),
        True,
    ),
    (
        "the unit of the hour is not stated",
        lambda: (
            TrainingProgramme.objects.get(project__code="latgale-lll").hour_unit,
            "unit of the hour is not stated" in note("latgale-lll", "training-hours"),
        ),
        ("unknown", True),
    ),
    (
        "701 trained and certified",
        lambda: target("latgale-lll", "persons-certified"),
        ("certificates.persons_certified", 701),
    ),
    (
        "hours, sites and groups as targets",
        lambda: [
            target("latgale-lll", code)
            for code in ("programme-hours", "training-sites", "training-groups")
        ],
        [
            ("training.programme_hours", 408),
            ("training.sites_used", 7),
            ("training.groups_finished", 27),
        ],
    ),
    (
        "seminars in 7 municipalities, not 7 seminars",
        lambda: (
            target("latgale-lll", "seminars"),
            Indicator.objects.get(project__code="latgale-lll", code="seminars").unit_en,
        ),
        (("entered", 7), "municipalities"),
    ),
    (
        "7 target against 11 involved",
        lambda: stated("latgale-lll", "municipalities"),
        [("stated", "description", 7), ("stated", "description", 11)],
    ),
    ("7 and 11 disagree", lambda: agreement("latgale-lll", "municipalities"), Agreement.DISAGREE),
    (
        "brochures and handbooks",
        lambda: list(
            Publication.objects.filter(project__code="latgale-lll")
            .order_by("code")
            .values_list("kind", "planned_copies", "recipients_en")
        ),
        [
            (
                "brochure",
                3000,
                "All the municipalities, social institutions and libraries of Latgale Region",
            ),
            ("handbook", 2000, "Municipalities of Latgale region"),
        ],
    ),
    (
        "copies to be delivered, each counted by itself",
        lambda: [target("latgale-lll", code) for code in ("brochures", "handbooks")],
        [("network.copies_delivered", 3000), ("network.copies_delivered", 2000)],
    ),
    (
        "institutions and libraries get the brochure only",
        lambda: "brochure only" in note("latgale-lll", "brochure-recipients"),
        True,
    ),
    ("the network", lambda: target("latgale-lll", "network"), ("entered", 1)),
    (
        "functional needs a rule",
        lambda: "by what rule" in note("latgale-lll", "network-established"),
        True,
    ),
    (
        "closing conference of 200",
        lambda: event("latgale-lll", "closing-conference", "kind", "state", "target_people"),
        ("conference", "planned", 200),
    ),
    (
        "200 participants as a target",
        lambda: target("latgale-lll", "conference-participants"),
        ("network.event_participants", 200),
    ),
    (
        "contribution to the culture of training",
        lambda: len(stated("latgale-lll", "contribution")),
        1,
    ),
    (
        "18 months from August 2009 to January 2011",
        lambda: (
            project("latgale-lll").start,
            project("latgale-lll").end,
            project("latgale-lll").duration_months,
            months("latgale-lll"),
            precision("latgale-lll"),
        ),
        (date(2009, 8, 1), date(2011, 1, 31), 18, 18, ("month", "month")),
    ),
    (
        "that the end is worked out",
        lambda: "does not name the end" in note("latgale-lll", "period"),
        True,
    ),
    (
        "submitted on 09.06.2008",
        lambda: list(
            project("latgale-lll").status_entries.values_list("status", "since", "as_stated")
        ),
        [
            (
                "submitted",
                date(2008, 6, 9),
                "Project status: on 09.06.2008. submitted for evaluation",
            )
        ],
    ),
    (
        "submitted, against results worded as reached",
        lambda: agreement("latgale-lll", "status"),
        Agreement.DISAGREE,
    ),
    (
        "contact with an empty e-mail",
        lambda: list(
            Contact.objects.filter(project__code="latgale-lll").values_list(
                "name", "email", "phone", "organisation", "source__code"
            )
        ),
        [("Guna Kornijenko", "", "", None, "description")],
    ),
    (
        "that the e-mail is empty in the text",
        lambda: stated("latgale-lll", "contact"),
        [("stated", "description", "Nosaukta kontaktpersona; e-pasta adrese palikusi tukša")],
    ),
    (
        "titles in both languages",
        lambda: (project("latgale-lll").title_lv, project("latgale-lll").title_en),
        (
            "Mūžizglītības programmu ieviešana cilvēkresursu attīstībai sociālajā jomā Latgales reģionā",
            "Implementation of Life-long Learning Programmes for Human Resource Development in Social"
            " Sector in Latgale Region",
        ),
    ),
    (
        "overall objective and two aims",
        lambda: (project("latgale-lll").aim_en[:10], project("latgale-lll").aims.count()),
        ("To promote", 2),
    ),
    (
        "target groups, direct and served",
        lambda: list(project("latgale-lll").target_groups.values_list("is_direct", flat=True)),
        [True, True, False],
    ),
    (
        "what the served groups need it for",
        lambda: (
            project("latgale-lll")
            .target_groups.get(is_direct=False)
            .name_en.partition("services ")[2]
        ),
        "to better integrate into community life and obtain social skills",
    ),
    (
        "the three numbered activities and what is under 3",
        lambda: names("latgale-lll", Activity),
        ["1", "2", "3", "3.1", "3.2", "3.3"],
    ),
]
