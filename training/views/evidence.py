"""What proves a session: the sheet to be signed, its scans, and comparing it with the marks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from portal.lib.calendar import short_date
from portal.lib.documents import hand_out, in_words
from portal.lib.paper import PaperError
from portal.lib.web import download
from projects.actions import CannotPrintError
from training import access, actions
from training.forms.base import ReasonForm
from training.forms.evidence import PaperForm, PaperRow, ScanForm, SheetsForm
from training.measures import Marks
from training.models import AttendanceStatus, Enrolment, Group, Session, SessionScan, SessionState
from training.views.parts import (
    GROUPS,
    allow,
    done,
    form_page,
    group_of,
    of_project,
    question_page,
    session_of,
)

TYPES = {"PDF": "application/pdf", "PNG": "image/png", "JPG": "image/jpeg", "JPEG": "image/jpeg"}


# --- The sheet to be signed -------------------------------------------------------------------


@require_safe
def session_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet of one session; ``?language=en`` in English."""
    session = session_of(request, pk)
    allow(access.can_read_paper(request.user, session.group))
    language = "en" if request.GET.get("language") == "en" else "lv"
    return _sheets(request, session.group, [session], language, session.get_absolute_url())


@require_safe
def group_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheets of all sessions still to be held, or of those of a month or a module."""
    group = group_of(request, pk)
    allow(access.can_read_paper(request.user, group))
    back = reverse("training:group_detail", args=[group.pk]) + "?show=sessions"
    form = SheetsForm(request.GET, group=group)
    if not form.is_valid():
        messages.error(request, " ".join(each for row in form.errors.values() for each in row))
        return redirect(back)
    sessions = group.sessions.unfinished().select_related("module", "site")
    if month := form.cleaned_data["month"]:
        sessions = sessions.filter(date__year=month.year, date__month=month.month)
    if module := form.cleaned_data["module"]:
        sessions = sessions.filter(module=module)
    rows = list(sessions.order_by("date", "starts", "pk"))
    if not rows:
        messages.info(request, _("No session is planned there, so there is nothing to print."))
        return redirect(back)
    return _sheets(request, group, rows, form.cleaned_data["language"], back)


def _sheets(
    request: HttpRequest, group: Group, sessions: list[Session], language: str, back: str
) -> HttpResponse:
    try:
        data = actions.sign_sheets(group=group, sessions=sessions, language=language)
    except ValidationError as error:
        why = " ".join(error.messages)
    except CannotPrintError as error:
        why = str(error)
    except PaperError as error:
        why = in_words(error.code, error.detail)
    else:
        days = "-".join(
            dict.fromkeys(f"{each.date:%Y%m%d}" for each in (sessions[0], sessions[-1]))
        )
        return download(data, "application/pdf", f"{group.code}-{days}-{language}.pdf")
    messages.error(request, _("The sheet cannot be made: %(why)s") % {"why": why})
    return redirect(back)


def sheets_form(group: Group) -> SheetsForm | None:
    """The choice of sheets on the page of the timetable; none where nothing is planned."""
    days: list[date] = list(
        group.sessions.unfinished().order_by("date").values_list("date", flat=True)
    )
    if not days:
        return None
    months = dict.fromkeys((day.year, day.month) for day in days)
    choices = [
        (f"{year}-{month:02d}", short_date(date(year, month, 1), "month")) for year, month in months
    ]
    return SheetsForm(None, group=group, months=choices)


# --- Scans --------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def scan_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add scans of the signed sheet; in whatever state the session is."""
    session = session_of(request, pk)
    allow(access.can_run_sessions(request.user, session.group))
    posted = request.method == "POST"
    form = ScanForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        added = done(
            form,
            lambda: actions.add_scans(
                user=request.user, session=session, files=form.cleaned_data["scans"]
            ),
        )
        if added is not None:
            tell_added(request, added)
            return redirect(f"{session.get_absolute_url()}#evidence")
    return form_page(
        request,
        form,
        title=_("Add a scan"),
        crumbs=[
            *GROUPS,
            (session.group.get_absolute_url(), session.group.name),
            (session.get_absolute_url(), str(session)),
        ],
        back=f"{session.get_absolute_url()}#evidence",
        save=_("Add"),
    )


