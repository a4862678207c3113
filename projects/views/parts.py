"""Add, change and remove a part of something: a partner of a project, a logo of a visual set.

One view each serves every kind of part; ``PARTS`` tells what kinds there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from projects import actions, forms
from projects.access import (
    can_administer,
    can_edit_project,
    can_keep_organisations,
    can_read_organisations,
    programmes_for,
)
from projects.models import Indicator, Organisation, Programme, Project, VisualSet

from .organisations import organisation_crumbs
from .pages import Crumb, answer_form, answer_remove, refuse_unless, visible_project
from .programmes import programme_crumbs


@dataclass(frozen=True)
class Owner:
    """What parts hang on: its address, who sees it, who may change it, where one returns."""

    prefix: str
    find: Callable[..., Any]
    may_edit: Callable[[Any, Any], bool]
    back: Callable[[Any, str], str]
    crumbs: Callable[[Any], Sequence[Crumb]]


@dataclass(frozen=True)
class Part:
    """A kind of row that hangs on an owner; ``rows`` is the name of its list there.

    ``noun`` makes the addresses and their names: ``partner_add``, ``partner_edit``,
    ``partner_remove``. ``save`` is the action if it is not plain keeping; ``fixed`` tells rows
    that can no longer be changed.
    """

    noun: str
    plural: str
    owner: Owner
    form: type[forms.PartForm]
    rows: str
    title_add: Any
    title_edit: Any
    tab: str = ""
    save: Callable[[Any, Any], Any] | None = None
    fixed: Callable[[Any], bool] | None = None

    def may_change(self, user: Any, owner: Any, row: Any) -> bool:
        """Whether ``user`` may; the action asks the row again under its lock."""
        return self.owner.may_edit(user, owner) and not (self.fixed and self.fixed(row))


def project_page(project: Project, tab: str) -> str:
    """The tab of the project's page that shows such parts; sources have a page of their own."""
    if tab == "sources":
        return reverse("projects:source_list", args=[project.code])
    if tab == "reports":
        return f"{reverse('projects:report_list')}?project={project.code}"
    return f"{project.get_absolute_url()}?tab={tab}" if tab else project.get_absolute_url()


def project_crumbs(project: Project, *more: Crumb) -> list[Crumb]:
    """The way to a page of a project."""
    return [
        Crumb(_("Projects"), reverse("projects:project_list")),
        Crumb(project.short, project.get_absolute_url()),
        *more,
    ]


def visible_indicator(request: HttpRequest, code: str, indicator: str) -> Indicator:
    """The indicator of this page, or 404."""
    project = visible_project(request, code)
    found = project.indicators.select_related("activity", "parent", "source")
    row = get_object_or_404(found, code=indicator)
    row.project = project
    return row


def indicator_crumbs(indicator: Indicator) -> list[Crumb]:
    listed = reverse("projects:indicator_list", args=[indicator.project.code])
    own = indicator.get_absolute_url()
    return project_crumbs(
        indicator.project, Crumb(_("Indicators"), listed), Crumb(indicator.name, own)
    )


def _programme(request: HttpRequest, programme: int) -> Programme:
    return get_object_or_404(programmes_for(request.user), pk=programme)


def _visual_set(request: HttpRequest, programme: int, visual_set: int) -> VisualSet:
    return get_object_or_404(_programme(request, programme).visual_sets.all(), pk=visual_set)


def _organisation(request: HttpRequest, organisation: int) -> Organisation:
    refuse_unless(can_read_organisations(request.user))
    return get_object_or_404(Organisation, pk=organisation)


PROJECT = Owner(
    "projects/<slug:code>/", visible_project, can_edit_project, project_page, project_crumbs
)
INDICATOR = Owner(
    "projects/<slug:code>/indicators/<str:indicator>/",
    visible_indicator,
    lambda user, row: can_edit_project(user, row.project),
    lambda row, tab: row.get_absolute_url(),
    indicator_crumbs,
)
PROGRAMME = Owner(
    "programmes/<int:programme>/",
    _programme,
    lambda user, row: can_administer(user),
    lambda row, tab: row.get_absolute_url(),
    lambda row: programme_crumbs(Crumb(row.name, row.get_absolute_url())),
)
VISUAL_SET = Owner(
    "programmes/<int:programme>/visual-sets/<int:visual_set>/",
    _visual_set,
    lambda user, row: can_administer(user),
    lambda row, tab: row.programme.get_absolute_url(),
    lambda row: programme_crumbs(Crumb(row.programme.name, row.programme.get_absolute_url())),
)
ORGANISATION = Owner(
    "organisations/<int:organisation>/",
    _organisation,
    lambda user, row: can_keep_organisations(user),
    lambda row, tab: row.get_absolute_url(),
    lambda row: organisation_crumbs(Crumb(row.name, row.get_absolute_url())),
)

