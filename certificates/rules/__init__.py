"""Rules of certificates: who may have one, what it says, how its number and code are written."""

from .eligibility import (
    EligibilityFacts,
    ModuleHours,
    Policy,
    Reason,
    percent_text,
    reasons_against,
)
from .layout import layout
from .numbers import (
    SERIES_PATTERN,
    Number,
    format_number,
    new_token,
    parse_number,
    printed_code,
    token_of,
    verification_image,
)
from .wording import PaperLanguage, facts_in_words, words_for

__all__ = [
    "SERIES_PATTERN",
    "EligibilityFacts",
    "ModuleHours",
    "Number",
    "PaperLanguage",
    "Policy",
    "Reason",
    "facts_in_words",
    "format_number",
    "layout",
    "new_token",
    "parse_number",
    "percent_text",
    "printed_code",
    "reasons_against",
    "token_of",
    "verification_image",
    "words_for",
]
