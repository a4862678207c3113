"""What many views share: a page or its changing part, what a button wants, lists in pages."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header

if TYPE_CHECKING:
    AnyPage = Page[Any]
    AnyPaginator = Paginator[Any]
else:
    AnyPage, AnyPaginator = Page, Paginator

_HTMX_HEADERS = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page; boosted links and restored history want it all."""
    asks = {name: request.headers.get(name) == "true" for name in _HTMX_HEADERS}
    return asks["HX-Request"] and not (asks["HX-Boosted"] or asks["HX-History-Restore-Request"])


def download(data: bytes, content_type: str, filename: str) -> HttpResponse:
    """A file to be kept, never shown inside the portal's own pages."""
    name = content_disposition_header(as_attachment=True, filename=filename)
    headers = {"Content-Disposition": name, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=content_type, headers=headers)


def fragment_or_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], part: str, status: int = 200
) -> HttpResponse:
    """Render the template, or for htmx only its `{% partialdef part %}`.

    Both stand at one address, so caches are told what the answer depends on.
    """
    name = f"{template}#{part}" if wants_fragment(request) else template
    response = render(request, name, dict(context), status=status)
    patch_vary_headers(response, _HTMX_HEADERS)
    return response


def wanted(request: HttpRequest, *states: str) -> str:
    """Which of ``states`` the pressed button leads to; a POST that names none of them gets 400.

    A button names the state it leads to and never "the other one": pressed twice, or on a page
    that has grown old, it asks for what stands already, and nothing more happens.
    """
    state = request.POST.get("wanted", "")
    if state not in states:
        raise BadRequest(f"No button leads to {state[:20]!r}.")
    return state


def wants_archived(request: HttpRequest) -> bool:
    """Whether the pressed button puts a row away; else it brings it back."""
    return wanted(request, "archived", "current") == "archived"


class NumberedPage(AnyPage):
    """A page that knows which page numbers its pager shows."""

    @property
    def numbers(self) -> list[int | str]:
        """The first, the last and the neighbouring page numbers with "…" for the gaps."""
        return list(self.paginator.get_elided_page_range(self.number, on_each_side=2, on_ends=1))


class NumberedPaginator(AnyPaginator):
    """Cuts a list into numbered pages."""

    def _get_page(self, *args: Any, **kwargs: Any) -> NumberedPage:
        return NumberedPage(*args, **kwargs)


def paginate[M: Model](
    request: HttpRequest, queryset: QuerySet[M], per_page: int = 50
) -> NumberedPage:
    """The page named by `?page=`, in two queries: a count and the rows.

    A number that makes no sense gives the first page, one too large the last: never an error.
    The queryset must be ordered. In templates: `page.numbers`, `page.start_index`,
    `page.paginator.count`, and links by `{% querystring page=number %}`.
    """
    paginator = NumberedPaginator(queryset, per_page)
    return cast(NumberedPage, paginator.get_page(request.GET.get("page", 1)))


def cut_table(request: HttpRequest, table: Any, per_page: int = 50) -> None:
    """Sort a table and cut it into pages as the address asks.

    How many rows a page holds is not the reader's to say, as it is with django-tables2's own
    RequestConfig: a million is a burden, and fewer than none an error.
    """
    table.request = request
    if wanted := request.GET.getlist(table.prefixed_order_by_field):
        table.order_by = wanted
    table.paginate(per_page=per_page)
    table.page = table.paginator.get_page(request.GET.get(table.prefixed_page_field, 1))
