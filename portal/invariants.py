"""What must always hold between rows that the database cannot check by itself.

Every app has its own list; here stand those that look across apps, and the one road to all.
Each yields one line per difference, with numbers of rows and never a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count, F, OuterRef, Q, Subquery

from certificates import measures as certificates_measures
from certificates.models import Certificate
from portal.access import SCOPES_OF_ROLE, grant_of
from portal.lib.documents import DamagedFileError
from portal.lib.fields import KeyedModel, key_fields
from portal.models import User
from projects.measures import figures
from projects.models import (
    Indicator,
    IndicatorMethod,
    Membership,
    Report,
    ReportPaper,
    ReportState,
    ReportStep,
    Role,
)
from training import measures as training_measures
from training.models import (
    Enrolment,
    EnrolmentChange,
    Session,
    SessionChange,
    SessionState,
)
from training.rules import contact_minutes

type Invariant = Callable[[], Iterator[str]]


@dataclass(frozen=True)
class Finding:
    """A promise in words, and every difference from it."""

    promise: str
    differences: list[str]


def sessions_have_their_minutes() -> Iterator[str]:
    """The contact minutes of a session are its end less its start less the breaks."""
    times = Session.objects.values_list("pk", "starts", "ends", "break_minutes", "minutes")
    for pk, starts, ends, breaks, minutes in times.iterator():
        if minutes != contact_minutes(starts, ends, breaks):
            yield f"session {pk}: {minutes} minutes kept"


def closed_sessions_are_complete() -> Iterator[str]:
    """Everyone whom a closed session concerns is marked in it; it knows when it was closed."""
    closed: Any = Session.objects.filter(state=SessionState.CLOSED).with_marks()
    wrong = closed.filter(~Q(concerned_count=F("marked_count")) | Q(closed_at__isnull=True))
    for pk, concerned, marked in wrong.values_list("pk", "concerned_count", "marked_count"):
        yield f"session {pk}: {marked} of {concerned} marked"


def modules_are_of_the_groups_programme() -> Iterator[str]:
    """The module of a session belongs to the programme its group goes through."""
    known = Session.objects.filter(module__isnull=False)
    for pk in known.exclude(module__programme=F("group__programme")).values_list("pk", flat=True):
        yield f"session {pk}: a module of another programme"


def states_follow_their_history() -> Iterator[str]:
    """The state of an enrolment or a session is the last step of its history."""
    last_step = EnrolmentChange.objects.filter(enrolment=OuterRef("pk")).order_by("-at", "-pk")
    enrolments = Enrolment.objects.annotate(last=Subquery(last_step.values("new_state")[:1]))
    for pk in enrolments.filter(Q(last__isnull=True) | ~Q(last=F("state"))).values_list("pk"):
        yield f"enrolment {pk[0]}: its state is not in its history"
    last_change = SessionChange.objects.filter(session=OuterRef("pk")).order_by("-at", "-pk")
    sessions = Session.objects.annotate(last=Subquery(last_change.values("new_state")[:1]))
    for pk in sessions.filter(~Q(last=F("state")), last__isnull=False).values_list("pk"):
        yield f"session {pk[0]}: its state is not the last in its history"


def certificates_agree_with_their_rows() -> Iterator[str]:
    """Person, group, project and frozen facts of a certificate are those of its row."""
    astray = Certificate.objects.exclude(
        participant=F("enrolment__participant"),
        group=F("enrolment__group"),
        project=F("enrolment__group__programme__project"),
    )
    for pk in astray.values_list("pk", flat=True):
        yield f"certificate {pk}: another enrolment than its person, group and project"
    for row in Certificate.objects.iterator():
        facts = row.facts["data"]
        told = (facts["number"], facts["token"], facts["name"], facts["issued_on"], facts["demo"])
        day = row.issued_on.isoformat()
        if told != (row.display_number, row.token, row.holder, day, row.is_demo):
            yield f"certificate {row.pk}: its facts say something else"
        if row.year != row.issued_on.year:
            yield f"certificate {row.pk}: issued in another year than its number"


def successors_follow_a_revocation() -> Iterator[str]:
    """A certificate that replaces another does so for the same person, after a revocation."""
    rows = Certificate.objects.filter(replaces__isnull=False)
    fine = rows.filter(replaces__revoked_on__isnull=False, replaces__enrolment=F("enrolment"))
    for pk in rows.exclude(pk__in=fine.values("pk")).values_list("pk", flat=True):
        yield f"certificate {pk}: replaces one that it may not replace"


def figures_are_recounted() -> Iterator[str]:
    """The figure of certified people is the number of people with a valid certificate."""
    indicators = list(
        Indicator.objects.filter(
            method=IndicatorMethod.MEASURED,
            measure="certificates.persons_certified",
            activity__isnull=True,
        )
    )
    people = (
        Certificate.objects.valid()
        .order_by()
        .values_list("project")
        .annotate(people=Count("participant", distinct=True))
    )
    counted, reached = dict(people), figures(indicators)
    for each in indicators:
        figure, count = reached[each.pk].value or 0, counted.get(each.project_id, 0)
        if figure != count:
            yield f"indicator {each.pk}: {figure} shown, {count} counted"


def keys_are_fresh() -> Iterator[str]:
    """Every stored sort and search key is what its sources give today."""
    for model in apps.get_models():
        # A row of history keeps the key of its day.
        if not issubclass(model, KeyedModel) or hasattr(model, "history_id"):
            continue
        fields = key_fields(model)
        for row in model._default_manager.iterator():
            if any(getattr(row, each.attname) != each.key_of(row) for each in fields):
                yield f"{model._meta.verbose_name} {row.pk}: a stale key"


def roles_make_sense() -> Iterator[str]:
    """A role reaches one scope of a kind that is meant for it; an auditor's has a last day."""
    rows: Any = Membership.objects.select_related("organisation", "programme", "project")
    for row in rows.iterator():
        scopes = [row.everything, row.organisation, row.programme, row.project]
        fits = grant_of(row).kind in SCOPES_OF_ROLE.get(row.role, ())
        ends = row.role != Role.AUDITOR or row.valid_to is not None
        if sum(map(bool, scopes)) != 1 or not fits or not ends:
            yield f"membership {row.pk}: a role over what it is not meant for"


