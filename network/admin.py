"""The back office of the network."""

from django.contrib import admin

from network.models import Contact, Delivery, Event, ProgrammePart, Publication, Registration


class ProgrammePartInline(admin.TabularInline):
    model = ProgrammePart
    extra = 0


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ["name", "project", "kind", "state", "start"]
    list_filter = ["kind", "state", "project"]
    search_fields = ["search_key"]
    inlines = [ProgrammePartInline]


class DeliveryInline(admin.TabularInline):
    model = Delivery
    extra = 0


@admin.register(Publication)
class PublicationAdmin(admin.ModelAdmin):
    list_display = ["name", "project", "kind", "printed_copies"]
    list_filter = ["kind", "project"]
    search_fields = ["search_key"]
    inlines = [DeliveryInline]


@admin.register(Contact)
class ContactAdmin(admin.ModelAdmin):
    list_display = ["name", "project", "organisation", "opted_in_at"]
    list_filter = ["project"]
    search_fields = ["search_key"]


@admin.register(Registration)
class RegistrationAdmin(admin.ModelAdmin):
    list_display = ["event", "organisation", "people", "attended"]
    list_filter = ["event__project"]
    raw_id_fields = ["participant", "contact"]
