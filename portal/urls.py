"""One include per app, then what the frame itself answers."""

from allauth.account.decorators import reauthentication_required
from allauth.account.urls import urlpatterns as sign_in
from allauth.account.views import password_set
from allauth.mfa.base import views as mfa
from allauth.mfa.totp.views import deactivate_totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.views import login_cancelled
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from portal.api import urls as api_urls
from portal.views import (
    account_roles,
    accounts,
    demo,
    health,
    jobs,
    organisation,
    pages,
    public,
    search,
    second_step,
    style,
    today,
    tokens,
)

# The address of an account is its key and stays: whoever could change it could take another's.
ADDRESS_PAGES = {"account_email", "account_email_verification_sent", "account_confirm_email"}
# Here only after a fresh sign-in: a first password opens the account for good.
OURS = {"account_set_password"}

handler400, handler404, handler500 = (
    "portal.views.errors.bad_request",
    "portal.views.errors.not_found",
    "portal.views.errors.server_error",
)

# allauth's names, some with a view of ours; its pages that show codes twice are left out.
SECOND_STEP = [
    path("", second_step.mfa_index, name="mfa_index"),
    path("ask/", mfa.authenticate, name="mfa_authenticate"),
    path("again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("app/", second_step.ActivateTotp.as_view(), name="mfa_activate_totp"),
    path("app/remove/", deactivate_totp, name="mfa_deactivate_totp"),
    path("key/", second_step.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("key/again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("key/sign-in/", login_not_required(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("key/<int:pk>/remove/", second_step.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("codes/", second_step.recovery_codes, name="mfa_view_recovery_codes"),
]
# Sign-in by an organisation's provider: not found while no provider is named in the settings.
ORGANISATION = [
    path("cancelled/", login_cancelled, name="socialaccount_login_cancelled"),
    path("<slug:provider_id>/", organisation.openid_connect_login, name="openid_connect_login"),
    path(
        "<slug:provider_id>/back/",
        organisation.openid_connect_callback,
        name="openid_connect_callback",
    ),
]

urlpatterns = [
    path("", public.public_front, name="public_front"),
    path("p/<slug:code>/", public.public_project, name="public_project"),
    path("", include("projects.urls")),
    path("", include("training.urls")),
    path("", include("network.urls")),
    path("", include("certificates.urls")),
    path("accounts/again/", second_step.sign_in_again, name="sign_in_again"),
    path(
        "accounts/password/set/",
        reauthentication_required(password_set),
        name="account_set_password",
    ),
    path("accounts/", include([page for page in sign_in if page.name not in ADDRESS_PAGES | OURS])),
    path("accounts/signed-in/", pages.signed_in, name="signed_in"),
    path("accounts/second-step/", include(SECOND_STEP)),
    path("accounts/organisation/", include(ORGANISATION)),
    path("language/", login_not_required(set_language), name="set_language"),
    path("project/", pages.project_choose, name="project_choose"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("contact/", pages.contact, name="contact"),
    path("today/", today.today, name="today"),
    path("jobs/", jobs.job_list, name="job_list"),
    path("jobs/retry/", jobs.job_retry_all, name="job_retry_all"),
    path("jobs/<slug:kind>/<int:pk>/retry/", jobs.job_retry, name="job_retry"),
    path("search/", search.search, name="search"),
    path("demo/mails/", demo.sent_mails, name="sent_mails"),
    path("my/account/", accounts.my_account, name="my_account"),
    path("my/account/tokens/", tokens.token_list, name="token_list"),
    path("my/account/tokens/new/", tokens.token_make, name="token_make"),
    path("my/account/tokens/<int:pk>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("people/accounts/", accounts.user_list, name="user_list"),
    path("people/accounts/invite/", accounts.user_invite, name="user_invite"),
    path("people/accounts/<int:pk>/", accounts.user_edit, name="user_edit"),
    path("people/accounts/<int:pk>/role/", account_roles.user_role_add, name="user_role_add"),
    path(
        "people/accounts/<int:pk>/role/<int:membership>/",
        account_roles.user_role_remove,
        name="user_role_remove",
    ),
    path(
        "people/accounts/<int:pk>/group/<int:trainer>/",
        account_roles.user_group_remove,
        name="user_group_remove",
    ),
    path("people/accounts/<int:pk>/close/", account_roles.user_close, name="user_close"),
    path(
        "people/accounts/<int:pk>/second-step/",
        second_step.user_reset_second_step,
        name="user_reset_second_step",
    ),
    path("people/accounts/<int:pk>/open/", account_roles.user_open, name="user_open"),
    path(
        "people/accounts/<int:pk>/invite/",
        account_roles.user_invite_again,
        name="user_invite_again",
    ),
    path("people/<uuid:pk>/invite/", accounts.participant_invite, name="participant_invite"),
    path("people/<uuid:pk>/unlink/", accounts.participant_unlink, name="participant_unlink"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("style/", style.style_gallery, name="style_gallery"),
    path("api/v1/", api_urls()),
    path("admin/", admin.site.urls),
]
