"""Publications: what was printed, who got how many copies, what is left."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network import actions
from network.access import can_add_to_network, can_edit_project, can_read_network
from network.filters import PublicationFilter
from network.forms import DeliveryForm, PublicationForm
from network.models import Delivery, Publication
from network.rules import stock
from network.tables import PublicationTable
from portal.lib.web import cut_table
from portal.lib.workbook import Sheet, workbook_response
from projects.views.pages import Crumb, answer_archive, answer_form, answer_remove, refuse_unless

from .parts import (
    choose_project,
    editable,
    of_project,
    project_to_add_to,
    publication_crumbs,
    visible,
)


@require_safe
def publication_list(request: HttpRequest) -> HttpResponse:
    refuse_unless(can_read_network(request.user))
    rows = Publication.objects.visible_to(request.user).with_copies().select_related("project")
    found = PublicationFilter(request.GET, rows, request=request)
    table = PublicationTable(found.qs)
    cut_table(request, table)
    context = {"filter": found, "table": table, "can_add": can_add_to_network(request.user)}
    return render(request, "network/publication_list.html", context)


@require_safe
def publication_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One publication with its deliveries; ``?export=xlsx`` takes them."""
    publication = visible(request, Publication, pk)
    deliveries = list(
        publication.deliveries.select_related("organisation").order_by("-date", "-pk")
    )
    if request.GET.get("export") == "xlsx":
        return workbook_response(publication.code, [_sheet(deliveries)])
    delivered = sum(each.copies for each in deliveries)
    context = {
        "publication": publication,
        "deliveries": deliveries,
        "delivered": delivered,
        "left": stock(publication.printed_copies, delivered),
        "can_edit": can_edit_project(request.user, publication.project),
    }
    return render(request, "network/publication_detail.html", context)


def _sheet(deliveries: list[Delivery]) -> Sheet:
    headings = [_("Date"), _("Recipient"), _("Copies"), _("demo data")]
    rows = ([each.date, each.to, each.copies, each.is_demo] for each in deliveries)
    return Sheet(_("Deliveries"), headings, rows)


@require_http_methods(["GET", "HEAD", "POST"])
def publication_add(request: HttpRequest) -> HttpResponse:
    heading = _("New publication")
    project = project_to_add_to(request)
    if project is None:
        return choose_project(request, heading)
    return answer_form(
        request,
        PublicationForm(request.POST or None, owner=project),
        heading=heading,
        lead=project.title,
        back=reverse("network:publication_list"),
        crumbs=publication_crumbs(),
        then=Publication.get_absolute_url,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def publication_edit(request: HttpRequest, pk: int) -> HttpResponse:
    publication = editable(request, Publication, pk)
    return answer_form(
        request,
        PublicationForm(request.POST or None, instance=publication, owner=publication.project),
        heading=_("Change the publication"),
        back=publication.get_absolute_url(),
        crumbs=publication_crumbs(Crumb(publication.name, publication.get_absolute_url())),
        save=lambda row: actions.keep_publication(publication=row),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def publication_archive(request: HttpRequest, pk: int) -> HttpResponse:
    publication = editable(request, Publication, pk)
    return answer_archive(request, publication, back=publication.get_absolute_url())


def _answer_delivery(
    request: HttpRequest, publication: Any, form: DeliveryForm, heading: str
) -> HttpResponse:
    return answer_form(
        request,
        form,
        heading=heading,
        lead=publication.name,
        back=publication.get_absolute_url(),
        crumbs=publication_crumbs(Crumb(publication.name, publication.get_absolute_url())),
        save=lambda delivery: actions.deliver(delivery=delivery),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def delivery_add(request: HttpRequest, pk: int) -> HttpResponse:
    publication = editable(request, Publication, pk)
    form = DeliveryForm(request.POST or None, owner=publication)
    return _answer_delivery(request, publication, form, _("New delivery"))


def _delivery(request: HttpRequest, pk: int) -> Delivery:
    rows = Delivery.objects.visible_to(request.user).select_related("publication__project")
    delivery: Delivery = get_object_or_404(rows, pk=pk)
    of_project(request, delivery, delivery.publication.project)
    refuse_unless(can_edit_project(request.user, delivery.publication.project))
    return delivery


@require_http_methods(["GET", "HEAD", "POST"])
def delivery_edit(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = _delivery(request, pk)
    form = DeliveryForm(request.POST or None, instance=delivery, owner=delivery.publication)
    return _answer_delivery(request, delivery.publication, form, _("Change the delivery"))


@require_http_methods(["GET", "HEAD", "POST"])
def delivery_remove(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = _delivery(request, pk)
    return answer_remove(request, delivery, back=delivery.publication.get_absolute_url())
