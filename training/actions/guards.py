"""What stands on marks in the apps above: asked before a mark, or what it is worth, changes."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import ngettext

from projects import doors
from projects.doors import Cell, Refusal
from training.models import Attendance

SHOWN = 3


def refusals(cells: Sequence[Cell]) -> dict[Cell, Refusal]:
    """The cells that may not change, and why."""
    return {each.cell: each for guard in doors.mark_guards for each in guard(cells)}


def refuse_behind(marks: QuerySet[Attendance]) -> None:
    """ValidationError with the way out where something stands on any of these marks.

    For changes that touch no mark and yet its worth: a session's length, whom a module concerns.
    """
    keys = marks.order_by("enrolment", "session").values_list("enrolment", "session")
    found = list(refusals([Cell(*key) for key in keys]).values())
    whys = list(dict.fromkeys(str(each.why) for each in found))  # one person has many marks
    if not whys:
        return
    more = len(whys) - SHOWN
    rest = ngettext("And %(count)s more like it.", "And %(count)s more like it.", more)
    said = [*whys[:SHOWN], *([rest % {"count": more}] if more > 0 else [])]
    raise ValidationError([*said, *dict.fromkeys(str(each.way_out) for each in found)])
