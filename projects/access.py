"""Who may do what with projects and what hangs on them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from projects.models import (
    DRAFT_READERS,
    EDITOR_ROLES,
    IndicatorValue,
    Membership,
    Organisation,
    Programme,
    Project,
    Report,
    ReportState,
    Role,
    held_by,
)

# Roles that read a project's rows about people by name; the funder is not among them.
PEOPLE_ROLES = (Role.ADMIN, Role.COORDINATOR, Role.OFFICER, Role.AUDITOR)


def projects_for(user: Any, *roles: Role) -> Any:
    """The projects in which ``user`` holds one of ``roles`` today."""
    return Project.objects.for_roles(user, *roles)


def has_role(user: Any, project: Project, *roles: Role) -> bool:
    """Whether ``user`` holds one of ``roles`` in the project, as a partner's member too."""
    held = held_by(user, *roles)
    if any(each.covers(project) for each in held):
        return True
    is_partner = any(each.role == Role.PARTNER for each in held)
    return is_partner and projects_for(user, *roles).filter(pk=project.pk).exists()


def can_edit_project(user: Any, project: Project) -> bool:
    """Administrators and coordinators of the lead partner change a project and all its parts."""
    return has_role(user, project, *EDITOR_ROLES)


def can_read_people(user: Any, project: Project) -> bool:
    """Names are for those who run or audit the project; a funder sees counts."""
    return has_role(user, project, *PEOPLE_ROLES)


def can_administer(user: Any) -> bool:
    """Administrators of everything keep programmes, funders, organisations and accounts."""
    return any(each.everything for each in held_by(user, Role.ADMIN))


def can_add_project(user: Any) -> bool:
    """An administrator, or a coordinator of an organisation, which then leads the project."""
    return can_administer(user) or any(
        each.organisation_id for each in held_by(user, Role.COORDINATOR)
    )


def can_keep_organisations(user: Any) -> bool:
    """Whoever may add a project may also add the partners it needs."""
    return can_add_project(user)


def can_read_organisations(user: Any) -> bool:
    """The register of organisations is a tool of those who run projects."""
    return can_add_project(user) or projects_for(user, *EDITOR_ROLES).exists()


def organisations_led_by(user: Any) -> QuerySet[Organisation]:
    """The organisations in whose name ``user`` may begin a project."""
    held = held_by(user, Role.COORDINATOR)
    led = {each.organisation_id for each in held if each.organisation_id}
    return Organisation.objects.current().filter(pk__in=led)


def programmes_for(user: Any) -> QuerySet[Programme]:
    """Those who may begin a project choose among all programmes; others see those of their own."""
    if can_add_project(user):
        return Programme.objects.all()
    return Programme.objects.filter(projects__in=Project.objects.visible_to(user)).distinct()


def can_approve_values(user: Any, project: Project) -> bool:
    """Editors and officers of the project approve what others entered."""
    return has_role(user, project, *EDITOR_ROLES, Role.OFFICER)


def can_approve_value(user: Any, value: IndicatorValue) -> bool:
    """An editor or officer of the project, but never the one who entered the figure."""
    return value.waits_for(user) and can_approve_values(user, value.indicator.project)


def can_read_evidence(user: Any, project: Project) -> bool:
    """Evidence may hold lists of people, so it is for those who may read names."""
    return can_read_people(user, project)


def chosen_project(user: Any, session: Any) -> Project | None:
    """The project chosen in the nav, if ``user`` may still see it."""
    code = session.get("project")
    return Project.objects.visible_to(user).current().filter(code=code).first() if code else None


def can_read_drafts(user: Any, report: Report) -> bool:
    """Whoever works at the project reads what is being written; a funder what was sent."""
    return has_role(user, report.project, *DRAFT_READERS)


def can_sign_report(user: Any, report: Report) -> bool:
    """An officer signs off the reports of the projects his organisation leads."""
    return has_role(user, report.project, Role.OFFICER)


def can_judge_report(user: Any, report: Report) -> bool:
    """A funder of the project returns and accepts; an administrator where no funder signs in."""
    return judges_of(report.project).filter(user=user.pk).exists()


def judges_of(project: Project) -> QuerySet[Membership]:
    """The funders of a project who can sign in; where there is none, the administrators."""
    funders = holders_of(project, Role.FUNDER)
    return funders if funders.exists() else holders_of(project, Role.ADMIN)


def can_return_report(user: Any, report: Report) -> bool:
    """The officer before it is sent, the funder after it."""
    if report.state == ReportState.SIGNING:
        return can_sign_report(user, report)
    return can_judge_report(user, report)


def officers_besides(user: Any, project: Project) -> QuerySet[Membership]:
    """The officers of a project who can sign in, other than ``user``: the second persons."""
    return holders_of(project, Role.OFFICER).exclude(user=user)


def holders_of(project: Project, role: Role) -> QuerySet[Membership]:
    """Those of a role that reaches the project as a whole, as far as they can sign in."""
    reach = Q(everything=True) | Q(project=project) | Q(programme=project.programme_id)
    if project.lead_id:
        reach |= Q(organisation=project.lead_id)
    return Membership.objects.in_force().filter(reach, role=role, user__is_active=True)
