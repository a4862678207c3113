"""The wording of a project's certificates: list, form with signatories, preview."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates import actions
from certificates.access import can_issue, can_read_names
from certificates.forms import Signatories, TemplateForm
from certificates.models import CertificateTemplate
from portal.lib.documents import in_words
from portal.lib.paper import PaperError
from portal.lib.web import wants_archived
from projects.models import Project


@require_safe
def template_list(request: HttpRequest, code: str) -> HttpResponse:
    """The templates of a project."""
    project = _project(request, code)
    templates = project.certificate_templates.prefetch_related("signatories")  # type: ignore[attr-defined]
    context = {
        "project": project,
        "templates": [each for each in templates if not each.is_archived],
        "archived": [each for each in templates if each.is_archived],
        "may_edit": can_issue(request.user, project),
    }
    return render(request, "certificates/template_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def template_add(request: HttpRequest, code: str) -> HttpResponse:
    """A new template; the first of a project is offered first."""
    project = _project(request, code)
    first = not project.certificate_templates.filter(archived_at=None).exists()  # type: ignore[attr-defined]
    return _edit(request, CertificateTemplate(project=project, is_default=first))


@require_http_methods(["GET", "HEAD", "POST"])
def template_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a template; what was issued with it stays as it is."""
    return _edit(request, _template(request, pk))


@require_POST
def template_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a template away or bring it back."""
    template = _template(request, pk)
    if not can_issue(request.user, template.project):
        raise PermissionDenied
    actions.archive_template(template=template, archived=wants_archived(request))
    return redirect("certificates:template_list", template.project.code)


@require_safe
def template_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A specimen with an invented person and the project's own modules."""
    template = _template(request, pk)
    try:
        data = actions.specimen(template=template)
    except actions.CannotIssueError as error:
        return _no_preview(request, template, str(error))
    except PaperError as error:
        return _no_preview(request, template, in_words(error.code, error.detail))
    name = content_disposition_header(as_attachment=False, filename=f"{template.series}.pdf")
    return HttpResponse(data, content_type="application/pdf", headers={"Content-Disposition": name})


def _no_preview(request: HttpRequest, template: CertificateTemplate, why: str) -> HttpResponse:
    messages.error(request, _("No preview: %(why)s") % {"why": why})
    return redirect(template)


def _project(request: HttpRequest, code: str) -> Project:
    project = get_object_or_404(Project.objects.visible_to(request.user), code=code)
    if not can_read_names(request.user, project):
        raise PermissionDenied
    request.chosen_project = project  # type: ignore[attr-defined]
    return project


def _template(request: HttpRequest, pk: int) -> CertificateTemplate:
    rows = CertificateTemplate.objects.visible_to(request.user).select_related("project__lead")
    template = get_object_or_404(rows, pk=pk)
    if not can_read_names(request.user, template.project):
        raise PermissionDenied
    request.chosen_project = template.project  # type: ignore[attr-defined]
    return template


def _edit(request: HttpRequest, template: CertificateTemplate) -> HttpResponse:
    if not can_issue(request.user, template.project):
        raise PermissionDenied
    posted = request.POST if request.method == "POST" else None
    form = TemplateForm(posted, instance=template)
    signatories = Signatories(posted, instance=template, prefix="signatories")
    if posted is not None:
        is_valid = form.is_valid()  # first: the signatories ask for the languages chosen here
        if signatories.is_valid() and is_valid:
            saved = actions.save_template(form=form, signatories=signatories)
            messages.success(request, _("The template is saved."))
            return redirect("certificates:template_list", saved.project.code)
    context: dict[str, Any] = {"template": template, "form": form, "signatories": signatories}
    status = 200 if posted is None else 422
    return render(request, "certificates/template_edit.html", context, status=status)
