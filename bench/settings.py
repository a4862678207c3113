"""The portal's own settings, and one more address: the empty page that others are measured by."""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
