"""Verbs upon accounts: invite, give and take a role, make a token, close and open again."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.access import TRAINER, Grant, ScopeKind, can_grant, can_reset_second_step
from portal.lib.documents import DocumentQuerySet, Priority, ask_all_again
from portal.lib.text import search_key, tidy_line
from portal.models import ApiToken, SecondStepReset, User
from portal.tokens import digest_of, last_day_allowed, new_secret
from projects.models import Membership, Organisation, OrganisationKind, Role, forget_held
from training.access import can_link_participant
from training.models import GroupTrainer, Participant

log = logging.getLogger(__name__)
MOST_TOKENS = 20  # in force at once, per account


@transaction.atomic
def invite(
    *,
    by: User,
    email: str,
    grant: Grant,
    given_name: str = "",
    family_name: str = "",
    language: str = settings.LANGUAGE_CODE,
    valid_to: date | None = None,
) -> User:
    """Make the account if nobody has this address yet, and give the role.

    The one who invites sees the same whether or not the address was known. The letter goes when
    all this is stored: ``send_invitation``.
    """
    if not can_grant(by, grant):
        raise PermissionDenied
    user = _account(email, given_name, family_name, language)
    _refuse_own_or_closed(by, user)
    give_role(user=user, grant=grant, valid_to=valid_to)
    return user


@transaction.atomic
def give_role(*, user: User, grant: Grant, valid_to: date | None = None) -> Any:
    """Give the role; one the person holds already only gets the new last day."""
    if grant.role == TRAINER:
        group: Any = grant.target
        return GroupTrainer.objects.get_or_create(group=group, user=user)[0]
    scope: dict[str, Any] = (
        {"everything": True}
        if grant.kind == ScopeKind.EVERYTHING
        else {grant.kind.value: grant.target}
    )
    membership, made = Membership.objects.get_or_create(
        user=user, role=grant.role, **scope, defaults={"valid_to": valid_to}
    )
    if not made and membership.valid_to != valid_to:
        membership.valid_to = valid_to
        membership.save(update_fields=["valid_to"])
    forget_held(user)
    return membership


@transaction.atomic
def take_role(*, membership: Membership) -> Membership:
    """Take a role back; it ends with the next request of its holder."""
    _keep_one_administrator(membership.user, membership)
    membership.delete()
    return membership


@transaction.atomic
def take_group(*, trainer: GroupTrainer) -> GroupTrainer:
    """End a trainer's work with a group; what he marked stays."""
    trainer.delete()
    return trainer


@transaction.atomic
def set_active(*, user: User, active: bool) -> User:
    """Close an account, which ends its sessions at the next request, or open it again.

    Its tokens end for good: whoever opens it again need not know what they were given to.
    """
    if not active:
        _keep_one_administrator(user)
        user.tokens.in_force().update(revoked_at=timezone.now())
        end_sessions(user)  # else they would come to life again with the account
    user.is_active = active
    user.save(update_fields=["is_active"])
    return user


def end_sessions(user: User) -> None:
    """Let no cookie given out so far open anything any more."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)


@transaction.atomic
def reset_second_step(*, account: User, by: User | None, reason: str) -> SecondStepReset:
    """Take every device and code off the account and end its sessions; the person is told.

    ``by`` is None on the server's command line, where nobody is signed in.
    """
    if by is not None and not can_reset_second_step(by, account):
        raise PermissionDenied
    Authenticator.objects.filter(user=account).delete()
    account.tokens.in_force().update(revoked_at=timezone.now())
    end_sessions(account)
    row = SecondStepReset.objects.create(account=account, by=by, reason=reason)
    log.info("second step of account %s reset by account %s", account.pk, by and by.pk)
    transaction.on_commit(lambda: _tell_of_reset(account))
    return row


@transaction.atomic
def retry_papers(*, by: User, papers: DocumentQuerySet, priority: Priority) -> int:
    """Put those of these failed papers back in line that the person answers for; says how many."""
    return ask_all_again(papers.filter(pk__in=papers.model.objects.run_by(by)), priority)


def _tell_of_reset(account: User) -> None:
    with translation.override(account.language):
        words = {"user": account, "url": f"{settings.SITE_URL}{reverse('account_login')}"}
        body = render_to_string("portal/mail_second_step_reset.txt", words)
        subject = _("The second step of your sign-in was reset")
    try:
        send_mail(subject, body, None, [account.email])
    except OSError as error:
        log.warning("letter on reset not sent, account %s: %s", account.pk, type(error).__name__)


@transaction.atomic
def make_token(
    *, user: User, name: str, expires_on: date, may_mark: bool = False
) -> tuple[ApiToken, str]:
    """A token and its secret, which nobody can read again after this."""
    User.objects.select_for_update().get(pk=user.pk)  # or two presses at once make one too many
    if user.tokens.in_force().count() >= MOST_TOKENS:
        raise ValidationError(
            _("%(count)s tokens are in force, and no more can be. Revoke one that is not used.")
            % {"count": MOST_TOKENS}
        )
    if not timezone.localdate() <= expires_on <= last_day_allowed():
        raise ValidationError({"expires_on": _("Choose a day within a year from today.")})
    secret = new_secret()
    token = ApiToken.objects.create(
        user=user, name=name, expires_on=expires_on, may_mark=may_mark, digest=digest_of(secret)
    )
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken) -> ApiToken:
    """End a token with the next request; a second press changes nothing."""
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
    return token


@transaction.atomic
def invite_participant(*, by: User, participant: Participant, email: str) -> User:
    """Give a participant an account, so that he sees his own courses, hours and certificates."""
    if not can_link_participant(by, participant):
        raise PermissionDenied
    row = Participant.objects.select_for_update().get(pk=participant.pk)
    if row.user_id:
        raise ValidationError(_("This person has an account already."))
    user = _account(email, row.given_name, row.family_name, settings.LANGUAGE_CODE)
    _refuse_own_or_closed(by, user)
    if Participant.objects.filter(user=user).exists():
        raise ValidationError(
            {"email": _("Another person in the portal already signs in with this address.")}
        )
    row.user = user
    row.email = row.email or user.email
    row.save(update_fields=["user", "email"])
    return user


@transaction.atomic
def unlink_participant(*, by: User, participant: Participant) -> Participant:
    """Take a person's data away from an account, which may be in the wrong hands; both stay."""
    if not can_link_participant(by, participant):
        raise PermissionDenied
    row = Participant.objects.select_for_update().get(pk=participant.pk)
    log.info("account %s taken from participant %s by account %s", row.user_id, row.pk, by.pk)
    row.user = None
    row.save(update_fields=["user"])
    return row