def somebody_administers() -> Iterator[str]:
    """A portal with accounts has an administrator who can sign in."""
    administrators = Membership.objects.in_force().filter(
        role=Role.ADMIN, everything=True, user__is_active=True
    )
    if User.objects.exists() and not administrators.exists():
        yield "no administrator can sign in"


def reports_follow_their_steps() -> Iterator[str]:
    """The state of a report is the last step of its history, and what was sent has a version."""
    last = ReportStep.objects.filter(report=OuterRef("pk")).order_by("-pk").values("new_state")[:1]
    reports = Report.objects.annotate(last=Subquery(last)).exclude(last=F("state"))
    for pk in reports.filter(last__isnull=False).values_list("pk", flat=True):
        yield f"report {pk}: its state is not the last in its history"
    waiting = Report.objects.filter(state=ReportState.SIGNING, versions__isnull=True)
    for pk in waiting.values_list("pk", flat=True):
        yield f"report {pk}: waits for a sign-off without a version"


def papers_of_reports_are_as_made() -> Iterator[str]:
    """Every ready paper of a report is the very file that was made."""
    for paper in ReportPaper.objects.ready().iterator():
        try:
            paper.read()
        except (DamagedFileError, OSError):
            yield f"paper {paper.pk} of a report: its file is lost or another"


def demo_stays_apart() -> Iterator[str]:
    """Invented people stand in invented groups, real ones in real groups."""
    mixed = Enrolment.objects.exclude(participant__is_demo=F("group__is_demo"))
    for pk in mixed.values_list("pk", flat=True):
        yield f"enrolment {pk}: an invented person in a real group, or the reverse"


ACROSS: tuple[Invariant, ...] = (
    sessions_have_their_minutes,
    closed_sessions_are_complete,
    modules_are_of_the_groups_programme,
    states_follow_their_history,
    certificates_agree_with_their_rows,
    successors_follow_a_revocation,
    figures_are_recounted,
    keys_are_fresh,
    roles_make_sense,
    somebody_administers,
    reports_follow_their_steps,
    papers_of_reports_are_as_made,
    demo_stays_apart,
)


def all_invariants() -> tuple[Invariant, ...]:
    """Those of each app, then those across apps."""
    return (*training_measures.INVARIANTS, *certificates_measures.INVARIANTS, *ACROSS)


def run() -> Iterator[Finding]:
    """Ask them all, one after the other."""
    for ask in all_invariants():
        words = (ask.__doc__ or ask.__name__).strip().splitlines()[0]
        yield Finding(words, list(ask()))
