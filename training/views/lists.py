"""What the lists of training share: pills with counts above a filtered table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from portal.lib.web import cut_table
from projects.doors import Words
from training import access
from training.filters import ListFilter


@dataclass(frozen=True)
class Pill:
    """One quick choice above a list, with how many rows it would show."""

    label: Words
    count: int
    href: str
    current: bool


def pills(
    request: HttpRequest,
    name: str,
    choices: Sequence[tuple[str, Words]],
    counts: Mapping[str, int],
    everything: Words,
    total: int | None = None,
) -> list[Pill]:
    """One for everything and one for each choice of the parameter ``name``; the rest of the address stays.

    ``total`` is told where the choices leave something out.
    """
    chosen = request.GET.get(name, "")
    total = sum(counts.values()) if total is None else total
    made = [Pill(everything, total, _address(request, name, ""), not chosen)]
    made += [
        Pill(label, counts.get(value, 0), _address(request, name, value), chosen == value)
        for value, label in choices
    ]
    return made


def _address(request: HttpRequest, name: str, value: str) -> str:
    query = request.GET.copy()
    for dropped in ("page", name):
        query.pop(dropped, None)
    if value:
        query[name] = value
    return f"?{query.urlencode()}"


def in_project(request: HttpRequest, view: str) -> str:
    """The address of a form for something new, in the project the list is narrowed to."""
    code = request.GET.get("project")
    return f"{reverse(view)}?{urlencode({'project': code})}" if code else reverse(view)


def list_page(
    request: HttpRequest,
    table: type[tables.Table],
    found: ListFilter,
    *,
    here: str,
    title: Words,
    add: str,
    add_words: Words,
    first: Words,
) -> HttpResponse:
    """One of the plain lists of training; ``first`` leads on while it is empty."""
    rows = table(found.qs)
    cut_table(request, rows)
    context = {
        "table": rows,
        "filter": found,
        "here": here,
        "title": title,
        "view": request.resolver_match.view_name if request.resolver_match else "",
        "add": in_project(request, add) if add else "",
        "add_words": add_words,
        "first": first,
        "may_keep": access.can_keep_job_categories(request.user),
    }
    return render(request, "training/list.html", context)
