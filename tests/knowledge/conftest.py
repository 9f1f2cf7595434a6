"""Knowledge bases: the project's own, read and encoded once for the run, and a small one to be changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge.library import Library, load_library
from assistant.knowledge.search import Search
from assistant.settings import ROOT, Settings
from tests.knowledge.small import Base


@pytest.fixture(scope="session")
def library() -> Library:
    """The project's knowledge base."""
    return load_library(ROOT / "knowledge")


@pytest.fixture(scope="session")
def search(library: Library) -> Search:
    """The index of the project's knowledge base; vectors are kept, so that each text is encoded once."""
    return library.search(Settings().vectors)


@pytest.fixture
def base(tmp_path: Path) -> Base:
    """A knowledge base without entries."""
    return Base(tmp_path / "knowledge")


@pytest.fixture
def extra(tmp_path: Path) -> Base:
    """An organisation's own folder, empty."""
    return Base(tmp_path / "our-own", extra=True)
