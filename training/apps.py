"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    """What was done."""

    name = "training"
    verbose_name = _("Training")

    def ready(self) -> None:
        from training.doors import open_doors

        open_doors()
