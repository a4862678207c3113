"""The account and its tokens; what those were shown who only check; the pulse of worker and beat.

Roles are projects.Membership, people are training.Participant.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from portal.hashers import LONGEST_PASSWORD
from portal.lib.fields import KeyedModel, NameField, SearchKeyField, SortKeyField


class Language(models.TextChoices):
    """Languages of the user interface, each named in itself."""

    LV = "lv", "Latviešu"
    EN = "en", "English"


class LoginEmailField(models.EmailField):
    """An e-mail address in one spelling: lower case, so that one mailbox is one account."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value.strip().lower() if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value.strip().lower() if isinstance(value, str) else value


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the e-mail address is the login."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """One account; without a password it can sign in by code only."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=email, **fields)
        user.email = LoginEmailField().to_python(email)
        user.set_password(password)
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            self._name_address(user)
        return user

    def _name_address(self, user: "User") -> None:
        """Give allauth its own row of the address; else it would write one when a page is read.

        It counts as proven: no page lets anybody name another one, and only a verified row is
        unique, so that no second account can ever lay claim to the address.
        """
        from allauth.account.models import EmailAddress

        EmailAddress.objects.using(self._db).create(
            user=user, email=user.email, primary=True, verified=True
        )

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """What Django's own command asks for; the portal goes by roles, these flags open nothing."""
        return self.create_user(
            email, password, **{**fields, "is_staff": True, "is_superuser": True}
        )


class User(KeyedModel, AbstractUser):
    """A person's account."""

    username = None  # type: ignore[assignment]
    email = LoginEmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("An account with this e-mail address exists already.")},
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.LV)
    # Counted up to end every session of the account at once; rows of an older release begin at 0.
    session_round = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    sort_key = SortKeyField("last_name", "first_name", "email")
    search_key = SearchKeyField("last_name", "first_name", "last_name", "email")

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ("sort_key", "pk")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Leave the address as the field wrote it; Django's own rule lowers only the domain."""
        super().clean()
        self.email = LoginEmailField().to_python(self.email)

    @property
    def name(self) -> str:
        """The full name, or the address while no name is known."""
        return self.get_full_name() or self.email

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password; one longer than any password is not even looked at."""
        return len(raw_password or "") <= LONGEST_PASSWORD and super().check_password(raw_password)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What each session of the account must know: its password and its round."""
        stamp: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        if not self.session_round:
            return stamp
        return salted_hmac(
            "portal.session_round", f"{stamp}:{self.session_round}", algorithm="sha256"
        ).hexdigest()


class SecondStepReset(models.Model):
    """That an administrator took the second step off somebody's account, and why: append-only."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="second_step_resets",
        verbose_name=_("account"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("reset by"),
        help_text=_("Empty: from the server's command line."),
    )
    at = models.DateTimeField(_("reset at"), default=timezone.now)
    reason = NameField(_("reason"))

    class Meta:
        verbose_name = _("second step reset")
        verbose_name_plural = _("second steps reset")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.reason


class AccessLog(models.Model):
    """A page an auditor was shown: append-only, as the privacy notice promises that it is kept.

    The address is without the values behind its question mark, where searched names stand.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("account")
    )
    at = models.DateTimeField(_("shown at"), default=timezone.now)
    address = models.CharField(_("address"), max_length=500)
    project = models.CharField(_("project"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("page shown to an auditor")
        verbose_name_plural = _("pages shown to auditors")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.address


class ApiTokenQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        """Neither expired nor revoked."""
        return self.filter(revoked_at__isnull=True, expires_on__gte=timezone.localdate())


class ApiToken(models.Model):
    """Lets a program read what its owner may see, and save marks where he said so.

    The secret itself is kept nowhere.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens", verbose_name=_("account")
    )
    name = NameField(_("name"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    expires_on = models.DateField(_("last day"))
    may_mark = models.BooleanField(_("may save marks"), default=False, db_default=False)
    last_used_on = models.DateField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """The word of its badge."""
        if self.revoked_at is not None:
            return "revoked"
        return "valid" if self.expires_on >= timezone.localdate() else "expired"


class Part(models.TextChoices):
    """What works behind the pages, and is seen only by the traces it leaves."""

    WORKER = "worker", _("worker")
    BEAT = "beat", _("clock")


class Heartbeat(models.Model):
    """When a part of the portal was last known to work, by the database's clock."""

    part = models.CharField(_("part"), max_length=10, choices=Part, primary_key=True)
    at = models.DateTimeField(_("last heard"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")
        ordering = ("part",)

    def __str__(self) -> str:
        return self.get_part_display()
