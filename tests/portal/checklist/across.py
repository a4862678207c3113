"""Facts that all texts together must show."""

from __future__ import annotations

from network.models import Contact
from projects.models import (
    Project,
    Statement,
)
from training.models import Group

from .ask import Row, months

ACROSS: list[Row] = [
    (
        "durations",
        lambda: [
            months(code)
            for code in ("latgale-lll", "esf-4-3-5-4", "erasmus-emotional-wellbeing", "lli-317")
        ],
        [18, 71, 11, 24],
    ),
    (
        "achievements come from one text only",
        lambda: set(
            Statement.objects.filter(kind="achieved").values_list("source__code", flat=True)
        ),
        {"viesite-news"},
    ),
    (
        "projects without a stated total",
        lambda: sorted(
            Project.objects.exclude(
                funding__part="total", funding__amount__isnull=False
            ).values_list("code", flat=True)
        ),
        ["erasmus-emotional-wellbeing", "latgale-lll"],
    ),
    (
        "every statement names its source and quotes it",
        lambda: Statement.objects.filter(as_stated="").count(),
        0,
    ),
    ("nobody named is a user, trainer or participant", lambda: Group.objects.count(), 0),
    ("no e-mail and no phone", lambda: Contact.objects.exclude(email="", phone="").count(), 0),
]