def tell_added(request: HttpRequest, added: list[SessionScan]) -> None:
    """How many files were new."""
    if not added:
        messages.info(request, _("These files are there already."))
        return
    words = ngettext("%(count)s scan is kept.", "%(count)s scans are kept.", len(added))
    messages.success(request, words % {"count": len(added)})


@require_safe
def scan_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The very bytes that were uploaded."""
    scan = _scan(request, pk)
    allow(access.can_read_paper(request.user, scan.session.group))
    return hand_out(
        request,
        scan,
        TYPES[scan.kind],
        altered=_("The stored file is not the one that was added, so it is not handed out."),
        back=f"{scan.session.get_absolute_url()}#evidence",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def scan_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a wrong file away for a reason; that it was there stays."""
    scan = _scan(request, pk)
    session = scan.session
    allow(access.can_remove_scan(request.user, session.group))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(form, lambda: actions.remove_scan(user=request.user, scan=scan, reason=reason)):
            messages.success(request, _("The scan is removed; the reason stays."))
            return redirect(f"{session.get_absolute_url()}#evidence")
    return question_page(
        request,
        question=_("Remove the scan?"),
        consequences=[
            _("The file is deleted and cannot be brought back."),
            _("That it was there, who removed it and why stays with the session."),
        ],
        action=_("Remove"),
        back=f"{session.get_absolute_url()}#evidence",
        form=form,
    )


def _scan(request: HttpRequest, pk: int) -> SessionScan:
    sessions = Session.objects.visible_to(request.user)
    rows = SessionScan.objects.standing().filter(session__in=sessions)
    scan = get_object_or_404(
        rows.select_related("session__group__programme__project", "session__group__site"), pk=pk
    )
    of_project(request, scan.session.group)
    return scan


# --- Comparing ----------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def session_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody's mark beside the signed paper: agrees, or differs and how."""
    session = session_of(request, pk)
    allow(access.can_run_sessions(request.user, session.group))
    if session.state != SessionState.CLOSED:
        messages.info(request, _("The session is not closed: mark first, then compare."))
        return redirect(session)
    form = PaperForm(_paper_rows(session), request.POST if request.method == "POST" else None)
    error = ""
    if request.method == "POST" and not form.wrong:
        try:
            actions.compare_with_paper(
                user=request.user, session=session, differences=form.differences
            )
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            return _compared(request, session, len(form.differences))
    context: dict[str, Any] = {
        "session": session,
        "group": session.group,
        "form": form,
        "error": error,
        "scans": session.scans.standing().select_related("session"),
    }
    status = 422 if form.wrong or error else 200
    return render(request, "training/session_compare.html", context, status=status)


def _compared(request: HttpRequest, session: Session, differing: int) -> HttpResponse:
    if differing:
        words = ngettext(
            "%(count)s row differs. Correct its mark from here.",
            "%(count)s rows differ. Correct their marks from here.",
            differing,
        )
        messages.warning(request, words % {"count": differing})
    else:
        messages.success(request, _("Paper and marks agree."))
    return redirect(f"{session.get_absolute_url()}#evidence")


def _paper_rows(session: Session) -> list[PaperRow]:
    places = Enrolment.objects.concerned_by(session)
    people = list(places.select_related("participant").order_by("participant__sort_key", "pk"))
    marks = Marks(people)
    rows = []
    for enrolment in people:
        cell = marks.cell(session, enrolment, is_concerned=True)
        label = str(AttendanceStatus(cell.status).label) if cell.status else _("not marked")
        rows.append(PaperRow(enrolment, cell, label))
    return rows
