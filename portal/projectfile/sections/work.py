"""What the project teaches, holds and prints, and what is published of it."""

from __future__ import annotations

from network.models import Contact, Event, ProgrammePart, Publication, Registration
from projects.models import (
    Statement,
)
from training.models import Module, Site, TrainingProgramme

from ..columns import Archived, Column, Moment, Ref, Refs
from .section import NAMES, ORGANISATION, PERIOD, SOURCED, Section, columns

WORK = (
    Section(
        "training_programmes",
        TrainingProgramme,
        (
            *columns("code!"),
            *NAMES,
            Ref("activity", to="activities"),
            *columns("declared_hours", "hour_unit", "declared_days"),
            *columns("declared_groups", "declared_sites", "threshold_percent"),
            Archived(),
            *SOURCED,
        ),
        parent="project",
        children=(
            Section(
                "modules",
                Module,
                (
                    *columns("code!", "position"),
                    *NAMES,
                    *columns("days", "hours", Refs("audience", to="job_categories")),
                    Archived(),
                    *SOURCED,
                ),
                parent="programme",
                counter="position",
            ),
        ),
    ),
    Section(
        "sites",
        Site,
        (
            *columns("code!"),
            *NAMES,
            *columns("locative_lv", ORGANISATION, "address"),
            Archived(),
            *SOURCED,
        ),
        parent="project",
        kept={"is_demo": False},
    ),
    Section(
        # Only people a text names in their role; the network's own members are not published.
        "contacts",
        Contact,
        (
            *columns("name!", "role_lv", "role_en", ORGANISATION),
            Archived(),
            Ref("source", required=True, to="sources"),
            *columns("as_stated"),
        ),
        match=("name",),
        parent="project",
        kept={"source__isnull": False},
    ),
    Section(
        "events",
        Event,
        (
            *columns("code!"),
            *NAMES,
            Ref("activity", to="activities"),
            *columns("kind!", Column("state", required=True, yields=("planned",))),
            *PERIOD,
            *columns("days", "place_lv", "place_en", Column("country", pattern="[A-Z]{2}")),
            Ref("host", to="organisations"),
            Ref("organiser", to="organisations"),
            *columns("audience_lv", "audience_en", "target_people"),
            Archived(),
            *SOURCED,
        ),
        parent="project",
        kept={"is_demo": False},
        children=(
            Section(
                "parts",
                ProgrammePart,
                columns(
                    "section",
                    "position",
                    "title_lv",
                    "title_en",
                    "speaker",
                    "speaker_role_lv",
                    "speaker_role_en",
                    ORGANISATION,
                ),
                match=("section", "position"),
                parent="event",
                counter="position",
                counter_within="section",
            ),
            Section(
                "head_counts",
                Registration,
                columns(ORGANISATION, "people!", "attended"),
                match=("organisation", "attended"),
                parent="event",
                repeats=True,
                kept={"is_demo": False, "participant": None, "contact": None},
            ),
        ),
    ),
    Section(
        "publications",
        Publication,
        (
            *columns("code!"),
            *NAMES,
            Ref("activity", to="activities"),
            *columns("kind!", "planned_copies", "printed_copies"),
            *columns("recipients_lv", "recipients_en"),
            Archived(),
            *SOURCED,
        ),
        parent="project",
    ),
    Section(
        "statements",
        Statement,
        (
            *columns("code!", "subject!", "label_lv", "label_en", "kind", "number"),
            *columns("text_lv", "text_en", "unit", Moment("date", precision="date_precision")),
            ORGANISATION,
            *columns("note_lv", "note_en"),
            Ref("source", required=True, to="sources"),
            *columns("as_stated"),
        ),
        parent="project",
    ),
)
