"""The back office: everything can be looked at; the portal's own pages change it by its rules."""

from __future__ import annotations

from django.contrib import admin

from projects.admin import ReadingAdmin, inline
from training import models


@admin.register(models.JobCategory)
class JobCategoryAdmin(ReadingAdmin):
    list_display = ["__str__", "code", "position", "archived_at"]
    search_fields = ["search_key", "code"]


@admin.register(models.TrainingProgramme)
class TrainingProgrammeAdmin(ReadingAdmin):
    list_display = ["__str__", "project", "declared_hours", "hour_unit", "threshold_percent"]
    list_filter = ["project"]
    list_select_related = ["project"]
    search_fields = ["search_key", "code"]
    inlines = [inline(models.Module, "position", "name_lv", "days", "hours")]


@admin.register(models.Site)
class SiteAdmin(ReadingAdmin):
    list_display = ["__str__", "project", "organisation", "address", "is_demo"]
    list_filter = ["project"]
    list_select_related = ["project", "organisation"]
    search_fields = ["search_key", "code"]


@admin.register(models.Group)
class GroupAdmin(ReadingAdmin):
    list_display = ["__str__", "programme", "kind", "site", "is_demo", "archived_at"]
    list_filter = ["kind", "is_demo", "programme__project"]
    list_select_related = ["programme", "site"]
    search_fields = ["search_key", "code"]
    inlines = [inline(models.GroupTrainer, "user")]


@admin.register(models.Session)
class SessionAdmin(ReadingAdmin):
    list_display = ["date", "group", "module", "minutes", "state", "closed_at", "closed_by"]
    list_filter = ["state", "group__programme__project"]
    list_select_related = ["group", "module", "closed_by"]
    date_hierarchy = "date"
    inlines = [
        inline(models.SessionChange, "at", "old_state", "new_state", "user", "reason"),
        inline(
            models.SessionScan,
            "added_at",
            "added_by",
            "sha256",
            "size",
            "removed_at",
            "removed_by",
            "reason",
        ),
        inline(models.PaperCheck, "at", "user", "people_count"),
    ]


@admin.register(models.Participant)
class ParticipantAdmin(ReadingAdmin):
    list_display = ["list_name", "email", "is_demo", "created_at", "archived_at"]
    list_filter = ["is_demo"]
    search_fields = ["search_key", "email"]
    inlines = [
        inline(models.Employment, "organisation", "job_category", "valid_from", "valid_to"),
        inline(models.Enrolment, "group", "job_category", "state", "since", "until"),
    ]


@admin.register(models.Mark)
class MarkAdmin(ReadingAdmin):
    """The log of the register: append-only, here as everywhere."""

    list_display = ["at", "session", "enrolment", "old_status", "new_status", "user", "reason"]
    list_select_related = ["session", "enrolment__participant", "user"]
    date_hierarchy = "at"
    list_filter = ["new_status"]