def send_invitation(*, user: User, by: User) -> bool:
    """Write to the person how to sign in by code; False when the mail could not be handed over."""
    with translation.override(user.language):
        words = {
            "user": user,
            "by": by,
            "url": f"{settings.SITE_URL}{reverse('account_request_login_code')}",
            "site": settings.SITE_NAME or _("Training portal"),
        }
        subject = _("Invitation to %(site)s") % {"site": words["site"]}
        body = render_to_string("portal/mail_invitation.txt", words)
    try:
        send_mail(subject, body, None, [user.email])
    except OSError as error:  # the account stands; the letter can be sent again from its page
        log.warning("invitation not sent, account %s: %s", user.pk, type(error).__name__)
        return False
    return True


@transaction.atomic
def set_up(*, region: str, email: str, password: str | None) -> tuple[Organisation, User, bool]:
    """The first two rows of an empty portal: the region that runs it and its administrator.

    A second call with the same words finds both and changes nothing; the last value says whether
    anything was made. A known account keeps its password.
    """
    name = tidy_line(region)
    organisation, made_region = Organisation.objects.get_or_create(
        code=slug(name),
        defaults={"kind": OrganisationKind.PLANNING_REGION, "country": "LV", "name_lv": name},
    )
    address = User._meta.get_field("email").to_python(email)
    user = User.objects.filter(email=address).first()
    made_user = user is None
    user = user or User.objects.create_user(address, password)
    _membership, made_role = Membership.objects.get_or_create(
        user=user, role=Role.ADMIN, everything=True
    )
    return organisation, user, made_region or made_user or made_role


def slug(name: str) -> str:
    """A code from a Latvian name: "Līvānu novads" gives livanu-novads."""
    return slugify(search_key(name))[:80] or "region"


def _account(email: str, given_name: str, family_name: str, language: str) -> User:
    """The account of this address; a known one keeps the name its owner goes by."""
    address = User._meta.get_field("email").to_python(email)
    known = User.objects.filter(email=address).first()
    if known:
        return known
    try:
        with transaction.atomic():
            return User.objects.create_user(
                address, first_name=given_name, last_name=family_name, language=language
            )
    except IntegrityError:  # invited by somebody else at this very moment
        return User.objects.get(email=address)


def _refuse_own_or_closed(by: User, user: User) -> None:
    if user.pk == by.pk:
        raise ValidationError({"email": _("This is your own address.")})
    if not user.is_active:
        raise ValidationError(
            {"email": _("This account is closed. An administrator can open it again.")}
        )


def _keep_one_administrator(user: User, leaving: Membership | None = None) -> None:
    """The portal must never be left without anybody who can name others."""
    administrators = Membership.objects.in_force().filter(
        role=Role.ADMIN, everything=True, user__is_active=True
    )
    # Two who close each other at once wait here, and the second finds himself the last.
    list(administrators.order_by("pk").select_for_update(of=("self",)))
    going = administrators.filter(pk=leaving.pk) if leaving else administrators.filter(user=user)
    if going.exists() and not administrators.exclude(pk__in=going.values("pk")).exists():
        raise ValidationError(_("The portal needs at least one administrator."))
