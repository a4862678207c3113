"""What people do with projects: keep, put away, enter and approve, remember, report."""

from portal.lib.documents import retry_paper

from .figures import approve_value, record_value, remember, take_snapshots
from .mails import Delivery, send_once
from .report_facts import activities_in_order, default_statement, key_of, report_facts
from .reports import (
    accept_report,
    check_acceptance,
    check_note,
    check_return,
    check_sign_off,
    check_submission,
    note_submission,
    return_report,
    sign_report,
    submit_report,
    take_back_submission,
    write_report,
)
from .rows import archive, keep, remove, restore
from .visuals import (
    CannotPrintError,
    Freeze,
    all_visual_sets,
    check_letters,
    funding_statement,
    logo_row,
    sets_in_force,
    texts_in,
    visual_sets,
)

__all__ = [
    "CannotPrintError",
    "Delivery",
    "Freeze",
    "accept_report",
    "activities_in_order",
    "all_visual_sets",
    "approve_value",
    "archive",
    "check_acceptance",
    "check_letters",
    "check_note",
    "check_return",
    "check_sign_off",
    "check_submission",
    "default_statement",
    "funding_statement",
    "keep",
    "key_of",
    "logo_row",
    "note_submission",
    "record_value",
    "remember",
    "remove",
    "report_facts",
    "restore",
    "retry_paper",
    "return_report",
    "send_once",
    "sets_in_force",
    "sign_report",
    "submit_report",
    "take_back_submission",
    "take_snapshots",
    "texts_in",
    "visual_sets",
    "write_report",
]
