"""The back office of the frame: what auditors saw, who has tokens, whose second step was reset."""

from __future__ import annotations

from django.contrib import admin

from portal.models import AccessLog, ApiToken, SecondStepReset
from projects.admin import ReadingAdmin


@admin.register(AccessLog)
class AccessLogAdmin(ReadingAdmin):
    """Append-only, here as everywhere."""

    list_display = ["at", "user", "address", "project"]
    list_filter = ["project"]
    list_select_related = ["user"]
    search_fields = ["user__search_key", "address"]
    date_hierarchy = "at"


@admin.register(ApiToken)
class ApiTokenAdmin(ReadingAdmin):
    """Who lets programs in, and whether they come; the secret is kept nowhere."""

    list_display = ["user", "name", "created_at", "expires_on", "last_used_on", "revoked_at"]
    list_select_related = ["user"]
    search_fields = ["user__search_key", "name"]
    exclude = ["digest"]


@admin.register(SecondStepReset)
class SecondStepResetAdmin(ReadingAdmin):
    """Append-only, here as everywhere."""

    list_display = ["at", "account", "by", "reason"]
    list_select_related = ["account", "by"]
    search_fields = ["account__search_key", "by__search_key", "reason"]
    date_hierarchy = "at"
