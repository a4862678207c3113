"""What form pages share: one cut for adding, changing, archiving and removing a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.lib.web import wants_archived
from projects import actions
from projects.forms import RowForm
from projects.models import Project

type Words = Any


@dataclass(frozen=True)
class Crumb:
    """One step of the breadcrumbs; the last has no address."""

    label: Words
    url: str = ""


def refuse_unless(allowed: bool) -> None:
    """The second line of every view that writes: what one may see one may not always change."""
    if not allowed:
        raise PermissionDenied


def visible_project(request: HttpRequest, code: str) -> Project:
    """The project of this page, or 404 for whoever may not see it; the nav follows it."""
    found = Project.objects.visible_to(request.user).select_related("programme", "lead")
    project = get_object_or_404(found, code=code)
    request.chosen_project = project  # type: ignore[attr-defined]
    return project


def answer_form(
    request: HttpRequest,
    form: RowForm,
    *,
    heading: Words,
    back: str,
    crumbs: Sequence[Crumb] = (),
    save: Callable[[Any], Any] | None = None,
    then: Callable[[Any], str] | None = None,
    fixed: Callable[[Any], bool] | None = None,
    lead: Words = "",
) -> HttpResponse:
    """Show a form, or save its row by an action and go ``then`` or ``back``.

    What was typed stays on the page until the action has accepted it.
    """
    if request.method == "POST" and form.is_valid():
        try:
            row = (
                save(form.instance)
                if save
                else actions.keep(row=form.instance, fixed=fixed, **form.links)
            )
        except ValidationError as error:
            form.add_errors(error)
        else:
            messages.success(request, _("Saved: %(name)s") % {"name": row})
            return redirect(then(row) if then else back)
    context = {"form": form, "heading": heading, "back": back, "crumbs": crumbs, "lead": lead}
    return render(request, "projects/row_form.html", context, status=422 if form.errors else 200)


def answer_archive(
    request: HttpRequest, row: Any, *, back: str, consequences: Iterable[Words] = ()
) -> HttpResponse:
    """Ask, then put the row away; for an archived row: ask, then bring it back."""
    if request.method == "POST":
        archives = wants_archived(request)
        (actions.archive if archives else actions.restore)(row=row)
        done = _("Archived: %(name)s") if archives else _("In the lists again: %(name)s")
        messages.success(request, done % {"name": row})
        return redirect(back)
    context = {
        "question": (_("Bring back “%(name)s”?") if row.is_archived else _("Archive “%(name)s”?"))
        % {"name": row},
        "action": _("Bring back") if row.is_archived else _("Archive"),
        "wanted": "current" if row.is_archived else "archived",
        "consequences": [_("It returns to the lists and choices.")]
        if row.is_archived
        else [
            _("It leaves the lists and choices. Everything that hangs on it stays."),
            *consequences,
            _("It can be brought back at any time."),
        ],
        "back": back,
    }
    return render(request, "parts/confirm.html", context)


def answer_remove(
    request: HttpRequest,
    row: Any,
    *,
    back: str,
    consequences: Iterable[Words] = (),
    fixed: Callable[[Any], bool] | None = None,
) -> HttpResponse:
    """Ask, then delete the row unless others rely on it."""
    if request.method == "POST":
        try:
            actions.remove(row=row, fixed=fixed)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Removed: %(name)s") % {"name": row})
        return redirect(back)
    context = {
        "question": _("Remove “%(name)s”?") % {"name": row},
        "action": _("Remove"),
        "consequences": list(consequences)
        or [_("It is deleted; to have it again, it must be typed anew.")],
        "back": back,
    }
    return render(request, "parts/confirm.html", context)
