"""Whole page or part of it, and pages of long lists, whatever stands in the address."""

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from portal.lib.web import fragment_or_page, paginate

TEMPLATE = "<h1>{{ n }}</h1>{% partialdef rows inline %}<p>{{ n }}</p>{% endpartialdef %}"
IN_MEMORY = ("django.template.loaders.locmem.Loader", {"list.html": TEMPLATE})
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [IN_MEMORY]},
    }
]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, "<h1>7</h1><p>7</p>"),
        ({"HX-Request": "true"}, "<p>7</p>"),
        ({"HX-Request": "true", "HX-Boosted": "true"}, "<h1>7</h1><p>7</p>"),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, "<h1>7</h1><p>7</p>"),
        ({"HX-Request": "1"}, "<h1>7</h1><p>7</p>"),
    ],
)
@override_settings(TEMPLATES=TEMPLATES)
def test_htmx_gets_the_part_and_everyone_else_the_page(headers: dict[str, str], body: str) -> None:
    request = RequestFactory(headers=headers).get("/")
    response = fragment_or_page(request, "list.html", {"n": 7}, "rows", status=422)
    assert (response.content.decode(), response.status_code) == (body, 422)
    assert response["Vary"] == "HX-Request, HX-Boosted, HX-History-Restore-Request"


@pytest.fixture
def kinds(db: None) -> Any:
    ContentType.objects.all().delete()
    ContentType.objects.bulk_create(
        ContentType(app_label="trial", model=f"m{n:03}") for n in range(32)
    )
    return ContentType.objects.order_by("model")


@pytest.mark.parametrize(
    ("page", "number", "first"),
    [
        ("", 1, 1),
        ("?page=2", 2, 11),
        ("?page=0", 4, 31),
        ("?page=-1", 4, 31),
        ("?page=999999999999999999999999", 4, 31),
        ("?page=abc", 1, 1),
        ("?page=%00", 1, 1),
        ("?page=1.5", 1, 1),
        ("?page=", 1, 1),
    ],
)
def test_any_page_number_gives_a_page_in_two_queries(
    kinds: Any, page: str, number: int, first: int
) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = paginate(RequestFactory().get(f"/{page}"), kinds, per_page=10)
        rows = list(found)
    assert (found.number, found.start_index(), rows[0].model) == (number, first, f"m{first - 1:03}")
    assert len(queries) == 2


def test_the_pager_shows_ends_and_neighbours(kinds: Any) -> None:
    request = RequestFactory().get("/?page=8")
    assert paginate(request, kinds, per_page=2).numbers == [1, "…", 6, 7, 8, 9, 10, "…", 16]


def test_an_empty_list_is_one_empty_page(kinds: Any) -> None:
    page = paginate(RequestFactory().get("/?page=3"), kinds.none())
    assert (page.number, list(page), page.numbers, page.paginator.count) == (1, [], [1], 0)
