"""What was promised: organisations, programmes, projects, money, indicators; and who sees them."""

from .activities import Activity, ActivityKind
from .descriptions import (
    PartnerRole,
    Partnership,
    ProjectAim,
    ProjectIdentifier,
    ProjectStatus,
    ProjectTitle,
    RelatedProject,
    StatusEntry,
    TargetGroup,
)
from .funding import Funding, FundingPart, FundingStage
from .indicators import (
    MEASURED_FROM_NOUGHT,
    FigureSnapshot,
    Indicator,
    IndicatorKind,
    IndicatorMethod,
    IndicatorTarget,
    IndicatorValue,
)
from .mails import MailKind, SentMail
from .memberships import EDITOR_ROLES, Membership, Role, all_held_by, forget_held, held_by
from .organisations import Organisation, OrganisationKind, OrganisationName
from .programmes import Funder, Logo, Programme, VisualSet
from .projects import Project
from .report_versions import PaperKind, ReportPaper, ReportStep, ReportVersion
from .reports import (
    DRAFT_READERS,
    OPEN_STATES,
    Report,
    ReportPart,
    ReportState,
    ReportText,
)
from .sources import Source, Sourced, SourceKind, Statement, StatementKind

__all__ = [
    "DRAFT_READERS",
    "EDITOR_ROLES",
    "MEASURED_FROM_NOUGHT",
    "OPEN_STATES",
    "Activity",
    "ActivityKind",
    "FigureSnapshot",
    "Funder",
    "Funding",
    "FundingPart",
    "FundingStage",
    "Indicator",
    "IndicatorKind",
    "IndicatorMethod",
    "IndicatorTarget",
    "IndicatorValue",
    "Logo",
    "MailKind",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "PaperKind",
    "PartnerRole",
    "Partnership",
    "Programme",
    "Project",
    "ProjectAim",
    "ProjectIdentifier",
    "ProjectStatus",
    "ProjectTitle",
    "RelatedProject",
    "Report",
    "ReportPaper",
    "ReportPart",
    "ReportState",
    "ReportStep",
    "ReportText",
    "ReportVersion",
    "Role",
    "SentMail",
    "Source",
    "SourceKind",
    "Sourced",
    "Statement",
    "StatementKind",
    "StatusEntry",
    "TargetGroup",
    "VisualSet",
    "all_held_by",
    "forget_held",
    "held_by",
]
