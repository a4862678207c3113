"""Planning: one session, a whole timetable, a change of either."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from training import access, actions
from training.forms.sessions import PlanForm, SessionForm
from training.models import Group, Session
from training.views.parts import GROUPS, Crumbs, allow, done, form_page, group_of, session_of


@require_http_methods(["GET", "HEAD", "POST"])
def session_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more session of a group."""
    group = group_of(request, pk)
    allow(access.can_edit_training(request.user, group.project))
    form = SessionForm(request.POST or None, instance=Session(group=group))
    if request.method == "POST" and form.is_valid():
        plans = [form.plan()]
        if done(form, lambda: actions.plan_sessions(user=request.user, group=group, plans=plans)):
            messages.success(request, _("The session is planned."))
            return redirect(_timetable(group))
    return form_page(
        request,
        form,
        title=_("New session"),
        crumbs=_crumbs(group),
        back=_timetable(group),
        save=pgettext("a button", "Plan"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sessions_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A whole timetable at once."""
    group = group_of(request, pk)
    allow(access.can_edit_training(request.user, group.project))
    form = PlanForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        plans = form.cleaned_data["plans"]
        if done(form, lambda: actions.plan_sessions(user=request.user, group=group, plans=plans)):
            words = ngettext(
                "%(count)s session is planned.", "%(count)s sessions are planned.", len(plans)
            )
            messages.success(request, words % {"count": len(plans)})
            return redirect(_timetable(group))
    return form_page(
        request,
        form,
        title=_("Plan sessions"),
        crumbs=_crumbs(group),
        back=_timetable(group),
        lead=_("All at the same hours; single ones can be changed afterwards."),
        save=pgettext("a button", "Plan"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, time, module or topic; marks already made must still fit.

    A session closed meanwhile leads back to its sheet; what was typed into the form stays there.
    """
    session = session_of(request, pk)
    group = session.group
    allow(access.can_edit_training(request.user, group.project))
    if session.is_finished and request.method != "POST":
        return redirect(session)
    crumbs = [*_crumbs(group), (session.get_absolute_url(), str(session))]
    form = SessionForm(request.POST or None, instance=session)
    if request.method == "POST" and form.is_valid():
        changed = done(
            form, lambda: actions.change_session(user=request.user, session=form.instance)
        )
        if changed:
            messages.success(request, _("Saved."))
            return redirect(session)
    return form_page(
        request,
        form,
        title=_("Change the session"),
        crumbs=crumbs,
        back=reverse("training:session_detail", args=[pk]),
        status=409 if form.has_error(NON_FIELD_ERRORS, "finished") else None,
    )


def _timetable(group: Group) -> str:
    return f"{group.get_absolute_url()}?show=sessions"


def _crumbs(group: Group) -> Crumbs:
    return [*GROUPS, (_timetable(group), group.name)]