PARTS = (
    Part("partner", "partners", PROJECT, forms.PartnerForm, "partnerships",
         gettext_lazy("Add a partner"), gettext_lazy("Change the partner"), "partners"),
    Part("funding", "funding", PROJECT, forms.FundingForm, "funding",
         gettext_lazy("Add an amount"), gettext_lazy("Change the amount"), "funding"),
    Part("activity", "activities", PROJECT, forms.ActivityForm, "activities",
         gettext_lazy("Add an activity"), gettext_lazy("Change the activity"), "activities"),
    Part("identifier", "identifiers", PROJECT, forms.IdentifierForm, "identifiers",
         gettext_lazy("Add a project number"), gettext_lazy("Change the project number")),
    Part("title", "titles", PROJECT, forms.TitleForm, "title_variants",
         gettext_lazy("Add another title"), gettext_lazy("Change the other title")),
    Part("status", "statuses", PROJECT, forms.StatusForm, "status_entries",
         gettext_lazy("Add a status"), gettext_lazy("Change the status")),
    Part("aim", "aims", PROJECT, forms.AimForm, "aims",
         gettext_lazy("Add a specific aim"), gettext_lazy("Change the specific aim")),
    Part("target_group", "target-groups", PROJECT, forms.TargetGroupForm, "target_groups",
         gettext_lazy("Add a target group"), gettext_lazy("Change the target group")),
    Part("related", "related", PROJECT, forms.RelatedForm, "related_projects",
         gettext_lazy("Add a related project"), gettext_lazy("Change the related project")),
    Part("source", "sources", PROJECT, forms.SourceForm, "sources",
         gettext_lazy("Add a source"), gettext_lazy("Change the source"), "sources"),
    Part("statement", "statements", PROJECT, forms.StatementForm, "statements",
         gettext_lazy("Add a published figure"), gettext_lazy("Change the published figure"), "sources"),
    Part("report", "reports", PROJECT, forms.ReportForm, "reports",
         gettext_lazy("Add a reporting period"), gettext_lazy("Change the reporting period"), "reports",
         fixed=lambda row: not row.is_open),
    Part("plan", "plan", INDICATOR, forms.PlanForm, "targets",
         gettext_lazy("Add a plan to a date"), gettext_lazy("Change the plan to a date")),
    Part("value", "values", INDICATOR, forms.ValueForm, "values",
         gettext_lazy("Enter a value"), gettext_lazy("Change the value"),
         save=lambda row, user: actions.record_value(value=row, by=user),
         fixed=lambda row: row.is_counted),
    Part("visual_set", "visual-sets", PROGRAMME, forms.VisualSetForm, "visual_sets",
         gettext_lazy("Add a visual set"), gettext_lazy("Change the visual set")),
    Part("logo", "logos", VISUAL_SET, forms.LogoForm, "logos",
         gettext_lazy("Add a logo"), gettext_lazy("Change the logo")),
    Part("name", "names", ORGANISATION, forms.OtherNameForm, "other_names",
         gettext_lazy("Add another name"), gettext_lazy("Change the other name")),
)  # fmt: skip


def _form(part: Part, request: HttpRequest, owner: Any, row: Any = None) -> forms.PartForm:
    extra = {"user": request.user} if "user" in signature(part.form.__init__).parameters else {}
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return part.form(data, files, owner=owner, instance=row, **extra)


def _answer(request: HttpRequest, part: Part, owner: Any, row: Any, heading: Any) -> HttpResponse:
    save = part.save
    return answer_form(
        request,
        _form(part, request, owner, row),
        heading=heading,
        back=part.owner.back(owner, part.tab),
        crumbs=part.owner.crumbs(owner),
        save=(lambda filled: save(filled, request.user)) if save else None,
        fixed=part.fixed,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def part_add(request: HttpRequest, part: Part, **keys: Any) -> HttpResponse:
    owner = part.owner.find(request, **keys)
    refuse_unless(part.owner.may_edit(request.user, owner))
    return _answer(request, part, owner, None, part.title_add)


@require_http_methods(["GET", "HEAD", "POST"])
def part_edit(request: HttpRequest, part: Part, pk: int, **keys: Any) -> HttpResponse:
    owner = part.owner.find(request, **keys)
    row = get_object_or_404(getattr(owner, part.rows), pk=pk)
    refuse_unless(part.may_change(request.user, owner, row))
    return _answer(request, part, owner, row, part.title_edit)


@require_http_methods(["GET", "HEAD", "POST"])
def part_remove(request: HttpRequest, part: Part, pk: int, **keys: Any) -> HttpResponse:
    owner = part.owner.find(request, **keys)
    row = get_object_or_404(getattr(owner, part.rows), pk=pk)
    refuse_unless(part.may_change(request.user, owner, row))
    back = part.owner.back(owner, part.tab)
    return answer_remove(request, row, back=back, fixed=part.fixed)
