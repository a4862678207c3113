"""The frame as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext_lazy as _

from portal.lib.paper import missing_fonts


class PortalConfig(AppConfig):
    """Holds the account model and what the five apps share on screen."""

    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        register(papers_have_their_font)


class BackOfficeConfig(admin.AdminConfig):
    """Django's admin with our own door."""

    default = False  # this module is named for the portal; settings name this one in full
    default_site = "portal.backoffice.BackOffice"


def papers_have_their_font(**_kwargs: Any) -> list[CheckMessage]:
    """Without its face a certificate would be drawn in whatever the machine has, or in boxes."""
    return [
        Error(
            f"The font of the papers is missing: {path}.",
            hint="Install what requirements.lock names: fontpkg-noto-sans.",
            id="portal.E001",
        )
        for path in missing_fonts()
    ]
