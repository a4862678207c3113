"""What certificates can count for indicators, and what must always hold of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.core.files.storage import default_storage
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate, Register
from portal.lib.documents import DamagedFileError, known_files
from projects.measures import Measure
from projects.models import Indicator
from training.measures.figures import Figures, by_project
from training.measures.months import months_of_persons, months_of_rows
from training.measures.tables import ByGroup
from training.models import Group

TO_PROGRAMME = "group__programme__"
DEMO = Q(is_demo=True)
ONCE = _("A person with certificates of several groups counts once: rows may add up to more.")


def _persons(only: Q | None) -> Count:
    return Count("participant", distinct=True, filter=only)


def _papers(only: Q | None) -> Count:
    return Count("pk", filter=only)


def persons_certified(indicators: Sequence[Indicator], until: date | None) -> Figures:
    """People who hold at least one valid certificate."""
    rows = Certificate.objects.valid(until)
    return by_project(indicators, rows, TO_PROGRAMME, _persons, DEMO)


def certificates_issued(indicators: Sequence[Indicator], until: date | None) -> Figures:
    """Valid certificates; one issued in place of another counts once."""
    rows = Certificate.objects.valid(until)
    return by_project(indicators, rows, TO_PROGRAMME, _papers, DEMO)


def _part(what: Count) -> Callable[[QuerySet[Group], date | None], QuerySet[Group]]:
    def part(groups: QuerySet[Group], until: date | None) -> QuerySet[Group]:
        rows = Certificate.objects.valid(until).filter(group=OuterRef("pk")).order_by()
        counted = rows.values("group").annotate(it=what).values("it")
        return groups.annotate(part=Coalesce(Subquery(counted), 0))

    return part


MEASURES = [
    Measure(
        "certificates.persons_certified",
        _("People certified"),
        _("people"),
        persons_certified,
        ByGroup(
            persons_certified,
            _part(Count("participant", distinct=True)),
            _("People certified"),
            note=ONCE,
        ),
        months_of_persons(Certificate.objects.valid, "issued_on", TO_PROGRAMME),
    ),
    Measure(
        "certificates.certificates_issued",
        _("Certificates issued"),
        _("certificates"),
        certificates_issued,
        ByGroup(certificates_issued, _part(Count("pk")), _("Certificates")),
        months_of_rows(Certificate.objects.valid, "issued_on", TO_PROGRAMME),
    ),
]


def numbers_are_whole() -> Iterator[str]:
    """Every number below the register's next one was given, each once (a constraint sees to it)."""
    given = {
        (series, year): (count, highest)
        for series, year, count, highest in Certificate.objects.order_by()
        .values("series", "year")
        .annotate(count=Count("pk"), highest=Max("number"))
        .values_list("series", "year", "count", "highest")
    }
    for register in Register.objects.all():
        count, highest = given.pop((register.series, register.year), (0, 0))
        if count != highest or register.next_number != highest + 1:
            yield f"register {register}: {count} given, highest {highest}, next {register.next_number}"
    for series, year in given:
        yield f"register {series}-{year} is missing"


def ready_papers_are_the_issued_ones() -> Iterator[str]:
    """Every ready certificate has its file, with its fingerprint."""
    for row in Certificate.objects.ready().defer("facts").iterator(chunk_size=200):
        try:
            row.read()
        except DamagedFileError:
            yield f"certificate {row.pk}: the file is missing or was changed"
        except OSError:
            yield f"certificate {row.pk}: the file cannot be read now"


def no_file_is_nobodys() -> Iterator[str]:
    """No paper lies in the store that no row knows; one being written now may show up."""
    folder, known = "certificate", known_files()
    if not default_storage.exists(folder):
        return
    for part in default_storage.listdir(folder)[0]:
        for name in default_storage.listdir(f"{folder}/{part}")[1]:
            if f"{folder}/{part}/{name}" not in known:
                yield f"file {folder}/{part}/{name} belongs to no certificate"


INVARIANTS: list[Callable[[], Iterator[str]]] = [
    numbers_are_whole,
    ready_papers_are_the_issued_ones,
    no_file_is_nobodys,
]
