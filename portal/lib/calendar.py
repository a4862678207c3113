"""Days, periods and hours in the words that papers need, in Latvian cases and in English.

Django and CLDR know month names in the nominative only; certificates are dated in the
locative, and periods run from the genitive to the dative.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.lib.money import CENT, format_number
from portal.lib.text import is_latvian

# The years in which a day of a project can lie; outside of them it was mistyped.
YEARS = range(1990, 2101)
# A university or a school may be older than any project.
OLD_YEARS = range(1800, YEARS.stop)


class Precision(TextChoices):
    """How exactly a date is known: its source may name only a month."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class HourUnit(TextChoices):
    """The hour a programme counts in."""

    AC45 = "ac45", _("academic hours of 45 min")
    AC40 = "ac40", _("academic hours of 40 min")
    CLOCK60 = "clock60", _("hours of 60 min")
    UNKNOWN = "unknown", _("unit not stated")

    @property
    def minutes(self) -> int:
        """Minutes in one hour of this unit; a unit nobody stated is taken as 45."""
        return {"ac40": 40, "clock60": 60}.get(self.value, 45)


class Case(StrEnum):
    """The Latvian cases in which dates stand; English has one form for all."""

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    DATIVE = "dative"
    LOCATIVE = "locative"


_CASES = tuple(Case)
# Per month the four cases, the short form and the English name.
_MONTHS = [
    ("janvāris", "janvāra", "janvārim", "janvārī", "janv.", "January"),
    ("februāris", "februāra", "februārim", "februārī", "febr.", "February"),
    ("marts", "marta", "martam", "martā", "marts", "March"),
    ("aprīlis", "aprīļa", "aprīlim", "aprīlī", "apr.", "April"),
    ("maijs", "maija", "maijam", "maijā", "maijs", "May"),
    ("jūnijs", "jūnija", "jūnijam", "jūnijā", "jūn.", "June"),
    ("jūlijs", "jūlija", "jūlijam", "jūlijā", "jūl.", "July"),
    ("augusts", "augusta", "augustam", "augustā", "aug.", "August"),
    ("septembris", "septembra", "septembrim", "septembrī", "sept.", "September"),
    ("oktobris", "oktobra", "oktobrim", "oktobrī", "okt.", "October"),
    ("novembris", "novembra", "novembrim", "novembrī", "nov.", "November"),
    ("decembris", "decembra", "decembrim", "decembrī", "dec.", "December"),
]
_YEAR = ("gads", "gada", "gadam", "gadā")


def month_name(month: int, case: Case = Case.NOMINATIVE, language: str | None = None) -> str:
    """The name of month 1–12: "jūnijā", "June"."""
    return _MONTHS[month - 1][_CASES.index(case) if is_latvian(language) else -1]


def month_short(month: int, language: str | None = None) -> str:
    """The name of month 1–12 for an axis or a narrow column: "okt.", "Oct"."""
    return _MONTHS[month - 1][-2] if is_latvian(language) else _MONTHS[month - 1][-1][:3]


def day_in_words(day: date, case: Case = Case.NOMINATIVE, language: str | None = None) -> str:
    """A day as papers write it: "2010. gada 18. jūnijā" (locative), "18 June 2010"."""
    return date_in_words(day, Precision.DAY, case, language)


def date_in_words(
    day: date, precision: str, case: Case = Case.NOMINATIVE, language: str | None = None
) -> str:
    """A date as exactly as it is known: "2022. gada oktobris", "October 2022"; "2022. gads"."""
    month = month_name(day.month, case, language)
    if is_latvian(language):
        if precision == Precision.YEAR:
            return f"{day.year}. {_YEAR[_CASES.index(case)]}"
        return (
            f"{day.year}. gada {month if precision == Precision.MONTH else f'{day.day}. {month}'}"
        )
    words = {Precision.DAY: f"{day.day} {month} {day.year}", Precision.MONTH: f"{month} {day.year}"}
    return words.get(Precision(precision), str(day.year))


def short_date(
    day: date, precision: str = Precision.DAY, language: str | None = None, *, narrow: bool = False
) -> str:
    """A date in a list: "15.01.2024." or "15 Jan 2024"; by month or year it is said in words.

    `narrow` shortens the month: "2022. g. okt.", "Oct 2022".
    """
    if precision == Precision.DAY:
        if is_latvian(language):
            return f"{day:%d.%m.}{day.year}."
        return f"{day.day} {month_short(day.month, language)} {day.year}"
    if precision == Precision.MONTH and narrow:
        month = month_short(day.month, language)
        return f"{day.year}. g. {month}" if is_latvian(language) else f"{month} {day.year}"
    return date_in_words(day, precision, Case.NOMINATIVE, language)


