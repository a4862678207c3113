"""What every request passes: no zero byte, a token, a language, no kept copies, the auditors' log."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from portal.context import roles_here
from portal.lib.api import unauthorised
from portal.models import AccessLog
from portal.tokens import note_use, token_of
from projects.models import Role


def may_be_known(request: HttpRequest) -> bool:
    """Whether there can be an account: else public pages leave the lazy user unread, no query."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or hasattr(request, "api_token")


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
        note_use(token)
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
    """What a signed-in person was shown is kept nowhere: after signing out, "back" must not show it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_open = "Cache-Control" not in response.headers
        if is_open and may_be_known(request) and request.user.is_authenticated:
            response.headers["Cache-Control"] = "private, no-store"
        return response


class AccessLogMiddleware:
    """Keeps which pages an auditor was shown; what was refused or not found showed nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_shown = request.method in {"GET", "POST"} and response.status_code == HTTPStatus.OK
        if is_shown and may_be_known(request) and Role.AUDITOR in roles_here(request):
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
