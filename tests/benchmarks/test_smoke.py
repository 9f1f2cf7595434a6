"""The benchmark's own smoke run, on the real model."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.dialogue.model import find_model
from assistant.settings import Settings
from benchmarks.__main__ import RESULTS, main


@pytest.mark.model
def test_quick_run_measures_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if find_model(Settings().models) is None:
        pytest.skip("no model fits the files: run `make train`")
    before = RESULTS.read_bytes() if RESULTS.exists() else None
    assert main(["--quick", "--out", str(tmp_path / "RESULTS.md")]) == 0
    text = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    shown = capsys.readouterr().out
    assert "| turns measured, by text and by button | 5 and 0 | 0 and 0 |" in text
    assert "at turn 20 of one conversation" in text
    assert "The bars" in shown
    assert "Side by side" in shown
    assert (RESULTS.read_bytes() if RESULTS.exists() else None) == before
