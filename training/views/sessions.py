"""The day sheet of one session, and its way from open to closed and back."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.lib.web import wanted
from training import access, actions
from training.forms.base import ReasonForm
from training.forms.evidence import ScanForm
from training.forms.marks import CloseForm, DaySheet, SheetRow
from training.measures import Marks, evidence_of, history_of, split_of
from training.models import (
    AttendanceStatus,
    Enrolment,
    Group,
    Session,
    SessionState,
)
from training.views.evidence import tell_added
from training.views.parts import allow, done, question_page, session_of


@require_http_methods(["GET", "HEAD", "POST"])
def session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The day sheet: everybody of one session with three buttons; works without any script."""
    session = session_of(request, pk)
    sheet = day_sheet(request, session)
    if request.method == "POST":
        allow(any(row.can_mark for row in sheet.rows))
        answers = actions.record_marks(
            user=request.user,
            commands=sheet.commands(),
            sessions=Session.objects.visible_to(request.user),
            enrolments=Enrolment.objects.markable_by(request.user),
        )
        sheet.take(answers)
        if not sheet.has_errors:
            return _saved(request, session)
        session = session_of(request, pk)
    too_late = sheet.has_errors and not session.is_open_to_marks
    statuses = [row.cell.status for row in sheet.rows if row.cell.is_concerned]
    changes = list(session.changes.select_related("user"))
    reads_history = access.can_read_history(request.user, session.group)
    reads_paper = access.can_read_paper(request.user, session.group)
    may_mark = any(row.can_mark for row in sheet.rows)
    context = {
        "session": session,
        "group": session.group,
        "sheet": sheet,
        "split": split_of(statuses),
        "may_mark": may_mark,
        # A closed sheet, too, takes what waited on the device and tells what became of it.
        "may_send": may_mark or access.can_mark(request.user, session.group),
        "may_close": access.can_run_sessions(request.user, session.group),
        "may_plan": access.can_edit_training(request.user, session.group.project),
        "last_change": changes[-1] if changes else None,
        "history": history_of(session, changes) if reads_history else [],
        "evidence": evidence_of(session) if reads_paper else None,
        "scan_form": ScanForm(),
        "may_remove_scan": access.can_remove_scan(request.user, session.group),
        "words": {status.value: str(status.label) for status in AttendanceStatus},
    }
    status = 409 if too_late else 422 if sheet.has_errors else 200
    return render(request, "training/session_detail.html", context, status=status)


def day_sheet(request: HttpRequest, session: Session) -> DaySheet:
    """The people the session concerns, among those the user may see.

    Somebody may close the session while marks are typed: a form that was sent is judged mark by
    mark, and comes back with all that was typed.
    """
    may_write = session.is_open_to_marks or request.method == "POST"
    places = Enrolment.objects.visible_to(request.user).concerned_by(session)
    people = places.select_related("participant", "job_category")
    rows = list(people.order_by("participant__sort_key", "pk"))
    markable = set(
        Enrolment.objects.filter(group=session.group_id)
        .markable_by(request.user)
        .values_list("pk", flat=True)
    )
    marks = Marks(rows, revisions=True)
    return DaySheet(
        session,
        [
            SheetRow(
                enrolment,
                marks.cell(session, enrolment, is_concerned=True),
                can_mark=may_write and enrolment.pk in markable,
            )
            for enrolment in rows
        ],
        request.POST if request.method == "POST" else None,
    )


def _saved(request: HttpRequest, session: Session) -> HttpResponse:
    """After a form without a script: what its button asked for besides saving."""
    if request.POST.get("then") == "all_present":
        answers = actions.mark_all_present(
            user=request.user,
            session=session,
            among=Enrolment.objects.markable_by(request.user),
        )
        if refused := next((each for each in answers if each.why), None):
            messages.error(request, str(refused.why))
            return redirect("training:session_detail", session.pk)
    if request.POST.get("then") == "close":
        return redirect("training:session_close", session.pk)
    messages.success(request, _("The marks are saved."))
    return redirect("training:session_detail", session.pk)


