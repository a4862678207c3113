"""Verbs that write: issue, revoke, issue anew, make the paper, word the template."""

from portal.lib.documents import retry_paper

from .facts import CannotIssueError
from .issuing import (
    Issue,
    issue_certificates,
    lock_register,
    reissue_certificate,
    revoke_certificate,
    take_numbers,
)
from .papers import produce_now
from .templates import archive_template, save_template, specimen

__all__ = [
    "CannotIssueError",
    "Issue",
    "archive_template",
    "issue_certificates",
    "lock_register",
    "produce_now",
    "reissue_certificate",
    "retry_paper",
    "revoke_certificate",
    "save_template",
    "specimen",
    "take_numbers",
]
