"""What the tests of the network start from."""

import pytest

from tests.network.world import World


@pytest.fixture
def world(db: None) -> World:
    return World()
