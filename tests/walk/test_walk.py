"""Thousands of turns that nobody has thought of; `make walk` takes five thousand, the tests of every day a thousand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from assistant.workspace import Workspace, create_engine, migrate

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.dialogue.agent import WaymarkAgent

_TURNS_A_WALK = 250
"""After so many turns two other people begin, so that the start is walked often, too."""
_SHOWN = 12
"""Faults told in full."""


@pytest.mark.model
async def test_nothing_that_must_never_happen_does(
    agent: WaymarkAgent, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    from tests.walk.walker import Walker, utterances

    turns: int = request.config.getoption("turns", default=1000)
    said = utterances()
    engine = create_engine(f"sqlite:///{tmp_path / 'waymark.db'}")
    migrate(engine)
    wrong: list[str] = []
    moves: Counter[str] = Counter()
    for seed in range(max(1, turns // _TURNS_A_WALK)):
        walker = Walker(agent, Workspace(engine), seed, said)
        wrong += await walker.walk(min(turns, _TURNS_A_WALK))
        moves += walker.moves
    engine.dispose()
    print(f"{sum(moves.values())} turns: {dict(moves)}; {len(wrong)} faults")
    kinds = Counter(fault.split("\n")[0].split(": ", 1)[1][:60] for fault in wrong)
    assert not wrong, "\n\n".join([str(kinds.most_common(40)), *wrong[:_SHOWN]])
