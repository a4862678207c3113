"""The way of a report to the funder: submitted, signed off, returned, accepted, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects import actions
from projects.access import can_judge_report, can_return_report, can_sign_report, officers_besides
from projects.forms import AcceptForm, ReturnForm, SubmissionForm
from projects.models import Report, ReportState

from .pages import answer_form
from .parts import project_crumbs, project_page
from .report_gaps import gaps_of
from .reports import GET_OR_POST, may_edit, own_report

MOST_DIGITS = 5  # of a version's number


@require_http_methods(GET_OR_POST)
def report_submit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What is missing, what submitting means, and the button."""
    report = own_report(request, code, pk, may_edit)
    if request.method == "POST":
        return _do(
            request, report, _("Submitted: %(name)s"), actions.submit_report, by=request.user
        )
    if refusal := _refusal(request, report, actions.check_submission):
        return refusal
    context = {
        "report": report,
        "gaps": list(gaps_of(report, actions.report_facts(report))),
        "has_officer": officers_besides(request.user, report.project).exists(),
        "crumbs": project_crumbs(report.project),
    }
    return render(request, "projects/report_submit.html", context)


@require_http_methods(GET_OR_POST)
def report_sign(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    report = own_report(request, code, pk, can_sign_report)
    given = {"by": request.user, "seen": _seen(request)}
    if request.method == "POST":
        return _do(request, report, _("Signed off: %(name)s"), actions.sign_report, **given)
    if refusal := _refusal(request, report, actions.check_sign_off, **given):
        return refusal
    asked = {
        "question": _("Sign off “%(name)s”?") % {"name": report},
        "action": _("Sign off"),
        "consequences": [
            _("The funder gets it at once. After that only the funder can return it."),
            _("The history tells that you signed it off."),
        ],
        "is_welcome": True,
        "seen": _seen(request),
        "back": report.get_absolute_url(),
    }
    return render(request, "parts/confirm.html", asked)


@require_http_methods(GET_OR_POST)
def report_return(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    report = own_report(request, code, pk, can_return_report)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    # A paper names what it replaces only where that was sent.
    stays = (
        _("This version stays as it is; the correction will be the next one and name it.")
        if report.state == ReportState.SUBMITTED
        else _("This version stays as it is; the correction will be the next one.")
    )
    asked = {
        "question": _("Return “%(name)s”?") % {"name": report},
        "action": _("Return"),
        "consequences": [_("It can be written in again; your note stands above it."), stays],
    }
    return _judge(
        request,
        report,
        form,
        asked,
        actions.check_return,
        actions.return_report,
        _("Returned: %(name)s"),
    )


@require_http_methods(GET_OR_POST)
def report_accept(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    report = own_report(request, code, pk, can_judge_report)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    asked = {
        "question": _("Accept “%(name)s”?") % {"name": report},
        "action": _("Accept"),
        "consequences": [_("Those who wrote it see that it is accepted.")],
        "is_welcome": True,
    }
    return _judge(
        request,
        report,
        form,
        asked,
        actions.check_acceptance,
        actions.accept_report,
        _("Accepted: %(name)s"),
    )


def _seen(request: HttpRequest) -> int:
    """The number of the version that stood on the page before; -1, which is none, where unsaid."""
    number = (request.POST if request.method == "POST" else request.GET).get("version", "")
    return int(number) if number.isdecimal() and len(number) <= MOST_DIGITS else -1


def _refusal(
    request: HttpRequest, report: Report, check: Callable[..., Any], **given: Any
) -> HttpResponse | None:
    """Nobody is asked about what can no longer be done: the report is shown, and why not."""
    try:
        check(report=report, **given)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(report)
    return None


def _judge(
    request: HttpRequest,
    report: Report,
    form: Any,
    asked: dict[str, Any],
    check: Callable[..., Any],
    action: Callable[..., Any],
    done: str,
) -> HttpResponse:
    """Ask with a note, then do it; a note that is missing is said beside its field."""
    given: dict[str, Any] = {"by": request.user, "seen": _seen(request)}
    if form.is_bound and form.is_valid():
        return _do(request, report, done, action, **given, note=form.cleaned_data["note"])
    if refusal := _refusal(request, report, check, **given):
        return refusal
    context = {**asked, "form": form, "seen": _seen(request), "back": report.get_absolute_url()}
    return render(request, "parts/confirm.html", context, status=422 if form.is_bound else 200)


@require_http_methods(GET_OR_POST)
def report_note(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A report that went to the funder by another way: only its day is kept."""
    report = own_report(request, code, pk, may_edit)
    if request.method != "POST" and (refusal := _refusal(request, report, actions.check_note)):
        return refusal
    return answer_form(
        request,
        SubmissionForm(request.POST or None, instance=report),
        heading=_("The report was sent outside the portal"),
        lead=_("The portal then keeps only the day: it freezes nothing and makes no papers."),
        back=project_page(report.project, "reports"),
        crumbs=project_crumbs(report.project),
        save=lambda filled: actions.note_submission(
            report=filled, on=filled.submitted_on, by=request.user
        ),
    )


@require_POST
def report_take_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    report = own_report(request, code, pk, may_edit)
    done = _("To be submitted again: %(name)s")
    return _do(request, report, done, actions.take_back_submission, by=request.user)


def _do(
    request: HttpRequest, report: Report, done: str, action: Callable[..., Any], **given: Any
) -> HttpResponse:
    """Do it and say so, or say why not; either way the report is shown."""
    try:
        action(report=report, **given)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        if getattr(error, "code", "") == "removed":
            return redirect(project_page(report.project, "reports"))
    except actions.CannotPrintError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done % {"name": report})
    return redirect(report)
