"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    """What was proved."""

    name = "certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        from certificates.doors import open_doors

        open_doors()
