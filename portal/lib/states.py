"""States as people see them: one colour, one shape and one word each, everywhere the same.

In Latvian the word agrees with the noun: a session (nodarbība) is "Slēgta", a project "Pabeigts".
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

# Dot: in order. Ring: not begun or over. Diamond: look here. Square: stop.
DOT, RING, DIAMOND, SQUARE = "dot", "ring", "diamond", "square"
FEMININE, MASCULINE = "feminine", "masculine"


@dataclass(frozen=True)
class State:
    """How a state looks and is called; ``other`` is its word beside a noun of the other gender."""

    colour: str
    mark: str
    gender: str
    word: str | Promise
    other: str | Promise | None = None


STATES: dict[str, State] = {
    # sessions and groups (nodarbība, grupa)
    "planned": State(
        "neutral",
        RING,
        FEMININE,
        pgettext_lazy("feminine", "Planned"),
        pgettext_lazy("masculine", "Planned"),
    ),
    "open": State(
        "accent",
        DOT,
        FEMININE,
        pgettext_lazy("feminine", "Open"),
        pgettext_lazy("masculine", "Open"),
    ),
    "closed": State(
        "ok",
        DOT,
        FEMININE,
        pgettext_lazy("feminine", "Closed"),
        pgettext_lazy("masculine", "Closed"),
    ),
    "incomplete": State("warn", DIAMOND, FEMININE, pgettext_lazy("feminine", "Incomplete")),
    # events (pasākums)
    "held": State("ok", DOT, MASCULINE, pgettext_lazy("masculine", "Held")),
    "cancelled": State(
        "neutral",
        RING,
        FEMININE,
        pgettext_lazy("feminine", "Cancelled"),
        pgettext_lazy("masculine", "Cancelled"),
    ),
    "archived": State(
        "neutral",
        RING,
        FEMININE,
        pgettext_lazy("feminine", "Archived"),
        pgettext_lazy("masculine", "Archived"),
    ),
    # papers (apliecība, also pārskats)
    "waiting": State("info", DOT, FEMININE, pgettext_lazy("feminine", "Waiting")),
    "being_made": State("accent", DOT, FEMININE, pgettext_lazy("feminine", "Being made")),
    "ready": State(
        "ok", DOT, FEMININE, pgettext_lazy("feminine", "Ready"), pgettext_lazy("masculine", "Ready")
    ),
    "failed": State("bad", SQUARE, FEMININE, pgettext_lazy("feminine", "Failed")),
    "valid": State("ok", DOT, FEMININE, pgettext_lazy("feminine", "Valid")),
    "revoked": State("bad", SQUARE, FEMININE, pgettext_lazy("feminine", "Revoked")),
    "expired": State("neutral", RING, FEMININE, pgettext_lazy("feminine", "Expired")),
    # reports (pārskats)
    "draft": State("neutral", RING, MASCULINE, pgettext_lazy("masculine", "Draft")),
    "signing": State("info", DOT, MASCULINE, pgettext_lazy("masculine", "Waiting for sign-off")),
    "submitted": State("info", DOT, MASCULINE, pgettext_lazy("masculine", "Submitted")),
    "signed_off": State("ok", DOT, MASCULINE, pgettext_lazy("masculine", "Signed off")),
    "returned": State("warn", DIAMOND, MASCULINE, pgettext_lazy("masculine", "Returned")),
    "accepted": State("ok", DOT, MASCULINE, pgettext_lazy("masculine", "Accepted")),
    "taken_back": State("neutral", RING, MASCULINE, pgettext_lazy("masculine", "Taken back")),
    # projects (projekts)
    "prepared": State("neutral", RING, MASCULINE, pgettext_lazy("masculine", "In preparation")),
    "approved": State("info", DOT, MASCULINE, pgettext_lazy("masculine", "Approved")),
    "running": State("accent", DOT, MASCULINE, pgettext_lazy("masculine", "In progress")),
    "finished": State(
        "neutral",
        RING,
        MASCULINE,
        pgettext_lazy("masculine", "Finished"),
        pgettext_lazy("feminine", "Finished"),
    ),
    "rejected": State("neutral", RING, MASCULINE, pgettext_lazy("masculine", "Rejected")),
    "stopped": State("bad", SQUARE, MASCULINE, pgettext_lazy("masculine", "Stopped")),
    # people in a group (dalībnieks)
    "active": State(
        "accent",
        DOT,
        MASCULINE,
        pgettext_lazy("masculine", "Active"),
        pgettext_lazy("feminine", "Active"),
    ),
    "completed": State("ok", DOT, MASCULINE, pgettext_lazy("masculine", "Completed")),
    "moved": State("neutral", RING, MASCULINE, pgettext_lazy("masculine", "Moved")),
    "withdrawn": State("neutral", RING, MASCULINE, pgettext_lazy("masculine", "Withdrawn")),
    "reached": State("ok", DOT, MASCULINE, pgettext_lazy("masculine", "Reached")),
    "can_reach": State("accent", DOT, MASCULINE, pgettext_lazy("masculine", "Can still pass")),
    "at_risk": State("warn", DIAMOND, MASCULINE, pgettext_lazy("masculine", "At risk")),
    "out_of_reach": State(
        "bad", SQUARE, MASCULINE, pgettext_lazy("masculine", "Can no longer pass")
    ),
    "eligible": State("ok", DOT, MASCULINE, pgettext_lazy("masculine", "Eligible")),
    "not_eligible": State("warn", DIAMOND, MASCULINE, pgettext_lazy("masculine", "Not eligible")),
    # rows of an import (rinda)
    "new": State("ok", DOT, FEMININE, pgettext_lazy("feminine", "New")),
    "changed": State("warn", DIAMOND, FEMININE, pgettext_lazy("feminine", "Changed")),
    "near": State("info", DOT, FEMININE, pgettext_lazy("feminine", "Near match")),
    "error": State("bad", SQUARE, FEMININE, pgettext_lazy("feminine", "Error")),
    "same": State("neutral", RING, FEMININE, pgettext_lazy("feminine", "Unchanged")),
    # discrepancies (neatbilstība)
    "unresolved": State("warn", DIAMOND, FEMININE, pgettext_lazy("feminine", "Unresolved")),
    "resolved": State("ok", DOT, FEMININE, pgettext_lazy("feminine", "Resolved")),
}


def word_of(code: str, gender: str = "") -> str:
    """The word beside a noun of ``gender``; by default of the noun it mostly stands with."""
    state = STATES[code]
    if gender and gender != state.gender and state.other is not None:
        return str(state.other)
    return str(state.word)
