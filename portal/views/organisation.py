"""Sign-in by an organisation's provider: allauth's two pages, and a plain word when it is away."""

from __future__ import annotations

import logging

from allauth.socialaccount.providers.openid_connect import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

log = logging.getLogger(__name__)


@login_not_required
def openid_connect_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the person to the provider; while it is away, the other ways to sign in stay open.

    Whoever is to prove who he is comes with ``auth_params`` (see the sign-in page): the provider is
    to ask him and to tell when it did. They need no guarding, for only what it tells is believed.
    """
    try:
        return views.login(request, provider_id)
    except RequestException as error:
        log.warning("provider %s does not answer: %s", provider_id, type(error).__name__)
        return render(request, "socialaccount/authentication_error.html", status=503)


openid_connect_callback = views.callback
