"""The certificates of a group: who may have one, issuing, and watching the papers get ready."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from certificates import actions
from certificates.access import can_issue, can_read_names
from certificates.forms import IssueForm
from certificates.models import Certificate, Standing, standings
from portal.lib.documents import DamagedFileError, DocumentState, Priority
from portal.lib.web import fragment_or_page, wants_fragment
from training.models import Enrolment, Group

PAGE = "certificates/group_certificates.html"


@require_safe
def group_certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """Each person of the group: eligible, or why not, or the certificate and its paper."""
    group = _group(request, pk)
    part = "issued"
    if wants_fragment(request):  # the polled part alone: no standings are asked
        context = {"group": group, "may_issue": can_issue(request.user, group.project)}
        return fragment_or_page(request, PAGE, {**context, **_issued(group)}, part)
    return fragment_or_page(request, PAGE, _page(request, group), part)


@require_POST
def group_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue to the chosen people; who lost the right meanwhile is named with the reason."""
    group = _group(request, pk)
    if not can_issue(request.user, group.project):
        raise PermissionDenied
    form = IssueForm(request.POST, project=group.project, enrolments=_people(group))
    if not form.is_valid():
        return fragment_or_page(request, PAGE, _page(request, group, form), "issued", status=422)
    data = form.cleaned_data
    try:
        issue = actions.issue_certificates(
            enrolments=_people(group).filter(pk__in=[each.pk for each in data["enrolments"]]),
            template=data["template"],
            issued_by=request.user,
            issued_on=data["issued_on"],
            priority=Priority.SOMEONE_WAITS,
        )
    except actions.CannotIssueError as error:
        form.add_error(None, str(error))
        return fragment_or_page(request, PAGE, _page(request, group, form), "issued", status=422)
    _tell(request, issue)
    return redirect("certificates:group_certificates", group.pk)


@require_safe
def group_papers(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every valid paper of the group that is ready, in one archive; a damaged one stops it."""
    group = _group(request, pk)
    rows = Certificate.objects.valid().filter(group=group, state=DocumentState.READY)
    file = TemporaryFile()  # noqa: SIM115  the response closes it when all is sent
    try:
        # Papers are compressed already. Their names are numbers: no person's name in an archive.
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for row in rows.order_by("number").iterator(chunk_size=50):
                archive.writestr(row.file_name, row.read())
    except DamagedFileError:
        words = _("The paper of %(number)s is lost or damaged: open it and have it made anew.")
        messages.warning(request, words % {"number": row.display_number})
    except OSError:
        messages.warning(request, _("The disk does not answer now: try again later."))
    else:
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=f"{_('certificates')}-{pk}.zip")
    file.close()
    return redirect("certificates:group_certificates", pk)


def _group(request: HttpRequest, pk: int) -> Group:
    groups = Group.objects.visible_to(request.user).select_related("programme__project", "site")
    group = get_object_or_404(groups, pk=pk)
    if not can_read_names(request.user, group.project):
        raise PermissionDenied
    request.chosen_project = group.project  # type: ignore[attr-defined]
    return group


def _people(group: Group) -> QuerySet[Enrolment]:
    return (
        Enrolment.objects.filter(group=group)
        .select_related("job_category")
        .order_by("participant__sort_key", "pk")
    )


def _issued(group: Group) -> dict[str, Any]:
    """The valid certificates of the group, how far their papers are, and the revoked ones."""
    every = list(
        Certificate.objects.filter(group=group)
        .defer("facts")  # asked every second while papers are made
        .order_by("sort_key", "pk")
    )
    rows = [row for row in every if row.is_valid]
    states = [row.state for row in rows]
    return {
        "issued": rows,
        "revoked": [row for row in every if not row.is_valid],
        "ready": states.count(DocumentState.READY),
        "failed": states.count(DocumentState.FAILED),
        "going": DocumentState.WAITING in states,
        "failed_href": reverse("certificates:certificate_list") + f"?group={group.pk}&state=failed",
    }


def _page(request: HttpRequest, group: Group, form: IssueForm | None = None) -> dict[str, Any]:
    may_issue = can_issue(request.user, group.project)
    form = form or IssueForm(project=group.project, enrolments=_people(group))
    template = form.fields["template"].initial  # type: ignore[attr-defined]
    people = [each for each in standings(_people(group), template) if not each.facts.valid_number]
    eligible = [each for each in people if each.is_eligible]
    if eligible:
        form.begin_with(min(each.last_day for each in eligible))
    return {
        "group": group,
        "form": form,
        "may_issue": may_issue,
        "template": template,
        "eligible": eligible,
        "unchosen": _unchosen(form, people),
        "unclosed": max((each.facts.unclosed_sessions for each in people), default=0),
        "not_yet": [each for each in people if not each.is_eligible],
        **_issued(group),
    }


def _unchosen(form: IssueForm, people: list[Standing]) -> set[int]:
    """Whom the sent form left out; in a new form everybody is chosen."""
    if not form.is_bound:
        return set()
    chosen = set(form.data.getlist("enrolments"))  # type: ignore[attr-defined]
    return {each.enrolment.pk for each in people if str(each.enrolment.pk) not in chosen}


def _tell(request: HttpRequest, issue: actions.Issue) -> None:
    if count := len(issue.certificates):
        text = ngettext(
            "%(count)d certificate has its number.",
            "%(count)d certificates have their numbers.",
            count,
        )
        messages.success(request, text % {"count": count})
    for each in issue.refused:
        text = _("%(name)s got no certificate: %(reason)s")
        reasons = " ".join(str(reason) for reason in each.reasons)
        messages.warning(request, text % {"name": each.enrolment.participant, "reason": reasons})
