"""The portal's addresses and the two floors of all pages."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from bench import formset
from portal.urls import handler400, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]


EMPTY = engines["django"].from_string("{% extends 'base.html' %}")


def empty(request: HttpRequest) -> HttpResponse:
    """What a signed-in person gets of a page with nothing on it: the frame with its places.

    Session, account, memberships, other roles and projects: five questions.
    """
    return HttpResponse(EMPTY.render({}, request))


def bare(request: HttpRequest) -> HttpResponse:
    """Behind the sign-in and all middleware, without a template: three questions and two more."""
    ask_nothing()
    ask_nothing()
    return HttpResponse("<!doctype html><title>Bare</title>")


def ask_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchall()


urlpatterns = [
    path("bench/empty/", empty, name="bench_empty"),
    path("bench/bare/", bare, name="bench_bare"),
    path("bench/tracked/", formset.tracked, name="bench_tracked"),
    path("bench/lean/", formset.lean, name="bench_lean"),
    path("bench/plain/", formset.plain, name="bench_plain"),
    *urlpatterns,
]
