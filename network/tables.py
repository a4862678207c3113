"""Lists of the network."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.template.defaultfilters import truncatechars
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Contact, Event, Publication
from network.rules import stock
from portal.lib.money import format_number
from projects.tables import NUMBER


def named(name: str, second: str) -> Any:
    return format_html('{}<span class="second">{}</span>', name, second)


def number(value: int | None) -> Any:
    """A count as people read it; "not stated" where nobody said it."""
    if value is None:
        return format_html('<span class="missing">{}</span>', _("not stated"))
    return format_number(Decimal(value))


STATE = '{% load portal_ui %}{% state_badge record.state gender="masculine" %}'
WHEN = "{% load portal_ui %}{{ record.when|stated }}"


class EventTable(tables.Table):
    """Events with their day, place and how many came."""

    name = tables.Column(gettext_lazy("Event"), order_by=("sort_key", "pk"), linkify=True)
    start = tables.TemplateColumn(
        WHEN, verbose_name=gettext_lazy("Date"), order_by=("start", "pk"), empty_values=()
    )
    place = tables.Column(gettext_lazy("Place"), orderable=False, default="–")
    kind = tables.Column(gettext_lazy("Kind"))
    came = tables.TemplateColumn(
        template_name="network/_people_cell.html",
        verbose_name=gettext_lazy("People"),
        attrs=NUMBER,
    )
    state = tables.TemplateColumn(STATE, verbose_name=gettext_lazy("State"))

    class Meta:
        model = Event
        fields = ("name", "start", "place", "kind", "came", "state")
        order_by = ("-start", "name")

    def render_name(self, record: Event) -> Any:
        return named(record.name, record.project.short)


class PublicationTable(tables.Table):
    """Publications with their run, what was handed over and what is left."""

    name = tables.Column(gettext_lazy("Publication"), order_by=("sort_key", "pk"), linkify=True)
    kind = tables.Column(gettext_lazy("Kind"))
    planned_copies = tables.Column(gettext_lazy("Planned"), attrs=NUMBER, empty_values=())
    printed_copies = tables.Column(gettext_lazy("Printed"), attrs=NUMBER, empty_values=())
    delivered = tables.Column(gettext_lazy("Delivered"), attrs=NUMBER)
    left = tables.Column(gettext_lazy("In stock"), attrs=NUMBER, empty_values=(), orderable=False)

    class Meta:
        model = Publication
        fields = ("name", "kind", "planned_copies", "printed_copies", "delivered", "left")
        order_by = "name"

    def render_name(self, record: Publication) -> Any:
        return named(record.name, record.project.short)

    def render_planned_copies(self, record: Publication) -> Any:
        return number(record.planned_copies)

    def render_printed_copies(self, record: Publication) -> Any:
        return number(record.printed_copies)

    def render_delivered(self, value: int) -> Any:
        return number(value)

    def render_left(self, record: Any) -> Any:
        return number(stock(record.printed_copies, record.delivered))


class ContactTable(tables.Table):
    """People to turn to; addresses only of those who agreed."""

    name = tables.Column(gettext_lazy("Name"), order_by=("sort_key", "pk"), empty_values=())
    organisation = tables.Column(
        gettext_lazy("Organisation"), order_by=("organisation__sort_key", "pk"), default="–"
    )
    email = tables.EmailColumn(verbose_name=gettext_lazy("E-mail"), default="–")
    phone = tables.Column(gettext_lazy("Phone"), default="–")
    source = tables.Column(gettext_lazy("Known from"), empty_values=(), orderable=False)
    change = tables.TemplateColumn(
        template_name="network/_contact_links.html",
        verbose_name=gettext_lazy("Actions"),
        orderable=False,
        attrs={"td": {"class": "act"}},
    )

    class Meta:
        model = Contact
        fields = ("name", "organisation", "email", "phone", "source", "change")
        order_by = "name"

    def render_name(self, record: Contact) -> Any:
        return named(record.name, record.role or record.project.short)

    def render_source(self, record: Contact) -> Any:
        if source := record.source:
            return source.publisher or truncatechars(source.title, 60)
        return _("agreed to be contacted") if record.has_agreed else "–"
