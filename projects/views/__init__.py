"""One function per page or button."""

from .indicators import (
    indicator_add,
    indicator_archive,
    indicator_detail,
    indicator_edit,
    indicator_list,
)
from .organisations import (
    organisation_add,
    organisation_archive,
    organisation_detail,
    organisation_edit,
    organisation_list,
)
from .parts import PARTS, part_add, part_edit, part_remove
from .programmes import (
    funder_add,
    funder_archive,
    funder_edit,
    funder_list,
    programme_add,
    programme_archive,
    programme_detail,
    programme_edit,
    programme_list,
)
from .projects import project_add, project_archive, project_detail, project_edit, project_list
from .report_papers import report_paper, report_paper_retry
from .report_steps import (
    report_accept,
    report_note,
    report_return,
    report_sign,
    report_submit,
    report_take_back,
)
from .reports import report_choose, report_detail, report_list, report_version, report_write
from .sources import discrepancy_list, source_list
from .values import logo_picture, value_approve, value_evidence

__all__ = [
    "PARTS",
    "discrepancy_list",
    "funder_add",
    "funder_archive",
    "funder_edit",
    "funder_list",
    "indicator_add",
    "indicator_archive",
    "indicator_detail",
    "indicator_edit",
    "indicator_list",
    "logo_picture",
    "organisation_add",
    "organisation_archive",
    "organisation_detail",
    "organisation_edit",
    "organisation_list",
    "part_add",
    "part_edit",
    "part_remove",
    "programme_add",
    "programme_archive",
    "programme_detail",
    "programme_edit",
    "programme_list",
    "project_add",
    "project_archive",
    "project_detail",
    "project_edit",
    "project_list",
    "report_accept",
    "report_choose",
    "report_detail",
    "report_list",
    "report_note",
    "report_paper",
    "report_paper_retry",
    "report_return",
    "report_sign",
    "report_submit",
    "report_take_back",
    "report_version",
    "report_write",
    "source_list",
    "value_approve",
    "value_evidence",
]
