"""The list of the pages in docs/transcripts; each page itself is checked where its conversation is run."""

from __future__ import annotations

import pytest

from tests.conversations.language import read_script
from tests.conversations.pages import PAGES, SCRIPTS, index_of, page_path


def test_every_script_has_its_page_in_the_list_and_no_page_is_left_over(request: pytest.FixtureRequest) -> None:
    scripts = sorted(SCRIPTS.glob("*.txt"))
    titles = {page_path(s).name: read_script(s).shows.partition(". ")[0].rstrip(".") for s in scripts}
    index = PAGES / "README.md"
    if request.config.getoption("write_pages", default=False):
        index.write_text(index_of(titles), encoding="utf-8")
        for page in PAGES.glob("*.md"):
            if page.name not in {*titles, index.name}:
                page.unlink()
    assert len(scripts) >= 8, "fewer conversations than docs/transcripts is to show"
    assert index.read_text(encoding="utf-8") == index_of(titles), "run `make transcripts`"
    assert {page.name for page in PAGES.glob("*.md")} == {*titles, index.name}
