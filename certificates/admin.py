"""Certificates in the back office: looked at, never changed there."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from certificates.models import Certificate, CertificateTemplate, Register, Signatory


class Unchangeable(admin.ModelAdmin):
    """Issued things are corrected by the portal's own actions, which leave a trace."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Certificate)
class CertificateAdmin(Unchangeable):
    list_display = ("__str__", "holder", "project", "issued_on", "revoked_on", "state")
    list_filter = ("state", "series", "year")
    list_select_related = ("project",)
    search_fields = ("search_key",)


@admin.register(Register)
class RegisterAdmin(Unchangeable):
    list_display = ("series", "year", "next_number")


class SignatoryInline(admin.TabularInline):
    model = Signatory
    extra = 0


@admin.register(CertificateTemplate)
class CertificateTemplateAdmin(admin.ModelAdmin):
    list_display = ("series", "project", "language", "is_default", "archived_at")
    list_select_related = ("project",)
    autocomplete_fields = ()
    raw_id_fields = ("project",)
    filter_horizontal = ("required_modules",)
    inlines = (SignatoryInline,)
