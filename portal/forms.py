"""What people fill in about accounts."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import (
    SCOPES_OF_ROLE,
    TRAINER,
    Grant,
    ScopeKind,
    can_grant,
    own_groups,
    own_partners,
)
from portal.lib.fields import LineField, validate_year
from portal.lib.widgets import DateInput
from portal.models import Language, User
from projects.access import can_administer
from projects.models import Organisation, Programme, Project, Role
from training.models import Participant

SCOPE_HEADINGS = {
    ScopeKind.ORGANISATION: _("Organisations"),
    ScopeKind.PROGRAMME: _("Programmes"),
    ScopeKind.PROJECT: _("Projects"),
    ScopeKind.GROUP: _("Groups"),
}


def scopes(user: Any, role: str) -> dict[ScopeKind, QuerySet[Any]]:
    """Over what the user may give this role, by kind of thing."""
    organisations = Organisation.objects.current() if can_administer(user) else own_partners(user)
    rows: dict[ScopeKind, QuerySet[Any]] = {
        ScopeKind.ORGANISATION: organisations,
        ScopeKind.PROGRAMME: Programme.objects.current(),
        ScopeKind.PROJECT: Project.objects.current(),
        ScopeKind.GROUP: own_groups(user).select_related("programme__project", "site"),
    }
    return {kind: rows[kind] for kind in SCOPES_OF_ROLE[role] if kind in rows}


class SignInForm(LoginForm):
    """allauth's, with words of its own over what went wrong: nothing is being saved here."""

    error_heading = _("You are not signed in")


class SignInCodeForm(ConfirmLoginCodeForm):
    """The code from the mail."""

    error_heading = _("You are not signed in")


class ReasonForm(forms.Form):
    """Why something out of the ordinary is done; the reason is kept."""

    reason = LineField(
        label=_("Reason"),
        max_length=300,
        help_text=_("It is kept with your name. For example: the telephone is lost."),
    )


class AppForm(ActivateTOTPForm):
    """What the app on the telephone shows, as proof that it was set up."""

    code = forms.CharField(
        label=_("Six digits"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasskeyForm(AddWebAuthnForm):
    """A passkey with a name its owner knows it by; where the device can, it opens the portal alone."""

    name = LineField(label=_("Name of the device"), max_length=60, required=False)
    passwordless = forms.BooleanField(
        label=_("Sign in with this device alone"),
        required=False,
        initial=True,
        help_text=_("Without a password or code; the device asks for your finger, face or PIN."),
    )


class GrantForm(forms.Form):
    """A role over one thing the giver may give it for."""

    scope = forms.ChoiceField(label=_("Where"))
    valid_to = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DateInput(),
        validators=[validate_year],
        help_text=_("After this day the account no longer opens the project."),
    )

    def __init__(self, *args: Any, by: User, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.role = by, role
        self.rows: dict[str, tuple[ScopeKind, Any]] = {}
        if SCOPES_OF_ROLE[role] == (ScopeKind.EVERYTHING,):
            del self.fields["scope"]
        else:
            self.fields["scope"].choices = [("", _("Choose…")), *self._choices()]  # type: ignore[attr-defined]
        if role == Role.AUDITOR:
            self.fields["valid_to"].required = True
        else:
            del self.fields["valid_to"]

    def _choices(self) -> list[tuple[Any, list[tuple[str, str]]]]:
        grouped = []
        for kind, rows in scopes(self.by, self.role).items():
            options = []
            for row in rows:
                key = f"{kind}:{row.pk}"
                self.rows[key] = (kind, row)
                options.append((key, _label(kind, row)))
            if options:
                grouped.append((SCOPE_HEADINGS[kind], options))
        return grouped

    @property
    def has_scopes(self) -> bool:
        """False when there is nothing yet over which this role could be given."""
        return "scope" not in self.fields or bool(self.rows)

    def clean_valid_to(self) -> Any:
        day = self.cleaned_data["valid_to"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return day

    def grant(self) -> Grant:
        """What the clean form gives."""
        if "scope" not in self.fields:
            return Grant(self.role, ScopeKind.EVERYTHING)
        kind, row = self.rows[self.cleaned_data["scope"]]
        return Grant(self.role, kind, row)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not can_grant(self.by, self.grant()):
            raise forms.ValidationError(_("You cannot give this role here."))
        return data


class InviteForm(GrantForm):
    """Who is invited, in which role and where."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    given_name = LineField(label=_("Given name"), max_length=150, required=False)
    family_name = LineField(label=_("Family name"), max_length=150, required=False)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=Language)

    field_order = ("email", "given_name", "family_name", "scope", "valid_to", "language")


class AccountForm(forms.ModelForm):
    """The name an account goes by and its language. The address is its key and stays."""

    first_name = LineField(label=_("Given name"), max_length=150, required=False)
    last_name = LineField(label=_("Family name"), max_length=150, required=False)

    class Meta:
        model = User
        fields = ("first_name", "last_name", "language")

    def save(self, commit: bool = True) -> User:
        """Only what the form holds: an account closed meanwhile must not be opened again."""
        self.instance.save(update_fields=self._meta.fields)
        return self.instance


class InviteParticipantForm(forms.Form):
    """The address under which a participant will sign in."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, initial={"email": participant.email}, **kwargs)


def _label(kind: ScopeKind, row: Any) -> str:
    """Groups repeat their numbers from project to project."""
    if kind != ScopeKind.GROUP:
        return str(row)
    return " · ".join(str(part) for part in (row, row.site, row.project.short) if part)


__all__ = ["TRAINER", "AccountForm", "GrantForm", "InviteForm", "InviteParticipantForm", "scopes"]


class TokenForm(forms.Form):
    """What the token is for, and its last day."""

    name = LineField(
        label=_("What it is for"),
        max_length=100,
        help_text=_("The system that will use it: you tell your tokens apart by this."),
    )
    expires_on = forms.DateField(
        label=_("Last day"),
        widget=DateInput(),
        validators=[validate_year],
        help_text=_("A year from today at most."),
    )
    may_mark = forms.BooleanField(
        label=_("It may save marks"),
        required=False,
        help_text=_("In the registers in which you may. Without this it only reads."),
    )
