"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """Who is around."""

    name = "network"
    verbose_name = _("Network")

    def ready(self) -> None:
        from network.doors import open_doors

        open_doors()
