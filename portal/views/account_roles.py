"""The roles of an account, one button each: give, take back; close and open the account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal import actions
from portal.access import GIVEN_ROLES, can_change_account, can_take_back
from portal.forms import GrantForm
from portal.models import User
from portal.views.accounts import (
    account_of,
    asked_role,
    form_page,
    may_take_group,
    may_write_again,
    write_to,
)
from projects.models import Membership
from training.models import GroupTrainer


@require_http_methods(["GET", "HEAD", "POST"])
def user_role_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more role for an account."""
    account = account_of(request, pk)
    role = asked_role(request)
    if account.pk == request.user.pk:
        raise PermissionDenied
    if not role:
        return redirect("user_edit", pk=account.pk)
    form = GrantForm(request.POST or None, by=request.user, role=role)
    if request.method == "POST" and form.is_valid():
        actions.give_role(
            user=account, grant=form.grant(), valid_to=form.cleaned_data.get("valid_to")
        )
        messages.success(request, _("The role is given."))
        return redirect("user_edit", pk=account.pk)
    context = {"account": account, "form": form, "role": GIVEN_ROLES[role]}
    return form_page(request, "portal/user_role_add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def user_role_remove(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    """Take a role back, after saying what follows."""
    account = account_of(request, pk)
    row = get_object_or_404(Membership, pk=membership, user=account)
    if not can_take_back(request.user, row):
        raise PermissionDenied
    if request.method == "POST":
        return _done(
            request, account, actions.take_role, _("The role is taken back."), membership=row
        )
    what = f"{row.get_role_display()}, {row.scope}"
    return _ask(
        request,
        account,
        _("Take back a role"),
        [
            _("%(name)s is no longer: %(role)s.") % {"name": account, "role": what},
            _("It holds from the next page the person opens. The role can be given again."),
        ],
        _("Take back"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def user_group_remove(request: HttpRequest, pk: int, trainer: int) -> HttpResponse:
    """End a trainer's work with a group, after saying what follows."""
    account = account_of(request, pk)
    row = get_object_or_404(GroupTrainer.objects.select_related("group"), pk=trainer, user=account)
    if not may_take_group(request.user, row):
        raise PermissionDenied
    if request.method == "POST":
        return _done(
            request, account, actions.take_group, _("The role is taken back."), trainer=row
        )
    return _ask(
        request,
        account,
        _("Take back a group"),
        [
            _("%(name)s no longer teaches %(group)s.") % {"name": account, "group": row.group},
            _("The marks made so far stay as they are."),
        ],
        _("Take back"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def user_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, after saying what follows."""
    account = account_of(request, pk)
    if not can_change_account(request.user, account):
        raise PermissionDenied
    if request.method == "POST":
        return _done(
            request,
            account,
            actions.set_active,
            _("The account is closed."),
            user=account,
            active=False,
        )
    return _ask(
        request,
        account,
        _("Close the account of %(name)s?") % {"name": account},
        [
            _("The person can no longer sign in; an open session ends at once."),
            _("Roles and all that was entered stay. The account can be opened again."),
        ],
        _("Close the account"),
    )


@require_POST
def user_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    account = account_of(request, pk)
    if not can_change_account(request.user, account):
        raise PermissionDenied
    done = _("The account is open again.")
    return _done(request, account, actions.set_active, done, user=account, active=True)


@require_POST
def user_invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the letter of invitation once more."""
    account = account_of(request, pk)
    if account == request.user or not account.is_active:
        raise PermissionDenied
    if may_write_again(account):
        write_to(request, account)
    else:
        messages.error(
            request, _("An invitation went out just now. Wait a minute before the next.")
        )
    return redirect("user_edit", pk=account.pk)


def _done(
    request: HttpRequest, account: User, action: Any, words: str, **arguments: Any
) -> HttpResponse:
    """Carry the action out and say so, or say why it cannot be done."""
    try:
        action(**arguments)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, words)
    return redirect("user_edit", pk=account.pk)


def _ask(
    request: HttpRequest, account: User, question: str, consequences: list[str], action: str
) -> HttpResponse:
    context = {
        "question": question,
        "consequences": consequences,
        "action": action,
        "back": reverse("user_edit", args=[account.pk]),
    }
    return render(request, "parts/confirm.html", context)
