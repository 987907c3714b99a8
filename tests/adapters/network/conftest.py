"""One world for each test."""

import pytest

from tests.adapters.azure_devops.world import World, an_azure


@pytest.fixture
def world() -> World:
    return World(an_azure())
