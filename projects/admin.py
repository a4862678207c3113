"""The back office: everything can be looked at; what has a form of its own is changed there."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin

from projects import models


class ReadingAdmin(admin.ModelAdmin):
    """Rows to look at: the portal's own forms keep the rules that the back office knows not.

    Who may look at all is asked once, at the door (``portal.backoffice``).
    """

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadingHistoryAdmin(SimpleHistoryAdmin, ReadingAdmin):
    """Rows with their history, to look at: the package's form of a former state could be saved."""

    def history_form_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        return super().history_form_view(request, *args, **kwargs)


class ReadingInline(admin.TabularInline):
    """Parts of a row, to look at."""

    extra = 0
    can_delete = False
    show_change_link = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def inline(of: type, *shown: str) -> type[ReadingInline]:
    """An inline of one model with the columns worth a look."""
    found = {"model": of, "fields": shown, "readonly_fields": shown}
    return type(f"{of.__name__}Inline", (ReadingInline,), found)


@admin.register(models.Organisation)
class OrganisationAdmin(ReadingHistoryAdmin):
    list_display = ["__str__", "kind", "country", "register_number", "valid_from", "valid_to"]
    list_filter = ["kind", "country"]
    search_fields = ["search_key", "code", "register_number"]
    inlines = [inline(models.OrganisationName, "name", "language")]


@admin.register(models.Funder)
class FunderAdmin(ReadingAdmin):
    list_display = ["__str__", "code", "archived_at"]
    search_fields = ["search_key", "code"]


@admin.register(models.Programme)
class ProgrammeAdmin(ReadingAdmin):
    list_display = ["__str__", "code", "period", "archived_at"]
    search_fields = ["search_key", "code"]
    inlines = [inline(models.VisualSet, "language", "partner", "statement")]


@admin.register(models.Project)
class ProjectAdmin(ReadingHistoryAdmin):
    list_display = ["__str__", "code", "programme", "lead", "start", "end", "is_public"]
    list_filter = ["programme", "is_public"]
    list_select_related = ["programme", "lead"]
    search_fields = ["search_key", "code", "identifiers__number"]
    inlines = [
        inline(models.ProjectIdentifier, "number", "register", "is_printed"),
        inline(models.StatusEntry, "status", "since", "precision"),
        inline(models.Partnership, "organisation", "role"),
        inline(models.Funding, "part", "organisation", "amount", "currency", "source"),
    ]


@admin.register(models.Indicator)
class IndicatorAdmin(ReadingHistoryAdmin):
    list_display = ["__str__", "code", "project", "method", "measure", "target"]
    list_filter = ["project", "method"]
    list_select_related = ["project"]
    search_fields = ["search_key", "code"]
    inlines = [
        inline(models.IndicatorTarget, "until", "value", "organisation"),
        inline(models.IndicatorValue, "on", "value", "entered_by", "approved_by", "approved_at"),
    ]


@admin.register(models.FigureSnapshot)
class FigureSnapshotAdmin(ReadingAdmin):
    list_display = ["indicator", "known_on", "value", "is_demo"]
    list_filter = ["known_on"]
    list_select_related = ["indicator"]


@admin.register(models.ReportVersion)
class ReportVersionAdmin(ReadingAdmin):
    list_display = ["__str__", "frozen_at", "sent_at"]
    list_select_related = ["report__project"]
    inlines = [
        inline(models.ReportStep, "old_state", "new_state", "at", "user", "is_alone"),
        inline(models.ReportPaper, "language", "kind", "state", "sha256", "rendition"),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("facts")


@admin.register(models.Membership)
class MembershipAdmin(ReadingHistoryAdmin):
    """Roles are given and taken on the pages of accounts, which know who may give what."""

    list_display = ["user", "role", "scope", "valid_to"]
    list_filter = ["role"]
    list_select_related = ["user", "organisation", "programme", "project"]


@admin.register(models.Statement)
class StatementAdmin(ReadingAdmin):
    list_display = ["__str__", "project", "subject", "kind", "number", "source"]
    list_filter = ["project", "kind"]
    list_select_related = ["project", "source"]


@admin.register(models.SentMail)
class SentMailAdmin(ReadingAdmin):
    """Which letters went to whom and which did not; never what they said."""

    list_display = ["begun_at", "kind", "user", "subject", "about", "sent_at", "error"]
    list_filter = ["kind"]
    list_select_related = ["user"]
    date_hierarchy = "begun_at"
