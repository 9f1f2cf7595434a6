"""The option that says how far the random walk goes."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--turns", type=int, default=1000, help="turns of the random walk")
