"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    """What was promised."""

    name = "projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        """Hang what waits in projects on the door of the first page."""
        from projects import doors, today

        doors.today += [today.reports_waiting, today.values_to_approve, today.sources_disagree]