@dataclass(frozen=True)
class Period:
    """From one date to another, both included; each known to the day, month or year, or not at all.

    A date known to the month covers the whole month.
    """

    start: date | None
    start_precision: str = Precision.DAY
    end: date | None = None
    end_precision: str = Precision.DAY

    @property
    def first_day(self) -> date | None:
        """The earliest day the start can mean."""
        return self.start and days_meant(self.start, self.start_precision)[0]

    @property
    def last_day(self) -> date | None:
        """The latest day the end can mean."""
        return self.end and days_meant(self.end, self.end_precision)[1]

    @property
    def months(self) -> int | None:
        """Whole months from the first day to the last; None where either is not stated."""
        if self.first_day is None or self.last_day is None:
            return None
        return months_between(self.first_day, self.last_day)

    @property
    def is_in_order(self) -> bool:
        """Whether the end can lie on or after the start; a missing date contradicts nothing."""
        return not (self.first_day and self.last_day and self.last_day < self.first_day)

    def covers(self, day: date) -> bool:
        """Whether the day lies in the period; an open end has no limit."""
        after_start = self.first_day is None or self.first_day <= day
        return after_start and (self.last_day is None or day <= self.last_day)

    def percent_elapsed(self, day: date) -> Decimal | None:
        """Share of the period gone by the evening of `day`, 0–100; None for an open period."""
        if self.first_day is None or self.last_day is None or not self.is_in_order:
            return None
        whole = (self.last_day - self.first_day).days + 1
        gone = min(max((day - self.first_day).days + 1, 0), whole)
        return Decimal(gone * 100) / whole


def period_in_words(period: Period, language: str | None = None) -> str:
    """A period inside a sentence: "no 2009. gada 15. septembra līdz 2010. gada 11. jūnijam".

    One day reads "2010. gada 18. jūnijā" / "on 18 June 2010"; without an end only "no …" is
    said, without a start only "līdz …"; a period without both is "".
    """
    is_lv = is_latvian(language)
    if period.start and period.start == period.end and period.start_precision == Precision.DAY:
        day = day_in_words(period.start, Case.LOCATIVE, language)
        return day if is_lv else f"on {day}"
    words = []
    if period.start:
        start = date_in_words(period.start, period.start_precision, Case.GENITIVE, language)
        words.append(f"no {start}" if is_lv else f"from {start}")
    if period.end:
        end = date_in_words(period.end, period.end_precision, Case.DATIVE, language)
        words.append(f"līdz {end}" if is_lv else f"to {end}")
    return " ".join(words)


def short_period(period: Period, language: str | None = None, *, narrow: bool = False) -> str:
    """A period in a list: "01.03.2018.–29.02.2020.", "2022. gada oktobris – 2028. gada augusts".

    An end that is not stated is left open ("2009. gada augusts –"); without both it is "".
    """
    ends = [
        short_date(day, precision, language, narrow=narrow) if day else ""
        for day, precision in (
            (period.start, period.start_precision),
            (period.end, period.end_precision),
        )
    ]
    if ends[0] == ends[1]:
        return ends[0]
    return ("–" if " " not in "".join(ends) else " – ").join(ends).strip(" ")


def months_between(first: date, last: date) -> int:
    """Whole months from `first` to `last`, both days included: 01.03.2018–29.02.2020 is 24.

    0 when `last` lies before `first`.
    """
    is_month_end = last == month_end(last)
    months = (last.year - first.year) * 12 + last.month - first.month + is_month_end
    day_after = 1 if is_month_end else last.day + 1
    return max(0, months - (day_after < first.day))


def end_after(start: date, months: int) -> date:
    """The last day of a duration of whole months: 18 months from 01.08.2009 end on 31.01.2011.

    A duration that would outlast our years ends with them: a slip in one number stops no page.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year >= YEARS.stop:
        return date(YEARS[-1], 12, 31)
    day = min(start.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - timedelta(days=1)


def days_meant(day: date, precision: str) -> tuple[date, date]:
    """The first and the last day a date of this precision can mean."""
    if precision == Precision.DAY:
        return day, day
    if precision == Precision.YEAR:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day.replace(day=1), month_end(day)


def month_end(day: date) -> date:
    """The last day of the month in which ``day`` lies."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def each_month(first: date, last: date) -> Iterator[date]:
    """The first day of every month that the days from `first` to `last` touch."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(number // 12, number % 12 + 1, 1)


def hours(minutes: int, unit: str) -> Decimal:
    """`minutes` in hours of `unit`, exact; round only when printing."""
    return Decimal(minutes) / HourUnit(unit).minutes


def format_hours(count: Decimal | int, language: str | None = None) -> str:
    """A number of hours as text, half a hundredth rounded up, no needless zeros: "92,67", "8"."""
    return format_number(Decimal(count).quantize(CENT, ROUND_HALF_UP), None, language)


def hours_in_words(count: Decimal | int, unit: str, language: str | None = None) -> str:
    """Hours with their noun: "408 akadēmiskās stundas", "1 academic hour"; two decimals at most.

    Hours of a unit nobody stated are plain "stundas" / "hours".
    """
    number = format_hours(count, language)
    is_academic = unit in {HourUnit.AC45, HourUnit.AC40}
    if is_latvian(language):
        form = _plural_form(Decimal(count))
        adjective = ("akadēmiskā ", "akadēmiskās ", "akadēmisko ")[form] if is_academic else ""
        return f"{number} {adjective}{('stunda', 'stundas', 'stundu')[form]}"
    return f"{number} {'academic ' if is_academic else ''}{'hour' if count == 1 else 'hours'}"


def _plural_form(count: Decimal) -> int:
    """The form of a Latvian noun after a number: 0 singular (1, 21), 1 plural, 2 none."""
    if count % 10 == 1 and count % 100 != 11:
        return 0
    return 1 if count else 2
