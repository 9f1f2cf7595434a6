from __future__ import annotations

import pytest

from assistant.journey import JourneyDefinition, JourneyState
from tests.journey.sample import DEFINITION, begun


@pytest.fixture
def definition() -> JourneyDefinition:
    return DEFINITION


@pytest.fixture
def state() -> JourneyState:
    """A cluster organisation's journey that has just begun, at step 1."""
    return begun()
