"""What every request passes: no address holds a zero byte, and each page has its language."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers


class ZeroByteMiddleware:
    """Refuses addresses with a zero byte, which PostgreSQL takes in no text: no browser sends one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return self.get_response(request)


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
        # No session, no account: leave the lazy user unread, public pages then need no query.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            kept = getattr(request.user, "language", "")
            if kept in known:
                return kept
        return settings.LANGUAGE_CODE
