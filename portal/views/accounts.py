"""Accounts: who may sign in, in which role; inviting, changing, closing."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal import actions
from portal.access import (
    GIVEN_ROLES,
    GivenRole,
    accounts_visible_to,
    can_change_account,
    can_invite,
    can_reset_second_step,
    can_take_back,
    coordinated_projects,
    grantable_roles,
    with_roles,
)
from portal.forms import AccountForm, InviteForm, InviteParticipantForm
from portal.lib.text import search_key
from portal.lib.web import cut_table
from portal.models import User
from portal.tables import AccountTable
from training.access import can_link_participant
from training.models import GroupTrainer, Participant

BETWEEN_LETTERS = 60  # seconds before the same person may be written to again


@require_safe
def user_list(request: HttpRequest) -> HttpResponse:
    """The accounts this person looks after, with their roles."""
    if not can_invite(request.user):
        raise PermissionDenied
    accounts = accounts_visible_to(request.user)
    words = request.GET.get("q", "").strip()[:200]
    for word in search_key(words).split():
        accounts = accounts.filter(search_key__contains=word)
    table = AccountTable(with_roles(accounts, request.user))
    cut_table(request, table)
    return render(request, "portal/user_list.html", {"table": table, "q": words})


@require_http_methods(["GET", "HEAD", "POST"])
def user_invite(request: HttpRequest) -> HttpResponse:
    """First the role, then who and where; ``?scope=`` may propose the place."""
    if not can_invite(request.user):
        raise PermissionDenied
    role = asked_role(request)
    if not role:
        return render(request, "portal/user_invite_role.html", {"roles": _offered(request.user)})
    where = {"scope": request.GET.get("scope", "")}
    form = InviteForm(request.POST or None, by=request.user, role=role, initial=where)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fields = ("email", "given_name", "family_name", "language")
        try:
            user = actions.invite(
                by=request.user,
                grant=form.grant(),
                valid_to=data.get("valid_to"),
                **{name: data[name] for name in fields},
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            write_to(request, user)
            return redirect("user_list")
    context = {"form": form, "role": GIVEN_ROLES[role]}
    return form_page(request, "portal/user_invite.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def user_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its name, its roles, whether it is open."""
    account = account_of(request, pk)
    may_change = can_change_account(request.user, account)
    form = AccountForm(request.POST or None, instance=account) if may_change else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            form.save()
            messages.success(request, _("Saved."))
            return redirect("user_edit", pk=account.pk)
        account = account_of(request, pk)  # as stored, not as typed
    shown = with_roles(User.objects.filter(pk=pk), request.user).get()
    context = {
        "account": account,
        "form": form,
        "may_change": may_change,
        "roles": [(each, can_take_back(request.user, each)) for each in shown.shown_roles],
        "groups": [(each, may_take_group(request.user, each)) for each in shown.shown_groups],
        "is_participant": shown.is_participant,
        "has_more": shown.has_more,
        "second_step": _second_step(request.user, account),
        "offered": _offered(request.user) if account.is_active and account != request.user else [],
    }
    return form_page(request, "portal/user_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def participant_invite(request: HttpRequest, pk: Any) -> HttpResponse:
    """Give a participant an account of his own."""
    participant = get_object_or_404(Participant.objects.visible_to(request.user), pk=pk)
    if not can_link_participant(request.user, participant):
        raise PermissionDenied
    form = InviteParticipantForm(request.POST or None, participant=participant)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.invite_participant(
                by=request.user, participant=participant, email=form.cleaned_data["email"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            write_to(request, user)
            return redirect(participant)
    context = {"participant": participant, "form": form}
    return form_page(request, "portal/participant_invite.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def participant_unlink(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take a participant's account from him, after saying what follows."""
    participant = get_object_or_404(Participant.objects.visible_to(request.user), pk=pk)
    if not can_link_participant(request.user, participant):
        raise PermissionDenied
    if not participant.user:
        return redirect(participant)
    if request.method == "POST":
        actions.unlink_participant(by=request.user, participant=participant)
        messages.success(request, _("The account is unlinked."))
        return redirect(participant)
    words = {"email": participant.user.email, "name": participant.name}
    context = {
        "question": _("Unlink the account of %(name)s?") % words,
        "consequences": [
            _("%(email)s no longer sees the courses, hours and certificates of %(name)s.") % words,
            _("All that was entered stays. The person can be invited again."),
        ],
        "action": _("Unlink the account"),
        "back": participant.get_absolute_url(),
    }
    return render(request, "parts/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def my_account(request: HttpRequest) -> HttpResponse:
    """One's own name and language; roles are shown, the password has its own page."""
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        response = redirect("my_account")
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)  # the account's language holds now
        return response
    me = User.objects.get(pk=request.user.pk)  # as stored, not as typed
    context = {
        "form": form,
        "account": me,
        "memberships": me.memberships.in_force().select_related(
            "organisation", "programme", "project"
        ),
        "groups": me.teaching.select_related("group__programme__project"),
    }
    return form_page(request, "portal/my_account.html", context)


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with its form, if any; one that holds mistakes is told from one that is new."""
    form = context["form"]
    return render(request, template, context, status=422 if form and form.errors else 200)


def account_of(request: HttpRequest, pk: int) -> User:
    """An account in the person's care; any other is not found."""
    if not can_invite(request.user):
        raise Http404
    return get_object_or_404(accounts_visible_to(request.user), pk=pk)


def write_to(request: HttpRequest, user: User) -> None:
    """Send the letter of invitation and say what became of it; the account stands either way."""
    if actions.send_invitation(user=user, by=request.user):
        cache.set(_letter_key(user), 1, BETWEEN_LETTERS)
        messages.success(request, _("The invitation went to %(email)s.") % {"email": user.email})
    else:
        cache.delete(_letter_key(user))
        messages.error(
            request,
            _(
                "The account is there, but the mail could not be sent. Send the invitation again later."
            ),
        )


def may_write_again(user: User) -> bool:
    """Whether the last letter is a while ago; asking takes the turn."""
    return cache.add(_letter_key(user), 1, BETWEEN_LETTERS)


def _letter_key(user: User) -> str:
    return f"invitation:{user.pk}"


def asked_role(request: HttpRequest) -> str:
    """The role named in the address, if the person may give it at all."""
    role = request.GET.get("role", "")
    if role and role not in grantable_roles(request.user):
        raise PermissionDenied
    return role


def may_take_group(user: Any, trainer: GroupTrainer) -> bool:
    project = trainer.group.programme.project_id
    return trainer.user_id != user.pk and coordinated_projects(user).filter(pk=project).exists()


def _second_step(user: Any, account: User) -> dict[str, Any] | None:
    """What an administrator may know of it: whether there is one, and when it was reset and why."""
    if not can_reset_second_step(user, account):
        return None
    return {
        "is_set_up": Authenticator.objects.filter(user=account).exists(),
        "resets": account.second_step_resets.select_related("by")[:3],
    }


def _offered(user: Any) -> list[GivenRole]:
    return [GIVEN_ROLES[code] for code in grantable_roles(user)]