@require_POST
def session_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a session whose day has come."""
    session = session_of(request, pk)
    allow(access.can_run_sessions(request.user, session.group))
    form = Form(request.POST)
    if done(form, lambda: actions.open_session(user=request.user, session=session)) is None:
        messages.error(request, " ".join(form.non_field_errors()))
    return redirect("training:session_detail", session.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def session_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the session: shows who has no mark yet and asks what they get."""
    session = session_of(request, pk)
    allow(access.can_run_sessions(request.user, session.group))
    if session.state == SessionState.CLOSED:
        return redirect("training:session_detail", session.pk)
    unmarked = list(
        Enrolment.objects.unmarked_in(session)
        .select_related("participant")
        .order_by("participant__sort_key", "pk")
    )
    posted = request.method == "POST"
    form = CloseForm(request.POST if posted else None, request.FILES if posted else None)
    if not unmarked:
        del form.fields["rest"]
    is_valid = posted and form.is_valid()
    if posted and _keep_scans(request, session, form) and is_valid:
        rest = form.cleaned_data.get("rest")
        choice = AttendanceStatus(rest) if rest else None
        closed = done(
            form,
            lambda: actions.close_session(user=request.user, session=session, rest=choice),
        )
        if closed:
            return _closed(request, session)
    statuses = Enrolment.objects.concerned_by(session).filter(attendance__session=session)
    marks = list(statuses.values_list("attendance__status", flat=True))
    context = {
        "session": session,
        "group": session.group,
        "form": form,
        "unmarked": unmarked,
        "scans": session.scans.standing().select_related("session"),
        "split": split_of([*marks, *([""] * len(unmarked))]),
    }
    status = 422 if form.errors else 200
    return render(request, "training/session_close.html", context, status=status)


def _keep_scans(request: HttpRequest, session: Session, form: CloseForm) -> bool:
    """The scans first: whatever becomes of the closing, a file that was chosen is not lost."""
    files = form.cleaned_data.get("scans")
    if not files:
        return True
    added = done(form, lambda: actions.add_scans(user=request.user, session=session, files=files))
    if added:
        tell_added(request, added)
    return added is not None


def _closed(request: HttpRequest, session: Session) -> HttpResponse:
    messages.success(request, _("The session is closed; its hours count now."))
    if Group.objects.filter(pk=session.group_id).finished().exists():
        messages.info(request, _("That was the last session: the group is finished."))
        return redirect("training:group_detail", session.group_id)
    return redirect("training:group_register", session.group_id)


@require_http_methods(["GET", "HEAD", "POST"])
def session_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed session once more, for a reason that stays beside it."""
    session = session_of(request, pk)
    allow(access.can_run_sessions(request.user, session.group))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(
            form,
            lambda: actions.reopen_session(user=request.user, session=session, reason=reason),
        ):
            messages.success(request, _("The session is open again."))
            return redirect("training:session_detail", session.pk)
    return question_page(
        request,
        question=_("Reopen the session?"),
        consequences=[
            _("Its hours do not count until it is closed again."),
            _("The reason is kept with the session and with every mark changed from now on."),
        ],
        action=_("Reopen"),
        back=session.get_absolute_url(),
        form=form,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def session_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a session that will not be held out of all sums, or plan a cancelled one again."""
    session = session_of(request, pk)
    allow(access.can_edit_training(request.user, session.group.project))
    if request.method == "POST":
        state = wanted(request, SessionState.CANCELLED, SessionState.PLANNED)
        restores = state == SessionState.PLANNED
    else:
        restores = session.state == SessionState.CANCELLED
    return _restore(request, session) if restores else _cancel(request, session)


def _cancel(request: HttpRequest, session: Session) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].required = False
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(
            form,
            lambda: actions.cancel_session(user=request.user, session=session, reason=reason),
        ):
            messages.success(request, _("The session is cancelled."))
            return redirect(_sessions_of(session))
    return question_page(
        request,
        question=_("Cancel the session?"),
        consequences=[_("It no longer counts in anybody's hours. It can be planned again.")],
        action=_("Cancel the session"),
        back=session.get_absolute_url(),
        form=form,
        wanted=SessionState.CANCELLED,
    )


def _restore(request: HttpRequest, session: Session) -> HttpResponse:
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and done(
        form, lambda: actions.restore_session(user=request.user, session=session)
    ):
        messages.success(request, _("The session is planned again."))
        return redirect("training:session_detail", session.pk)
    return question_page(
        request,
        question=_("Plan the session again?"),
        consequences=[_("It counts again in the hours of everybody it concerns.")],
        action=_("Plan again"),
        back=session.get_absolute_url(),
        form=form,
        wanted=SessionState.PLANNED,
    )


def _sessions_of(session: Session) -> str:
    return reverse("training:group_detail", args=[session.group_id]) + "?show=sessions"
