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
from .memberships import Membership, Role
from .organisations import Organisation, OrganisationKind, OrganisationName
from .programmes import Funder, Logo, Programme, VisualSet
from .projects import Project
from .reports import OPEN_STATES, Report, ReportState
from .sources import Source, Sourced, SourceKind, Statement, StatementKind

__all__ = [
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
    "Membership",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
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
    "ReportState",
    "Role",
    "Source",
    "SourceKind",
    "Sourced",
    "Statement",
    "StatementKind",
    "StatusEntry",
    "TargetGroup",
    "VisualSet",
]
