"""The project itself and what was promised: texts, partners, money, activities, indicators."""

from __future__ import annotations

from projects.models import (
    Activity,
    Funding,
    Indicator,
    IndicatorTarget,
    IndicatorValue,
    Partnership,
    Project,
    ProjectAim,
    ProjectIdentifier,
    ProjectTitle,
    RelatedProject,
    Report,
    Source,
    StatusEntry,
    TargetGroup,
)

from ..columns import Archived, Column, MeasureName, Moment, Ref
from .section import LANGUAGE, NAMES, ORGANISATION, PERIOD, SOURCED, Section, columns

PROJECT = Section(
    "project",
    Project,
    (
        *columns("code!", "title_lv", "title_en", "short_lv", "short_en", "acronym"),
        Ref("programme", required=True, to="programmes"),
        Ref("lead", to="organisations"),
        *PERIOD,
        *columns("duration_months", "aim_lv", "aim_en", "is_public"),
        Archived(),
    ),
)

PROMISED = (
    Section(
        "sources",
        Source,
        columns("code!", "title!", "kind", "publisher", LANGUAGE, "published_on", "url"),
        parent="project",
    ),
    Section(
        "identifiers",
        ProjectIdentifier,
        (*columns("number!", "register", "is_printed"), *SOURCED),
        match=("number",),
        parent="project",
    ),
    Section(
        "titles",
        ProjectTitle,
        (*columns(LANGUAGE, "title!"), *SOURCED),
        match=("language", "title"),
        parent="project",
    ),
    Section(
        "statuses",
        StatusEntry,
        (
            *columns("status!", Moment("since", required=True, precision="precision")),
            *columns("note_lv", "note_en"),
            *SOURCED,
        ),
        match=("status", "since"),
        parent="project",
    ),
    Section(
        "aims",
        ProjectAim,
        (*columns("position", "text_lv", "text_en"), *SOURCED),
        match=("position",),
        parent="project",
        counter="position",
    ),
    Section(
        "target_groups",
        TargetGroup,
        (*columns("position"), *NAMES, *columns("is_direct"), *SOURCED),
        match=("position",),
        parent="project",
        counter="position",
    ),
    Section(
        "related_projects",
        RelatedProject,
        (*columns("relation!", "title!"), Ref("other", to="project", may_wait=True), *SOURCED),
        match=("relation", "title"),
        parent="project",
    ),
    Section(
        "partners",
        Partnership,
        (
            Ref("organisation", required=True, to="organisations"),
            *columns("role!", "position"),
            *SOURCED,
        ),
        match=("organisation",),
        parent="project",
        counter="position",
    ),
    Section(
        "funding",
        Funding,
        (
            ORGANISATION,
            *columns("part!"),
            Ref("funder", to="funders"),
            *columns("stage", "amount", Column("currency", required=True, pattern="[A-Z]{3}")),
            *SOURCED,
        ),
        match=("organisation", "part", "funder", "stage", "source"),
        parent="project",
        repeats=True,
    ),
    Section(
        "activities",
        Activity,
        (
            *columns("code!"),
            Ref("parent", to="activities"),
            *columns("position", "kind"),
            *NAMES,
            *columns("target", "unit", Moment("due", precision="due_precision", is_end=True)),
            ORGANISATION,
            *SOURCED,
        ),
        parent="project",
        counter="position",
    ),
    Section(
        "indicators",
        Indicator,
        (
            *columns("code!", "position", "kind!"),
            *NAMES,
            *columns("method!", MeasureName()),
            Ref("activity", to="activities"),
            Ref("parent", to="indicators"),
            *columns("unit_lv", "unit_en", "baseline", "target", "is_headline"),
            Archived(),
            *SOURCED,
        ),
        parent="project",
        counter="position",
        children=(
            Section(
                "targets",
                IndicatorTarget,
                columns("until!", ORGANISATION, "value!"),
                match=("until", "organisation"),
                parent="indicator",
            ),
            Section(
                "values",
                IndicatorValue,
                (*columns("on!", "value!", ORGANISATION, "note"), *SOURCED),
                match=("on", "organisation", "source"),
                parent="indicator",
                repeats=True,
                # What was typed in the portal waits there for approval, or was approved there.
                kept={"is_demo": False, "entered_by": None},
            ),
        ),
    ),
    Section(
        "reports",
        Report,
        columns("number!", "period_start!", "period_end!", "due"),
        match=("number",),
        parent="project",
    ),
)
