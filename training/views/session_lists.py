"""Sessions across groups: what is still to be marked, what lacks its signed sheet; reminding."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from portal.lib.web import cut_table
from projects.actions import Delivery
from projects.models import EDITOR_ROLES, Project
from training import access, actions
from training.filters import SessionFilter
from training.models import Lacking, Session
from training.tables import SessionTable
from training.views.lists import pills
from training.views.parts import allow, group_of


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """Sessions of all groups one may see; ``?show=late`` or ``no-scan`` for what they lack."""
    reads_programmes = access.can_read_programmes(request.user)
    allow(reads_programmes or access.teaches_any(request.user))
    sessions = Session.objects.visible_to(request.user).counted()
    rows = sessions.with_marks().with_scans().with_reminders()
    rows = rows.select_related("group__programme__project", "module")
    found = SessionFilter(request.GET, rows, request=request)
    is_late = request.GET.get("show") == Lacking.MARKS
    table = SessionTable(
        found.qs,
        order_by="date" if request.GET.get("show") else "-date",
        exclude=() if is_late else ("remind",),
    )
    cut_table(request, table)
    run = set(Project.objects.for_roles(request.user, *EDITOR_ROLES).values_list("pk", flat=True))
    for row in table.page.object_list:
        row.record.may_remind = row.record.group.programme.project_id in run
    counts = _counts(request)
    context = {
        "table": table,
        "filter": found,
        "pills": pills(
            request,
            "show",
            Lacking.choices,
            counts,
            pgettext("sessions", "All"),
            total=counts["all"],
        ),
        "reads_programmes": reads_programmes,
        "may_keep": access.can_keep_job_categories(request.user),
    }
    return render(request, "training/session_list.html", context)


def _counts(request: HttpRequest) -> dict[str, int]:
    """How many sessions each pill would show, whatever pill is chosen."""
    data = request.GET.copy()
    data.pop("show", None)
    rows: Any = SessionFilter(
        data, Session.objects.visible_to(request.user).counted(), request=request
    ).qs
    lacking = {what: rows.lacking(what).count() for what in Lacking.values}
    return {"all": rows.count(), **lacking}


@require_POST
def group_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to the trainers of a group now; each gets at most one letter a day, whoever asks."""
    group = group_of(request, pk)
    allow(access.can_remind(request.user, group))
    told = actions.remind_trainers(group=group)
    if count := told[Delivery.SENT]:
        words = ngettext("%(count)s letter is sent.", "%(count)s letters are sent.", count)
        messages.success(request, words % {"count": count})
    if told[Delivery.FAILED]:
        messages.error(request, _("The letter could not be handed over. Try again later."))
    elif told[Delivery.ALREADY] and not count:
        messages.info(request, _("The trainer has been written to today already."))
    elif not told:
        messages.info(
            request,
            _(
                "Nobody to write to: no session of the group has waited for a day, or nobody teaches it."
            ),
        )
    return redirect(f"{reverse('training:session_list')}?show={Lacking.MARKS}")
