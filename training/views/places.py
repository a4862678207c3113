"""Sites of a project and the job categories all projects share."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects.models import Project
from training import access
from training.filters import JobCategoryFilter, SiteFilter
from training.forms.catalogue import JobCategoryForm, SiteForm
from training.models import JobCategory, Site
from training.tables import JobCategoryTable, SiteTable
from training.views.catalogue import JOBS, SITES, own_projects
from training.views.lists import list_page
from training.views.parts import (
    allow,
    archive_button,
    archived,
    done,
    form_page,
    likely_project,
    of_project,
)


@require_safe
def site_list(request: HttpRequest) -> HttpResponse:
    """Places of training of the user's projects."""
    allow(access.can_read_programmes(request.user))
    editable = Site.objects.editable_by(request.user).filter(pk=OuterRef("pk"))
    rows = Site.objects.readable_by(request.user).annotate(
        group_count=Count("groups"), may_edit=Exists(editable)
    )
    return list_page(
        request,
        SiteTable,
        SiteFilter(request.GET, rows.select_related("project", "organisation"), request=request),
        here="sites",
        title=_("Sites"),
        add="training:site_add" if access.can_add_training(request.user) else "",
        first=_("The places where you teach stand here; papers name them. Add the first one."),
        add_words=_("New site"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def site_add(request: HttpRequest) -> HttpResponse:
    allow(access.can_add_training(request.user))
    projects = own_projects(request)
    form = SiteForm(
        request.POST or None,
        projects=projects,
        initial={"project": likely_project(request, projects)},
    )
    if request.method == "POST" and form.is_valid() and done(form, form.save):
        messages.success(request, _("The site is added."))
        return redirect("training:site_list")
    back = reverse("training:site_list")
    return form_page(request, form, title=_("New site"), crumbs=SITES, back=back)


def _site(request: HttpRequest, pk: int) -> Site:
    rows = Site.objects.readable_by(request.user).select_related("project")
    site = of_project(request, get_object_or_404(rows, pk=pk))
    allow(access.can_edit_training(request.user, site.project))
    return site


@require_http_methods(["GET", "HEAD", "POST"])
def site_edit(request: HttpRequest, pk: int) -> HttpResponse:
    site = _site(request, pk)
    projects = Project.objects.filter(pk=site.project_id)
    form = SiteForm(request.POST or None, instance=site, projects=projects)
    if request.method == "POST" and form.is_valid() and done(form, form.save):
        messages.success(request, _("Saved."))
        return redirect("training:site_list")
    return form_page(
        request,
        form,
        title=_("Change the site"),
        crumbs=SITES,
        back=reverse("training:site_list"),
        danger=[archive_button("training:site_archive", site)],
    )


@require_POST
def site_archive(request: HttpRequest, pk: int) -> HttpResponse:
    return archived(request, _site(request, pk), reverse("training:site_list"))


@require_safe
def job_category_list(request: HttpRequest) -> HttpResponse:
    """What people do at work: decides which modules concern them."""
    allow(access.can_keep_job_categories(request.user))
    rows = JobCategory.objects.annotate(module_count=Count("modules"))
    return list_page(
        request,
        JobCategoryTable,
        JobCategoryFilter(request.GET, rows, request=request),
        here="job_categories",
        title=_("Job categories"),
        add="training:job_category_add",
        first=_("Social worker, carer, head of an institution: who learns. Add the first one."),
        add_words=_("New job category"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def job_category_add(request: HttpRequest) -> HttpResponse:
    allow(access.can_keep_job_categories(request.user))
    form = JobCategoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and done(form, form.save):
        messages.success(request, _("The job category is added."))
        return redirect("training:job_category_list")
    back = reverse("training:job_category_list")
    return form_page(request, form, title=_("New job category"), crumbs=JOBS, back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def job_category_edit(request: HttpRequest, pk: int) -> HttpResponse:
    allow(access.can_keep_job_categories(request.user))
    category = get_object_or_404(JobCategory, pk=pk)
    form = JobCategoryForm(request.POST or None, instance=category)
    if request.method == "POST" and form.is_valid() and done(form, form.save):
        messages.success(request, _("Saved."))
        return redirect("training:job_category_list")
    return form_page(
        request,
        form,
        title=_("Change the job category"),
        crumbs=JOBS,
        back=reverse("training:job_category_list"),
        danger=[archive_button("training:job_category_archive", category)],
    )


@require_POST
def job_category_archive(request: HttpRequest, pk: int) -> HttpResponse:
    allow(access.can_keep_job_categories(request.user))
    category = get_object_or_404(JobCategory, pk=pk)
    return archived(request, category, reverse("training:job_category_list"))
