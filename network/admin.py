"""The back office: everything can be looked at; the network's own pages change it by its rules."""

from __future__ import annotations

from django.contrib import admin

from network import models
from projects.admin import ReadingAdmin, inline


@admin.register(models.Event)
class EventAdmin(ReadingAdmin):
    list_display = ["__str__", "project", "kind", "state", "start", "is_demo"]
    list_filter = ["kind", "state", "project"]
    list_select_related = ["project"]
    search_fields = ["search_key", "code"]
    inlines = [inline(models.ProgrammePart, "section", "position", "title_lv", "speaker")]


@admin.register(models.Publication)
class PublicationAdmin(ReadingAdmin):
    list_display = ["__str__", "project", "kind", "printed_copies"]
    list_filter = ["kind", "project"]
    list_select_related = ["project"]
    search_fields = ["search_key", "code"]
    inlines = [inline(models.Delivery, "date", "organisation", "recipient", "copies")]


@admin.register(models.Contact)
class ContactAdmin(ReadingAdmin):
    list_display = ["name", "project", "organisation", "opted_in_at"]
    list_filter = ["project"]
    list_select_related = ["project", "organisation"]
    search_fields = ["search_key"]


@admin.register(models.Registration)
class RegistrationAdmin(ReadingAdmin):
    list_display = ["event", "holder", "organisation", "people", "attended", "is_demo"]
    list_filter = ["event__project"]
    list_select_related = ["event", "participant", "contact", "organisation"]
