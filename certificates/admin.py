"""The back office: everything can be looked at; the portal's own actions leave a trace."""

from __future__ import annotations

from django.contrib import admin

from certificates.models import Certificate, CertificateTemplate, Register, Signatory
from projects.admin import ReadingAdmin, inline


@admin.register(Certificate)
class CertificateAdmin(ReadingAdmin):
    list_display = ["__str__", "holder", "project", "issued_on", "revoked_on", "state"]
    list_filter = ["state", "series", "year"]
    list_select_related = ["project"]
    search_fields = ["search_key"]


@admin.register(Register)
class RegisterAdmin(ReadingAdmin):
    list_display = ["series", "year", "next_number"]


@admin.register(CertificateTemplate)
class CertificateTemplateAdmin(ReadingAdmin):
    list_display = ["series", "project", "language", "is_default", "archived_at"]
    list_select_related = ["project"]
    inlines = [inline(Signatory, "position", "name", "office_lv", "office_en")]
