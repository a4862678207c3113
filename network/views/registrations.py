"""Places at an event: head counts, people, whole groups, and who came."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from network import actions
from network.access import can_edit_project
from network.forms import (
    GroupPlacesForm,
    HeadCountForm,
    HeldPlaceForm,
    ItemForm,
    PersonForm,
    PlaceForm,
)
from network.models import Event, ProgrammePart, Registration
from projects.views.pages import Crumb, answer_form, answer_remove, refuse_unless

from .parts import editable, event_crumbs, of_project

ATTENDED = {"true": True, "false": False, "": None}  # the last takes a mark back


def _part_of_event(request: HttpRequest, model: Any, pk: int) -> Any:
    """A programme item or a place of an event the user may change, else 404 or 403."""
    events = Event.objects.visible_to(request.user)
    row = get_object_or_404(
        model.objects.filter(event__in=events).select_related("event__project"), pk=pk
    )
    of_project(request, row, row.event.project)
    refuse_unless(can_edit_project(request.user, row.event.project))
    return row


def _answer(request: HttpRequest, event: Event, form: Any, heading: str) -> HttpResponse:
    return answer_form(
        request,
        form,
        heading=heading,
        lead=event.name,
        back=event.get_absolute_url(),
        crumbs=event_crumbs(Crumb(event.name, event.get_absolute_url())),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    event = editable(request, Event, pk)
    form = ItemForm(request.POST or None, owner=event)
    return _answer(request, event, form, _("Add to the programme"))


@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = _part_of_event(request, ProgrammePart, pk)
    form = ItemForm(request.POST or None, instance=item, owner=item.event)
    return _answer(request, item.event, form, _("Change the programme"))


@require_http_methods(["GET", "HEAD", "POST"])
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    item = _part_of_event(request, ProgrammePart, pk)
    return answer_remove(request, item, back=item.event.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def head_count_add(request: HttpRequest, pk: int) -> HttpResponse:
    event = editable(request, Event, pk)
    form = HeadCountForm(request.POST or None, owner=event)
    return _answer(request, event, form, _("How many came from where"))


@require_http_methods(["GET", "HEAD", "POST"])
def person_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Find a person by name (``?q=``) and give him a place; then the next one."""
    event = editable(request, Event, pk)
    form = PersonForm(request.POST or None, event=event)
    if request.method == "POST" and form.is_valid():
        place = actions.register_person(event=event, **form.cleaned_data)
        messages.success(request, _("Registered: %(name)s") % {"name": place})
        return redirect("network:person_add", event.pk)
    words = request.GET.get("q", "").strip()[:200]
    context = {
        "event": event,
        "form": form,
        "q": words,
        "people": form.people(words) if words else [],
        "contacts": form.contacts(words) if words else [],
    }
    return render(request, "network/person_add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def group_places_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone who is in a group now gets a place."""
    event = editable(request, Event, pk)
    form = GroupPlacesForm(request.POST or None, event=event)
    if request.method == "POST" and form.is_valid():
        new = actions.register_group(event=event, group=form.cleaned_data["group"])
        said = ngettext("%(count)d person registered.", "%(count)d people registered.", new)
        messages.success(request, said % {"count": new})
        return redirect(event)
    context = {
        "form": form,
        "heading": _("Register a group"),
        "lead": event.name,
        "back": event.get_absolute_url(),
        "crumbs": event_crumbs(Crumb(event.name, event.get_absolute_url())),
    }
    return render(request, "projects/row_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def registration_edit(request: HttpRequest, pk: int) -> HttpResponse:
    place = _part_of_event(request, Registration, pk)
    kind: type[PlaceForm] = HeadCountForm if place.is_head_count else HeldPlaceForm
    form = kind(request.POST or None, instance=place, owner=place.event)
    return _answer(request, place.event, form, _("Change the registration"))


@require_http_methods(["GET", "HEAD", "POST"])
def registration_remove(request: HttpRequest, pk: int) -> HttpResponse:
    place = _part_of_event(request, Registration, pk)
    return answer_remove(request, place, back=place.event.get_absolute_url())


@require_POST
def registration_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """One place: came, did not come, or not known; anything else is no mark."""
    place = _part_of_event(request, Registration, pk)
    typed = request.POST.get("attended")
    if typed not in ATTENDED:
        raise BadRequest
    actions.mark_came(
        registrations=Registration.objects.filter(pk=place.pk), attended=ATTENDED[typed]
    )
    return redirect(place.event)


@require_POST
def event_came(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone not marked yet came; the exceptions are marked one by one."""
    event = editable(request, Event, pk)
    open_places = event.registrations.filter(attended=None)
    many = actions.mark_came(registrations=open_places, attended=True)
    said = ngettext("%(count)d place marked.", "%(count)d places marked.", many)
    messages.success(request, said % {"count": many})
    return redirect(event)
