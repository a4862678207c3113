"""The portal's own settings, with the pages and tables that others are measured by."""

from portal.settings import *  # noqa: F403
from portal.settings import INSTALLED_APPS as PORTALS

ROOT_URLCONF = "bench.urls"
INSTALLED_APPS = [*PORTALS, "bench"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = None  # a formset of 1,200 cells has more than Django allows
