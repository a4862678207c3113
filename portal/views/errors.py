"""What a failing address says: a page to people, a line of JSON to programs."""

from __future__ import annotations

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.decorators.cache import never_cache

from portal.lib.trouble import Trouble, trouble_of

SAFE = {"GET", "HEAD", "OPTIONS"}
RETRY_SECONDS = {409: 1, 503: 5}
PRIVATE = "password"  # never written into a page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A zero byte, a forged host name."""
    if _is_api(request):
        detail = "This address holds characters that no answer can be looked up by."
        return JsonResponse({"detail": detail}, status=400)
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here, or nothing that may be shown."""
    if _is_api(request):
        return JsonResponse({"detail": "Not Found"}, status=404)
    return defaults.page_not_found(request, exception)


@never_cache
def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500, for what fails in a view and before it; needs no database itself.

    Database or disk away: 503. Somebody else saving: 409; what was stored before it, if anything,
    stands. Else 500.
    """
    status = _status(request, trouble_of(sys.exception()))
    with translation.override(_language(request)):
        if _wants_json(request):
            response: HttpResponse = JsonResponse({"detail": _words(status)}, status=status)
        else:
            kept = _kept_fields(request)
            context = {
                "address": request.get_full_path(),
                "is_sent": request.method not in SAFE,
                "kept": kept,
            }
            response = HttpResponse(render_to_string(f"{status}.html", context), status=status)
        response.headers["Content-Language"] = translation.get_language()
    if seconds := RETRY_SECONDS.get(status):
        response.headers["Retry-After"] = str(seconds)
    return response


def _status(request: HttpRequest, trouble: Trouble | None) -> int:
    if trouble is None:
        return 500
    # Whoever only looks holds nothing up: for him the answer was merely too long in coming.
    return 409 if trouble is Trouble.BUSY and request.method not in SAFE else 503


def _words(status: int) -> str:
    return {
        409: _("Somebody is saving here; try again."),
        503: _("The portal cannot reach its data just now; try again in a moment."),
        500: _("Something went wrong on our side"),
    }[status]


def _language(request: HttpRequest) -> str:
    """The one already chosen; the middleware that chooses may itself be what failed."""
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    found = getattr(request, "LANGUAGE_CODE", cookie)
    return found if found in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _wants_json(request: HttpRequest) -> bool:
    return request.content_type == "application/json" or _is_api(request)


def _kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form sent, to be sent again by a button; nothing where the page cannot hold it all.

    Only what came is sent back, its token too: a forged request stays refused.
    """
    if request.method != "POST":
        return []
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        has_files = bool(request.FILES)
    except Exception:  # a body that cannot be read must not hide what has happened
        return []
    is_secret = any(PRIVATE in name for name, _value in fields)
    return [] if has_files or is_secret else fields
