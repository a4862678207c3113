"""Sections that belong to the whole portal: several files may tell the same row."""

from __future__ import annotations

from portal.lib.calendar import OLD_YEARS
from projects.models import (
    Funder,
    Logo,
    Organisation,
    OrganisationName,
    Programme,
    VisualSet,
)
from training.models import JobCategory

from ..columns import Column, Ref, Refs
from .section import COUNTRY, LANGUAGE, NAMES, Section, columns

SHARED = (
    Section("funders", Funder, (*columns("code!"), *NAMES), shared=True),
    Section(
        "organisations",
        Organisation,
        (
            *columns("code!", "kind!", COUNTRY),
            *NAMES,
            *columns("register_number", "website"),
            *columns(Column("valid_from", years=OLD_YEARS), Column("valid_to", years=OLD_YEARS)),
            Ref("parent", to="organisations"),
            Refs("successors", to="organisations"),
        ),
        shared=True,
        children=(
            Section(
                "names",
                OrganisationName,
                columns(LANGUAGE, "name!"),
                match=("language", "name"),
                parent="organisation",
                shared=True,
            ),
        ),
    ),
    Section(
        "programmes",
        Programme,
        (
            *columns("code!"),
            *NAMES,
            *columns("period", "priority_lv", "priority_en"),
            Refs("funders", to="funders"),
        ),
        shared=True,
        children=(
            Section(
                "visual_sets",
                VisualSet,
                columns(
                    "language!",
                    Ref("partner", to="organisations"),
                    "valid_from",
                    "valid_to",
                    "statement!",
                ),
                match=("language", "partner", "valid_from", "valid_to"),
                parent="programme",
                shared=True,
                repeats=True,
                children=(
                    Section(
                        "logos",
                        Logo,
                        columns("position", "label!", "minimum_height_mm"),
                        match=("position",),
                        parent="visual_set",
                        shared=True,
                        repeats=True,
                        counter="position",
                    ),
                ),
            ),
        ),
    ),
    Section("job_categories", JobCategory, (*columns("code!", "position!"), *NAMES), shared=True),
)
