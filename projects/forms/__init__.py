"""People's input to clean rows; saving is the actions' work."""

from .facts import FundingForm, PartnerForm, SourceForm, StatementForm
from .indicators import (
    ActivityForm,
    IndicatorForm,
    PlanForm,
    ReportForm,
    SubmissionForm,
    ValueForm,
)
from .organisations import OrganisationForm, OtherNameForm
from .programmes import FunderForm, LogoForm, ProgrammeForm, VisualSetForm
from .projects import (
    AimForm,
    IdentifierForm,
    ProjectForm,
    RelatedForm,
    StatusForm,
    TargetGroupForm,
    TitleForm,
)
from .reports import AcceptForm, ReportTextsForm, ReturnForm
from .rows import PartForm, RowForm

__all__ = [
    "AcceptForm",
    "ActivityForm",
    "AimForm",
    "FunderForm",
    "FundingForm",
    "IdentifierForm",
    "IndicatorForm",
    "LogoForm",
    "OrganisationForm",
    "OtherNameForm",
    "PartForm",
    "PartnerForm",
    "PlanForm",
    "ProgrammeForm",
    "ProjectForm",
    "RelatedForm",
    "ReportForm",
    "ReportTextsForm",
    "ReturnForm",
    "RowForm",
    "SourceForm",
    "StatementForm",
    "StatusForm",
    "SubmissionForm",
    "TargetGroupForm",
    "TitleForm",
    "ValueForm",
    "VisualSetForm",
]
