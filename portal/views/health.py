"""Whether the portal works: for container engines, proxies and whoever watches it.

Outsiders read "ok" or "not ready". Which part is missing is told inside the network and to
administrators, as one word each, without a name or a version.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.backoff import NoBackoff
from redis.retry import Retry

from portal.heartbeat import silent_parts
from portal.middleware import has_session
from projects.access import can_administer

DATABASE, BROKER = "database", "broker"
BROKER_SECONDS = 2


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; nothing else is asked, so that nothing else restarts it."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether database, broker, worker and beat work, else 503."""
    missing = list(missing_parts())
    if not missing:
        return HttpResponse("ok", content_type="text/plain")
    told = DATABASE not in missing and _is_administrator(request)
    words = f"missing: {', '.join(missing)}" if told or is_inside(request) else "not ready"
    return HttpResponse(words, status=503, content_type="text/plain")


def missing_parts() -> Iterator[str]:
    """What does not answer; of worker and beat nobody knows while the database is away."""
    try:
        silent = silent_parts()
    except DatabaseError:
        yield DATABASE
        silent = []
    if not broker_answers():
        yield BROKER
    yield from (str(part) for part in silent)


def broker_answers() -> bool:
    """Whether Redis answers soon; the demo's folder always does."""
    address = settings.CELERY_BROKER_URL
    if not address.startswith(("redis://", "rediss://")):
        return True
    bounds = {"socket_timeout": BROKER_SECONDS, "socket_connect_timeout": BROKER_SECONDS}
    try:
        with redis.Redis.from_url(address, retry=Retry(NoBackoff(), 0), **bounds) as broker:
            return bool(broker.ping())
    except redis.RedisError:
        return False


def is_inside(request: HttpRequest) -> bool:
    """Asked from the own network and past the proxy, which names for whom it asks."""
    if "X-Forwarded-For" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_private
    except ValueError:
        return False


def _is_administrator(request: HttpRequest) -> bool:
    return has_session(request) and can_administer(request.user)
