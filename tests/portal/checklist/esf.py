"""Facts of the ESF+ project."""

from __future__ import annotations

from decimal import Decimal

from network.models import Publication
from projects.models import (
    Activity,
    Indicator,
)
from projects.rules.facts import Agreement

from .ask import (
    Row,
    agreement,
    money,
    months,
    note,
    precision,
    project,
    said,
    share,
    stated,
    target,
)

ESF: list[Row] = [
    (
        "in progress",
        lambda: list(project("esf-4-3-5-4").status_entries.values_list("status", "as_stated")),
        [("running", "Statuss: Īstenošanā")],
    ),
    (
        "October 2022 to August 2028, 71 months",
        lambda: (
            months("esf-4-3-5-4"),
            precision("esf-4-3-5-4"),
            project("esf-4-3-5-4").duration_months,
        ),
        (71, ("month", "month"), None),
    ),
    (
        "total",
        lambda: money("esf-4-3-5-4", "total"),
        {("project-page", Decimal("12470000"), "Kopējais finansējums: 12 470 000 euro")},
    ),
    (
        "ESF part",
        lambda: money("esf-4-3-5-4", "fund"),
        {("project-page", Decimal("10599500"), "t.sk. ESF finansējums 10 599 500 euro")},
    ),
    (
        "exactly 85 %, the rest is worked out and not stated",
        lambda: (
            share("esf-4-3-5-4", "project-page").percent,
            share("esf-4-3-5-4", "project-page").rest,
            stated("esf-4-3-5-4", "fund-share"),
        ),
        (Decimal("85.00"), Decimal(1870500), []),
    ),
    ("ESF against ESF+", lambda: agreement("esf-4-3-5-4", "fund-name"), Agreement.DISAGREE),
    (
        "no beneficiary and no number",
        lambda: (project("esf-4-3-5-4").lead, project("esf-4-3-5-4").identifiers.count()),
        (None, 0),
    ),
    (
        "that neither is named",
        lambda: "neither the beneficiary" in note("esf-4-3-5-4", "measure"),
        True,
    ),
    (
        "3 099, of which 2 603",
        lambda: [
            (row.code, int(row.target), row.parent and row.parent.code, row.kind)
            for row in Indicator.objects.filter(project__code="esf-4-3-5-4")
        ],
        [
            ("persons-supported", 3099, None, "output"),
            ("persons-competent", 2603, "persons-supported", "result"),
        ],
    ),
    (
        "measured on unique persons",
        lambda: [
            target("esf-4-3-5-4", code)[0] for code in ("persons-supported", "persons-competent")
        ],
        ["training.persons_enrolled", "certificates.persons_certified"],
    ),
    (
        "each said once, beside its target",
        lambda: [
            said("esf-4-3-5-4", subject) for subject in ("persons-supported", "persons-competent")
        ],
        [[("planned", 3099)] * 2, [("planned", 2603)] * 2],
    ),
    (
        "figures written in two ways",
        lambda: "two ways" in note("esf-4-3-5-4", "beneficiaries"),
        True,
    ),
    ("the result needs a rule", lambda: "by what rule" in note("esf-4-3-5-4", "competent"), True),
    ("seven target groups", lambda: project("esf-4-3-5-4").target_groups.count(), 7),
    (
        "one person in several groups",
        lambda: "several groups" in note("esf-4-3-5-4", "target-groups"),
        True,
    ),
    (
        "activities beyond courses",
        lambda: list(
            Activity.objects.filter(project__code="esf-4-3-5-4").values_list("kind", flat=True)
        ),
        [
            "supervision",
            "training",
            "publication",
            "training",
            "training",
            "training",
            "network",
            "research",
            "publicity",
            "publication",
        ],
    ),
    (
        "open events are in no figure of participants",
        lambda: sorted(
            Indicator.objects.filter(project__code="esf-4-3-5-4").values_list("measure", flat=True)
        ),
        ["certificates.persons_certified", "training.persons_enrolled"],
    ),
    (
        "whom the teams are of",
        lambda: all(
            words in Activity.objects.get(project__code="esf-4-3-5-4", code="7").name_en
            for words in ("health care", "law enforcement", "education", "civil protection")
        ),
        True,
    ),
    (
        "periodical and book",
        lambda: list(
            Publication.objects.filter(project__code="esf-4-3-5-4")
            .order_by("kind")
            .values_list("kind", "planned_copies")
        ),
        [("book", None), ("periodical", None)],
    ),
    (
        "predecessor",
        lambda: list(project("esf-4-3-5-4").related_projects.values_list("relation", "title")),
        [("predecessor", "Profesionāla sociālā darba attīstība pašvaldībās")],
    ),
]
