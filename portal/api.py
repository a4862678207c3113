"""The JSON of the portal under /api/v1/: every app's room, put together."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.cache import patch_vary_headers
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from certificates import api as certificates
from network import api as network
from portal.lib.api import refusal, unauthorised
from projects import api as projects
from training import api as training

# No page of documentation: it would load scripts from elsewhere. The description is at openapi.json.
api = NinjaAPI(
    title="Training portal",
    version="1",
    description=(
        "Projects, their indicators and the rows behind the figures; groups, sessions, events and"
        " certificates, to the same eyes as the pages. Read-only, but for marks. `demo`: fictional rows."
        " Examples: docs/api.md of the portal."
    ),
    docs_url=None,
)
api.add_router("/projects", projects.projects)
api.add_router("/projects", projects.indicators)
api.add_router("/groups", training.groups)
api.add_router("/sessions", training.sessions)
api.add_router("/marks", training.marks)
api.add_router("/events", network.router)
api.add_router("/certificates", certificates.router)
api.add_router("/verification", certificates.verification)


@api.exception_handler(AuthenticationError)
def _unauthorised(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    detail = "Sign in, or send a token from your account page." if error.message == ASKED else ""
    return unauthorised(detail or error.message)


ASKED = AuthenticationError().message


@api.exception_handler(ValidationError)
def _refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return api.create_response(request, refusal(error.errors), status=422)


def urls() -> tuple[list[URLPattern], str, str]:
    """The addresses; a stranger gets 401 in JSON instead of the way to the sign-in page."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        pattern.callback = login_not_required(_kept_nowhere(_headed(pattern.callback)))
    return patterns, app_name, namespace


def _headed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """HEAD is answered as GET with its length and without its body; ninja itself knows it nowhere."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked
        try:
            response = view(request, *args, **kwargs)
        finally:
            request.method = asked  # nothing was shown: the log of auditors goes by it
        if asked == "HEAD":  # the server would leave the body out too, and complain each time
            response.headers["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    return answered


def _kept_nowhere(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What one reader is answered is no cache's to give to another, nor a search engine's."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        patch_vary_headers(response, ("Authorization",))
        return response

    return answered
