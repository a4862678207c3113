"""What every request passes: no zero byte, a token, a language, no kept copies, the log of auditors.

And what a sign-in is worth: for how long, and whether its second step was taken.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect

from portal.access import sees_much
from portal.lib.api import unauthorised
from portal.lib.web import wants_fragment
from portal.models import AccessLog
from portal.sessions import SEEN_EVERY, note_use, unused_seconds
from portal.tokens import note_use as note_token_use
from portal.tokens import token_of
from projects.models import Role, held_by

ICON = "/favicon.ico"  # the same for everybody, and nobody's use: browsers ask by themselves


def may_be_known(request: HttpRequest) -> bool:
    """Whether there can be an account: else public pages leave the lazy user unread, no query."""
    return has_session(request) or hasattr(request, "api_token")


def has_session(request: HttpRequest) -> bool:
    """Whether it may be a person at a browser; a program with a token has neither steps nor pauses."""
    if request.path_info == ICON:
        return False
    return settings.SESSION_COOKIE_NAME in request.COOKIES and not hasattr(request, "api_token")


class TokenMiddleware:
    """Lets a program in by its token, at the addresses for programs and nowhere else.

    A token that is shown must hold, also where none is asked for: a program that goes on with less
    than it thinks it has would tell less than there is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        shown = request.headers.get("Authorization")
        if shown is None or not request.path_info.startswith("/api/"):
            return self.get_response(request)
        scheme, _space, secret = shown.partition(" ")
        token = token_of(secret.strip()) if scheme.lower() == "bearer" else None
        if token is None:
            return unauthorised("This token is unknown, expired or revoked.", wrong=True)
        note_token_use(token)
        request.api_token, request.user = token, token.user  # type: ignore[attr-defined]
        return self.get_response(request)


class ZeroByteMiddleware:
    """Refuses a zero byte, which PostgreSQL takes in no text and no browser sends.

    Forms say it beside the field; what a view reads without a form is refused by the database.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = [text for name, values in request.GET.lists() for text in (name, *values)]
        if any("\x00" in text for text in (request.path_info, *query, *request.COOKIES.values())):
            raise BadRequest
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, ValueError) and "NUL (0x00)" in str(exception):
            raise BadRequest from exception


class LanguageMiddleware:
    """Like Django's LocaleMiddleware, but deaf to the browser's Accept-Language.

    Latvian is the portal's first language; many browsers in Latvia are set to English
    or Russian without their owner ever having chosen a language for a page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self.language_of(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", translation.get_language() or language)
        return response

    def language_of(self, request: HttpRequest) -> str:
        """A chosen language wins over the one kept with the account."""
        known = dict(settings.LANGUAGES)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if chosen in known:
            return chosen
        if may_be_known(request):
            kept = getattr(request.user, "language", "")
            if kept in known:
                return kept
        return settings.LANGUAGE_CODE


class PrivateMiddleware:
    """What a signed-in person was shown is kept nowhere: after signing out, "back" must not show it.

    A browser that has seen the end of a sign-in is told to forget the pages it kept of it. Not its
    storage: marks that wait there for their author are asked about by the page (signout.js), and a
    sign-in that merely ran out must not lose them, nor those of others on the same device.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_in = may_be_known(request) and request.user.is_authenticated
        response = self.get_response(request)
        is_in = was_in and request.user.is_authenticated
        if is_in and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        if was_in and not is_in:
            response.headers["Clear-Site-Data"] = '"cache"'
        return response


class IdleMiddleware:
    """Ends a sign-in that lay unused for half an hour, of whoever sees more than own groups.

    A page that asks again by itself says so in a header, and counts as nobody's use.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_session(request) and request.user.is_authenticated:
            self.judge(request)
        return self.get_response(request)

    def judge(self, request: HttpRequest) -> None:
        """The roles are asked for only when somebody was long away."""
        unused = unused_seconds(request.session)
        if unused > settings.SESSION_IDLE_SECONDS and sees_much(request.user):
            logout(request)
        elif unused >= SEEN_EVERY and "X-Background" not in request.headers:
            note_use(request.session)


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends a stranger to the sign-in page, from which he comes back to a page he can open."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        """A button and a part of a page have an address of their own that shows nothing."""
        if request.method in {"GET", "HEAD"} and not wants_fragment(request):
            return super().handle_no_permission(request, view_func)
        words = {REDIRECT_FIELD_NAME: page_of(request)}
        return lead(request, f"{reverse('account_login')}?{urlencode(words)}")


class SecondStepMiddleware:
    """Nothing but the second step is open to whoever must take it and has not."""

    # What is open meanwhile: to leave, to read in one's language, to ask for help.
    ALWAYS = frozenset(
        {"account_logout", "set_language", "accessibility", "privacy", "contact", "favicon"}
    )
    SETTING_UP = frozenset(
        {
            "mfa_index",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "account_reauthenticate",
            "sign_in_again",
        }
    )
    PROVING = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Lead to setting it up, or to proving it where another browser has set it up."""
        if not self.is_missing(request):
            return None
        match: Any = request.resolver_match
        held = Authenticator.objects.filter(user=request.user.pk).exists()
        if match.view_name in self.ALWAYS | (self.PROVING if held else self.SETTING_UP):
            return None
        if "ninja" in match.app_names:
            return JsonResponse({"detail": "Second step of signing in missing"}, status=401)
        page = page_of(request)
        if not held:
            request.session["after_second_step"] = page
            return lead(request, reverse("mfa_index"))
        words = urlencode({REDIRECT_FIELD_NAME: page})
        return lead(request, f"{reverse('mfa_reauthenticate')}?{words}")

    def is_missing(self, request: HttpRequest) -> bool:
        """Whether this session has to take the second step before anything else."""
        if not (settings.MFA_REQUIRED and has_session(request) and request.user.is_authenticated):
            return False
        steps = get_authentication_records(request, request.user)
        return not any(step["method"] == "mfa" for step in steps) and sees_much(request.user)


def page_of(request: HttpRequest) -> str:
    """The page a person looks at: the one asked for, or the one whose button or part this is."""
    if request.method in {"GET", "HEAD"} and not wants_fragment(request):
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    host = request.get_host()
    if not url_has_allowed_host_and_scheme(page, {host}, request.is_secure()):
        return "/"
    return "/" + page.partition("://")[2].partition("/")[2]


def lead(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, as a whole also where only a part was asked for."""
    if wants_fragment(request):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


class AccessLogMiddleware:
    """Keeps which pages an auditor was shown; what was refused or not found showed nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_shown = request.method in {"GET", "POST"} and response.status_code == HTTPStatus.OK
        if is_shown and may_be_known(request) and held_by(request.user, Role.AUDITOR):
            self.keep(request)
        return response

    def keep(self, request: Any) -> None:
        asked = "&".join(request.GET)
        project = getattr(request, "chosen_project", None)
        AccessLog.objects.create(
            user=request.user,
            address=f"{request.path}{'?' if asked else ''}{asked}"[:500],
            project=project.code if project else request.GET.get("project", "")[:60],
        )
