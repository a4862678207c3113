"""The back office of the frame: what auditors were shown."""

from __future__ import annotations

from django.contrib import admin

from portal.models import AccessLog
from projects.admin import ReadingAdmin


@admin.register(AccessLog)
class AccessLogAdmin(ReadingAdmin):
    """Append-only, here as everywhere."""

    list_display = ["at", "user", "address", "project"]
    list_filter = ["project"]
    list_select_related = ["user"]
    search_fields = ["user__search_key", "address"]
    date_hierarchy = "at"
