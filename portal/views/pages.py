"""The three pages of the footer, the icon, the end of a sign-in, and the choice of a project."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from portal.places import DATA, RUN, address
from projects.models import Project


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "pages/accessibility.html")


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice."""
    return render(request, "pages/privacy.html")


@require_safe
@login_not_required
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to ask."""
    return render(request, "pages/contact.html")


@require_safe
@login_not_required
@cache_control(public=True, max_age=3600)
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon where browsers and readers of feeds look unasked; its file's name may change with it.

    No session is read or written for it (portal.middleware): caches keep it for everybody.
    """
    return redirect(static("img/mark.svg"))


@require_safe
def signed_in(request: HttpRequest) -> HttpResponse:
    """Where a sign-in in a small window ends: it tells the page that has asked for it."""
    return render(request, "account/signed_in.html")


@require_POST
def project_choose(request: HttpRequest) -> HttpResponse:
    """Keep the project chosen in the nav and show the page one was on for that project."""
    code = request.POST.get("project", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = address("today") or "/"
    if not code:
        request.session.pop("project", None)
        return redirect(_with_project(back, ""))
    project = get_object_or_404(Project.objects.visible_to(request.user), code=code)
    request.session["project"] = project.code
    lists = {address(place.view) for place in (*RUN, *DATA) if place.by_project}
    stays = {address("today"), *lists}
    if urlsplit(back).path in stays:
        return redirect(_with_project(back, project.code if urlsplit(back).path in lists else ""))
    return redirect(project)


def _with_project(url: str, code: str) -> str:
    """The address with another project and from the first page on."""
    parts = urlsplit(url)
    query = QueryDict(parts.query, mutable=True)
    query.pop("project", None)
    query.pop("page", None)
    if code:
        query["project"] = code
    return parts._replace(query=query.urlencode()).geturl()
