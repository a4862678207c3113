"""What the views of training share: fetching, refusing, forms and questions."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.lib.web import wants_archived
from projects.access import chosen_project
from projects.doors import Words
from projects.models import Project
from training import actions
from training.models import Enrolment, Group, Session

type Crumbs = Sequence[tuple[Words, Words]]
# Where a button posts to, what it says, and the state it leads to.
type Button = tuple[str, Words, str]

GROUPS: Crumbs = [(reverse_lazy("training:group_list"), gettext_lazy("Training"))]


def uuid_or_none(text: str) -> uuid.UUID | None:
    """A key from an address; what is none finds nothing."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def allow(condition: bool) -> None:
    """403 for what the user may see but not do."""
    if not condition:
        raise PermissionDenied


def group_of(request: HttpRequest, pk: int) -> Group:
    """A group the user may see, else 404; the page then belongs to its project."""
    groups = Group.objects.visible_to(request.user).with_stage()
    group = get_object_or_404(groups.select_related("programme__project", "site"), pk=pk)
    return of_project(request, group)


def session_of(request: HttpRequest, pk: int) -> Session:
    """A session of a group the user may see, else 404."""
    sessions = Session.objects.visible_to(request.user).with_marks()
    rows = sessions.select_related("group__programme__project", "group__site", "module", "site")
    session = get_object_or_404(rows, pk=pk)
    of_project(request, session.group)
    return session


def enrolment_of(request: HttpRequest, pk: int) -> Enrolment:
    """A person's place in a group, if the user may see both, else 404."""
    places = Enrolment.objects.visible_to(request.user)
    rows = places.select_related("group__programme__project", "participant", "job_category")
    enrolment = get_object_or_404(rows, pk=pk)
    of_project(request, enrolment.group)
    return enrolment


def of_project[Row: models.Model](request: HttpRequest, row: Row) -> Row:
    """Let the project switcher follow the page."""
    programme = getattr(row, "programme", row)
    request.chosen_project = programme.project  # type: ignore[attr-defined]
    return row


def likely_project(request: HttpRequest, projects: QuerySet[Project]) -> Project | None:
    """Whose a new thing will be: the project in the address, else in the nav, else the only one."""
    rows = {each.code: each for each in projects}
    chosen = chosen_project(request.user, request.session)
    codes = (request.GET.get("project"), chosen.code if chosen else None)
    only = next(iter(rows.values())) if len(rows) == 1 else None
    return next((rows[code] for code in codes if code in rows), only)


def done[Result](form: BaseForm, action: Callable[[], Result]) -> Result | None:
    """What the action returned; None when it refused, and then the form says why."""
    try:
        with transaction.atomic():
            return action()
    except ValidationError as error:
        known = set(form.fields)
        if hasattr(error, "error_dict"):
            for field, errors in error.error_dict.items():
                form.add_error(field if field in known else None, errors)
        else:
            form.add_error(None, error)
    except IntegrityError:
        form.add_error(None, _("Somebody saved the same just now. Look at the list and try again."))
    return None


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: Words,
    crumbs: Crumbs,
    back: str,
    lead: Words = "",
    save: Words = "",
    danger: Sequence[Button] = (),
    links: Sequence[tuple[str, Words]] = (),
    status: int | None = None,
) -> HttpResponse:
    """A page with one form, further doings as buttons (``danger``) and pages (``links``)."""
    context = {
        "form": form,
        "title": title,
        "crumbs": crumbs,
        "back": back,
        "lead": lead,
        "save": save or _("Save"),
        "danger": danger,
        "links": links,
    }
    status = status or (422 if form.errors else 200)
    return render(request, "training/form.html", context, status=status)


def archive_button(view: str, row: Any, put_away: Words = "") -> Button:
    """Puts a row away, or brings it back."""
    label = _("Bring back") if row.is_archived else put_away or _("Archive")
    return reverse(view, args=[row.pk]), label, "current" if row.is_archived else "archived"


def archived(request: HttpRequest, row: Any, back: str) -> HttpResponse:
    """Put a row away or bring it back, as the button wants; say so, with a way to undo it, and go on."""
    actions.archive(row=row, archived=wants_archived(request))
    if row.is_archived:
        words = _("Archived; nothing is lost and the figures stay.")
        # The tag is where parts/_messages posts its button to undo.
        messages.success(request, words, extra_tags=request.path)
    else:
        messages.success(request, _("It is back in the list."))
    return redirect(back)


def question_page(
    request: HttpRequest,
    *,
    question: Words,
    consequences: Sequence[Words],
    action: Words,
    back: str,
    form: BaseForm | None = None,
    wanted: str = "",
) -> HttpResponse:
    """A page before something that cannot simply be taken back; ``wanted``: where it leads."""
    context = {
        "wanted": wanted,
        "question": question,
        "consequences": consequences,
        "action": action,
        "back": back,
        "form": form,
    }
    status = 422 if form and form.errors else 200
    return render(request, "parts/confirm.html", context, status=status)
