"""What every paper carries of its programme: logos, the funding statement, letters the face has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from portal.lib import pictures
from portal.lib.lettering import unprintable
from portal.lib.paper import PaperError
from projects.models import Logo, Project, VisualSet

type Freeze = Callable[[bytes], pictures.Frozen]
type PlaceOf = Callable[[str], tuple[str, str] | None]


class CannotPrintError(Exception):
    """Something the paper needs is missing; the message tells the person what."""


def visual_sets(project: Project, day: date) -> dict[str, VisualSet]:
    """By language the most particular set of the programme in force on the day."""
    return sets_in_force(all_visual_sets(project), day)


def all_visual_sets(project: Project) -> list[VisualSet]:
    """Every set that a paper of the project may carry on one day or another, with its logos."""
    sets = VisualSet.objects.filter(
        Q(partner__isnull=True) | Q(partner=project.lead), programme=project.programme
    )
    logos = Prefetch("logos", Logo.objects.order_by("position", "pk"))
    return list(sets.prefetch_related(logos).order_by("pk"))


def sets_in_force(sets: Iterable[VisualSet], day: date) -> dict[str, VisualSet]:
    """By language the most particular of them on the day."""
    chosen: dict[str, VisualSet] = {}
    for each in sorted(
        sets, key=lambda row: (row.partner_id is not None, row.valid_from or date.min)
    ):
        if (each.valid_from or day) <= day <= (each.valid_to or day):
            chosen[each.language] = each  # the last stands: own partner's, then the youngest
    return chosen


def funding_statement(project: Project, sets: Mapping[str, VisualSet]) -> dict[str, str]:
    """The funding statement; without a visual set at least the programme is named."""
    if not sets:
        programme = project.programme
        return {
            "lv": f"Programma: {programme.name_lv or programme.name_en}",
            "en": f"Programme: {programme.name_en or programme.name_lv}",
        }
    return {
        language: sets[language].statement if language in sets else "" for language in ("lv", "en")
    }


def logo_row(
    project: Project,
    sets: Mapping[str, VisualSet],
    language: str,
    freeze: Freeze = pictures.freeze,
) -> list[dict[str, Any]]:
    """The logos of the set of this language, or of the other; words where there is no picture.

    ``freeze`` takes the pictures in; a specimen has one that keeps nothing.
    """
    chosen = sets.get(language) or next(iter(sets.values()), None)
    programme = _words_only(project.programme.name)
    if chosen is None:
        return [programme, *([_words_only(project.lead.name)] if project.lead else [])]
    return [_logo(each, freeze) for each in chosen.logos.all()] or [programme]


def _logo(logo: Logo, freeze: Freeze) -> dict[str, Any]:
    """A picture frozen for ever; a nearly square emblem keeps its label beside it."""
    if not logo.file:
        return _words_only(logo.label)
    try:
        with logo.file.open("rb") as file:
            picture = freeze(file.read())
    except (FileNotFoundError, PaperError) as error:
        raise CannotPrintError(
            _("The logo “%(label)s” is missing or cannot be read: upload it again.")
            % {"label": logo.label}
        ) from error
    except OSError as error:
        raise CannotPrintError(_("The disk does not answer now: try again later.")) from error
    return {"label": logo.label, "picture": picture, "with_label": picture["ratio"] < 1.5}


def _words_only(label: str) -> dict[str, Any]:
    return {"label": label, "picture": None, "with_label": True}


def check_letters(words: Any, place_of: PlaceOf = lambda lost: None) -> None:
    """Before a number is given: every text of the paper must have its letters in the face.

    ``place_of(letters)`` may tell the thing whose text holds them, and that text.
    """
    for text in texts_in(words):
        if lost := unprintable(text):
            thing, text = place_of(lost) or ("", text)
            sentence = (
                _("The paper cannot show these characters: %(characters)s. %(thing)s: “%(text)s”.")
                if thing
                else _(
                    "The paper cannot show these characters: %(characters)s. They stand in “%(text)s”."
                )
            )
            raise CannotPrintError(
                sentence % {"characters": " ".join(lost), "text": text, "thing": thing}
            )


def texts_in(words: Any) -> Iterator[str]:
    """Every string in the words, however deep."""
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict | list):
        for each in words.values() if isinstance(words, dict) else words:
            yield from texts_in(each)
