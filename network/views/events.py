"""Events: the list, one event with its programme and its people, and changing it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network import actions
from network.access import can_add_to_network, can_edit_project, can_read_network, can_read_people
from network.filters import EventFilter
from network.forms import EventForm
from network.models import Event, Registration
from network.tables import EventTable
from portal.lib.web import cut_table, paginate
from portal.lib.workbook import Sheet, workbook_response
from projects.views.pages import Crumb, answer_archive, answer_form, refuse_unless

from .parts import choose_project, editable, event_crumbs, project_to_add_to, visible


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """Events of the projects the user reads; ``?export=xlsx`` takes what is shown."""
    refuse_unless(can_read_network(request.user))
    events = Event.objects.visible_to(request.user).with_people().select_related("project")
    found = EventFilter(request.GET, events, request=request)
    if request.GET.get("export") == "xlsx":
        return workbook_response(_("events"), [_sheet(found.qs.order_by("start", "code"))])
    table = EventTable(found.qs)
    cut_table(request, table)
    context = {
        "filter": found,
        "table": table,
        "can_add": can_add_to_network(request.user),
    }
    return render(request, "network/event_list.html", context)


def _sheet(events: QuerySet[Any]) -> Sheet:
    headings = [
        _("Event"),
        _("Project"),
        _("Date"),
        _("Place"),
        _("Kind"),
        _("State"),
        _("Planned participants"),
        _("People"),
        _("demo data"),
    ]
    rows = (
        [
            event.name,
            event.project.title,
            event.when,
            event.place,
            event.get_kind_display(),
            event.get_state_display(),
            event.target_people,
            event.came,
            event.is_demo,
        ]
        for event in events
    )
    return Sheet(_("Events"), headings, rows)


@require_safe
def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One event. Who came by name only for those who read people's names; else counts."""
    event = visible(request, Event, pk)
    counted: Any = Event.objects.with_people().get(pk=event.pk)
    reads_people = can_read_people(request.user, event.project)
    context = {
        "event": event,
        "came": counted.came,
        "registered": counted.registered,
        "sections": _sections(event),
        "page": _places(request, event) if reads_people else None,
        "origins": None if reads_people else _origins(event),
        "unmarked": event.registrations.filter(attended=None).exists(),
        "can_edit": can_edit_project(request.user, event.project),
    }
    return render(request, "network/event_detail.html", context)


def _sections(event: Event) -> list[tuple[int, list[Any]]]:
    parts = event.parts.select_related("organisation")
    return [(key, list(group)) for key, group in groupby(parts, lambda part: part.section)]


def _places(request: HttpRequest, event: Event) -> Any:
    rows = Registration.objects.named_for(request.user).filter(event=event)
    rows = rows.select_related("participant", "contact", "organisation")
    order = ["participant__sort_key", "contact__sort_key", "organisation__sort_key", "pk"]
    return paginate(request, rows.order_by(*order), per_page=100)


def _origins(event: Event) -> list[Registration]:
    """How many places each organisation has, the people of each in one number."""
    sums = event.registrations.order_by().values("organisation").annotate(total=Sum("people"))
    totals = {row["organisation"]: row["total"] for row in sums}
    first: dict[Any, Registration] = {}
    for row in event.registrations.select_related("organisation"):
        first.setdefault(row.organisation_id, row)
    for key, row in first.items():
        row.people = totals[key]
    return sorted(
        first.values(), key=lambda row: row.organisation.sort_key if row.organisation else "~"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def event_add(request: HttpRequest) -> HttpResponse:
    heading = _("New event")
    project = project_to_add_to(request)
    if project is None:
        return choose_project(request, heading)
    return answer_form(
        request,
        EventForm(request.POST or None, owner=project),
        heading=heading,
        lead=project.title,
        back=reverse("network:event_list"),
        crumbs=event_crumbs(),
        then=Event.get_absolute_url,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    event = editable(request, Event, pk)
    return answer_form(
        request,
        EventForm(request.POST or None, instance=event, owner=event.project),
        heading=_("Change the event"),
        back=event.get_absolute_url(),
        crumbs=event_crumbs(Crumb(event.name, event.get_absolute_url())),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def event_archive(request: HttpRequest, pk: int) -> HttpResponse:
    event = editable(request, Event, pk)
    return answer_archive(
        request,
        event,
        back=event.get_absolute_url(),
        consequences=[_("Indicators go on counting it.")],
    )


@require_POST
def event_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """The event took place; a button of its page and of “Today”."""
    event = editable(request, Event, pk)
    try:
        actions.hold_event(event=event)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Held: %(name)s. Indicators count it now.") % {"name": event})
    return redirect(event)
