"""People's places in a group: adding, changing, leaving, coming back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.lib.text import search_key
from portal.lib.web import wanted
from training import access, actions
from training.forms.people import (
    LeaveForm,
    NewPersonForm,
    PlaceForm,
    SinceForm,
    employers,
    first_day_of,
)
from training.models import Enrolment, EnrolmentState, Group, Participant
from training.views.parts import (
    GROUPS,
    Crumbs,
    allow,
    done,
    enrolment_of,
    form_page,
    group_of,
    question_page,
    uuid_or_none,
)

MOST_FOUND = 12


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A person into the group: found in the portal (``?person=``) or new on the spot."""
    group = group_of(request, pk)
    allow(access.can_enrol(request.user, group))
    if request.GET.get("person"):
        return _enrol_known(request, group)
    partner_only = not access.can_edit_training(request.user, group.project)
    form = NewPersonForm(
        request.POST or None,
        employers=employers(request.user, partner_only=partner_only),
        must_work=partner_only,
    )
    since = SinceForm(request.POST or None, initial={"since": first_day_of(group)})
    known = Participant.objects.readable_by(request.user).current().with_jobs(request.user)
    if request.method == "POST" and form.is_valid() & since.is_valid():
        form.refuse_namesakes(known)
        if not form.errors and done(
            form,
            lambda: actions.enrol_people(
                user=request.user,
                group=group,
                people=[form.person()],
                since=since.cleaned_data["since"],
            ),
        ):
            messages.success(request, _("The person is in the group."))
            return redirect(_after(request, group))
    words = request.GET.get("q", "").strip()[:200]
    context = {
        "group": group,
        "form": form,
        "since": since,
        "q": words,
        "found": _found(known, group, words) if words else [],
    }
    status = 422 if form.errors or since.errors else 200
    return render(request, "training/enrolment_add.html", context, status=status)


def _found(known: QuerySet[Participant], group: Group, words: str) -> list[Participant]:
    """People who fit the words and are not in the group yet."""
    for word in search_key(words).split():
        known = known.filter(search_key__contains=word)
    return list(known.exclude(enrolments__group=group)[:MOST_FOUND])


def _enrol_known(request: HttpRequest, group: Group) -> HttpResponse:
    people = Participant.objects.readable_by(request.user).current()
    person = get_object_or_404(people, pk=uuid_or_none(request.GET["person"]))
    since = first_day_of(group)
    work = person.employments.visible_to(request.user).now_first(since).first()
    form = _place_form(
        request,
        Enrolment(group=group, participant=person),
        initial={
            "since": since,
            "job_category": work.job_category_id if work else None,
            "organisation": work.organisation_id if work else None,
        },
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done(
            form,
            lambda: actions.enrol(user=request.user, group=group, participant=person, **data),
        ):
            messages.success(request, _("The person is in the group."))
            return redirect(group)
    return form_page(
        request,
        form,
        title=_("Add %(name)s") % {"name": person.list_name},
        crumbs=_crumbs(group),
        back=reverse("training:enrolment_add", args=[group.pk]),
        save=_("Add"),
    )


def _place_form(request: HttpRequest, place: Enrolment, **kwargs: Any) -> PlaceForm:
    """A municipal coordinator names his own organisation, for whom the person then must work."""
    partner_only = not access.can_edit_training(request.user, place.group.project)
    jobs = place.participant.employments.of_partner(request.user)
    return PlaceForm(
        request.POST or None,
        instance=place,
        employers=employers(request.user, partner_only=partner_only),
        jobs=jobs if partner_only else None,
        **kwargs,
    )


def _after(request: HttpRequest, group: Group) -> str:
    """Back to the empty form when a whole list is being typed, else to the group."""
    if request.POST.get("then") == "next":
        return reverse("training:enrolment_add", args=[group.pk])
    return group.get_absolute_url()


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Since when and as what a person is in the group."""
    enrolment = enrolment_of(request, pk)
    group = enrolment.group
    allow(access.can_change_enrolment(request.user, enrolment))
    form = _place_form(request, enrolment)
    if request.method == "POST" and form.is_valid():
        changed = done(
            form, lambda: actions.change_enrolment(user=request.user, enrolment=form.instance)
        )
        if changed:
            messages.success(request, _("Saved."))
            return redirect(group)
    return form_page(
        request,
        form,
        title=enrolment.participant.list_name,
        crumbs=_crumbs(group),
        back=group.get_absolute_url(),
        lead=_("The job category decides which modules concern the person."),
        links=[(reverse("training:enrolment_leave", args=[pk]), _leave_words(_is_gone(enrolment)))],
    )


def _is_gone(enrolment: Enrolment) -> bool:
    return enrolment.state == EnrolmentState.WITHDRAWN


def _leave_words(returns: bool) -> str:
    return _("Bring back into the group") if returns else _("Leaves the group")


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person leave the group, or bring back one who left; marks stay either way."""
    enrolment = enrolment_of(request, pk)
    allow(access.can_change_enrolment(request.user, enrolment))
    returns = _is_gone(enrolment)
    if request.method == "POST":
        state = wanted(request, EnrolmentState.WITHDRAWN, EnrolmentState.ACTIVE)
        returns = state == EnrolmentState.ACTIVE
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if returns:
        del form.fields["on"]
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        action = actions.take_back if returns else actions.withdraw
        if done(form, lambda: action(user=request.user, enrolment=enrolment, **data)):
            messages.success(request, _("Saved."))
            return redirect(enrolment.group)
    return question_page(
        request,
        question=f"{enrolment.participant.list_name}: {_leave_words(returns).lower()}?",
        consequences=[
            _("The person is marked and counted again.")
            if returns
            else _("Marks made so far stay; later sessions no longer concern the person.")
        ],
        action=_leave_words(returns),
        back=reverse("training:enrolment_edit", args=[pk]),
        form=form,
        wanted=EnrolmentState.ACTIVE if returns else EnrolmentState.WITHDRAWN,
    )


def _crumbs(group: Group) -> Crumbs:
    return [*GROUPS, (group.get_absolute_url(), group.name)]
