"""What the tests of certificates start from."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.certificates import world


@pytest.fixture(autouse=True)
def own_store(settings: LazySettings, tmp_path: Path) -> Path:
    """Papers of a test lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def done(db: None) -> world.World:
    """Three people, the last a carer, who were present at everything."""
    return world.build()
