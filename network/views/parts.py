"""What the views of the network share: which project, which row, and the way back."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from network.access import can_add_to_network, can_edit_project
from projects.access import chosen_project, projects_for
from projects.models import EDITOR_ROLES, Project
from projects.views.pages import Crumb, refuse_unless


def of_project[Row: models.Model](request: HttpRequest, row: Row, project: Project) -> Row:
    """Let the project switcher follow the page."""
    request.chosen_project = project  # type: ignore[attr-defined]
    return row


def visible(request: HttpRequest, model: type[models.Model], pk: int) -> Any:
    """A row of a project the user reads, else 404; the page then belongs to its project."""
    rows = model._default_manager.visible_to(request.user)  # type: ignore[attr-defined]
    row = get_object_or_404(rows.select_related("project__programme"), pk=pk)
    return of_project(request, row, row.project)


def editable(request: HttpRequest, model: type[models.Model], pk: int) -> Any:
    """The same for whoever may also change it, else 403."""
    row = visible(request, model, pk)
    refuse_unless(can_edit_project(request.user, row.project))
    return row


def project_to_add_to(request: HttpRequest) -> Project | None:
    """The project a new row belongs to: named in the address, chosen in the nav, or the only one."""
    refuse_unless(can_add_to_network(request.user))
    own = projects_for(request.user, *EDITOR_ROLES).current()
    if code := request.GET.get("project"):
        project: Project = get_object_or_404(own, code=code)
    else:
        chosen = chosen_project(request.user, request.session)
        if chosen is None or not own.filter(pk=chosen.pk).exists():
            several = list(own[:2])
            if len(several) != 1:
                return None
            chosen = several[0]
        project = chosen
    request.chosen_project = project  # type: ignore[attr-defined]
    return project


def choose_project(request: HttpRequest, heading: str) -> HttpResponse:
    """Ask first for which project."""
    own = projects_for(request.user, *EDITOR_ROLES).current()
    return render(request, "network/choose_project.html", {"heading": heading, "projects": own})


def event_crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Network"), reverse("network:event_list")), *more]


def publication_crumbs(*more: Crumb) -> list[Crumb]:
    return [
        *event_crumbs(),
        Crumb(_("Publications"), reverse("network:publication_list")),
        *more,
    ]


def contact_crumbs(*more: Crumb) -> list[Crumb]:
    return [*event_crumbs(), Crumb(_("Contacts"), reverse("network:contact_list")), *more]
