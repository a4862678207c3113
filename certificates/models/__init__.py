"""What was proved: certificates, their templates and the register of numbers."""

from .certificates import Certificate
from .standings import Standing, standings
from .templates import CertificateTemplate, HoursShown, Register, Signatory

__all__ = [
    "Certificate",
    "CertificateTemplate",
    "HoursShown",
    "Register",
    "Signatory",
    "Standing",
    "standings",
]
