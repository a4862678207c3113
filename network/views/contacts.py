"""Contacts: people named by a source, and members of the network who agreed to be contacted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network import actions
from network.access import can_add_to_network, can_read_network
from network.filters import ContactFilter
from network.forms import ContactForm
from network.models import Contact
from network.tables import ContactTable
from portal.lib.web import cut_table
from projects.access import projects_for
from projects.models import EDITOR_ROLES, Project
from projects.views.pages import answer_archive, answer_form, refuse_unless

from .parts import choose_project, contact_crumbs, editable, project_to_add_to


@require_safe
def contact_list(request: HttpRequest) -> HttpResponse:
    refuse_unless(can_read_network(request.user))
    rows = Contact.objects.visible_to(request.user)
    rows = rows.select_related("project", "organisation", "source")
    found = ContactFilter(request.GET, rows, request=request)
    table = ContactTable(found.qs)
    can_add = can_add_to_network(request.user)
    if can_add:
        # The links of a row ask this set, so that no row costs a query.
        table.editable = set(projects_for(request.user, *EDITOR_ROLES).values_list("pk", flat=True))
    else:
        table.exclude = ("change",)
    cut_table(request, table)
    context = {"filter": found, "table": table, "can_add": can_add}
    return render(request, "network/contact_list.html", context)


def _answer(request: HttpRequest, form: ContactForm, heading: str, lead: str) -> HttpResponse:
    def save(contact: Contact) -> Contact:
        return actions.keep_contact(contact=contact, agreed=form.cleaned_data["agreed"])

    return answer_form(
        request,
        form,
        heading=heading,
        lead=lead,
        back=_list(form.project),
        crumbs=contact_crumbs(),
        save=save,
    )


def _list(project: Project) -> str:
    return f"{reverse('network:contact_list')}?project={project.code}"


@require_http_methods(["GET", "HEAD", "POST"])
def contact_add(request: HttpRequest) -> HttpResponse:
    heading = _("New contact")
    project = project_to_add_to(request)
    if project is None:
        return choose_project(request, heading)
    form = ContactForm(request.POST or None, owner=project)
    return _answer(request, form, heading, project.title)


@require_http_methods(["GET", "HEAD", "POST"])
def contact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    contact: Any = editable(request, Contact, pk)
    form = ContactForm(request.POST or None, instance=contact, owner=contact.project)
    return _answer(request, form, _("Change the contact"), contact.project.title)


@require_http_methods(["GET", "HEAD", "POST"])
def contact_archive(request: HttpRequest, pk: int) -> HttpResponse:
    contact = editable(request, Contact, pk)
    return answer_archive(request, contact, back=_list(contact.project))
