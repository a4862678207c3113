"""Judged marks stored: log, cells, sums and opened sessions by one statement, fed by one JSON text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from portal.lib.json_sql import changed_at_once

LOG = """INSERT INTO training_mark (id, enrolment_id, session_id, old_status, old_minutes, new_status,
    new_minutes, comment, base_revision, reason, user_id, at)
SELECT id, enrolment, session, old_status, old_minutes, status, minutes, comment, base, reason,
    %(user)s, %(at)s FROM log"""
STANDS = """INSERT INTO training_attendance
    (enrolment_id, session_id, status, minutes, comment, revision)
SELECT enrolment, session, status, minutes, comment, base + 1 FROM log
WHERE is_last AND status <> ''
ON CONFLICT (enrolment_id, session_id) DO UPDATE SET status = excluded.status,
    minutes = excluded.minutes, comment = excluded.comment, revision = excluded.revision"""
CLEARED = """DELETE FROM training_attendance WHERE (enrolment_id, session_id) IN
    (SELECT enrolment, session FROM log WHERE is_last AND status = '')"""
SUMS = """UPDATE training_enrolment SET minutes_attended = sums.minutes
FROM sums WHERE sums.enrolment = training_enrolment.id"""
STEPS = """INSERT INTO training_sessionchange (session_id, old_state, new_state, reason, user_id, at)
SELECT session, 'planned', 'open', '', %(user)s, %(at)s FROM opened"""
OPENED = """UPDATE training_session SET state = 'open', closed_at = NULL, closed_by_id = NULL
WHERE id IN (SELECT session FROM opened)"""

ROWS = {
    "log": {
        "id": "uuid",
        "enrolment": "bigint",
        "session": "bigint",
        "old_status": "text",
        "old_minutes": "int",
        "status": "text",
        "minutes": "int",
        "comment": "text",
        "base": "int",
        "reason": "text",
        "is_last": "boolean",
    },
    "sums": {"enrolment": "bigint", "minutes": "int"},
    "opened": {"session": "bigint"},
}


@dataclass
class Batch:
    """What a sheet was told and found right, in the order in which it was told."""

    log: list[dict[str, Any]] = field(default_factory=list)
    gained: dict[int, int] = field(default_factory=dict)

    def add(self, row: dict[str, Any], gained: int) -> None:
        """One change of one cell, and the minutes by which the person's sum moves."""
        self.log.append(row)
        enrolment = row["enrolment"]
        self.gained[enrolment] = self.gained.get(enrolment, 0) + gained

    @property
    def sessions(self) -> set[int]:
        return {row["session"] for row in self.log}

    def write(
        self, minutes: Mapping[int, int], planned: Iterable[int], user: Any, now: datetime
    ) -> None:
        """Store all of it; ``minutes`` are the sums that stood, ``planned`` the sessions to open."""
        last = {(row["enrolment"], row["session"]): row for row in self.log}
        for row in self.log:
            row["is_last"] = False
        for row in last.values():
            row["is_last"] = True
        told = {
            "log": self.log,
            "sums": [
                {"enrolment": key, "minutes": minutes[key] + gained}
                for key, gained in self.gained.items()
                if gained
            ],
            "opened": [{"session": key} for key in planned],
        }
        statuses = {bool(row["status"]) for row in last.values()}
        wanted = {
            LOG: True,
            STANDS: True in statuses,
            CLEARED: False in statuses,
            SUMS: told["sums"],
            STEPS: told["opened"],
            OPENED: told["opened"],
        }
        changed_at_once(
            ROWS,
            [change for change, is_wanted in wanted.items() if is_wanted],
            told,
            user=user.pk if user else None,
            at=connection.ops.adapt_datetimefield_value(now),
        )
