"""The read-only JSON of the portal, for whoever is signed in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.security import SessionAuth

from projects.api import router as projects

# No page of documentation: it would load scripts from elsewhere. The description is at openapi.json.
api = NinjaAPI(
    title="Training portal",
    version="1",
    description="Projects, indicators and the rows behind their figures. `demo`: fictional rows.",
    auth=SessionAuth(csrf=False),  # nothing here writes
    docs_url=None,
)
api.add_router("/projects", projects)


def urls() -> tuple[list[URLPattern], str, str]:
    """The addresses; a stranger gets 401 in JSON instead of the way to the sign-in page."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        pattern.callback = login_not_required(pattern.callback)
    return patterns, app_name, namespace
