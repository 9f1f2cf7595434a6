"""The benchmark's arithmetic and its report, with invented figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.measures import EARLY_FROM, RING, Blocks, Ends, Plan, p95
from benchmarks.report import Results, bars, write
from benchmarks.scripts import LONG_OPENING, LONG_TURNS, long_conversation, small_talk
from benchmarks.server import Served

BLOCKS = Blocks(text=[[9.0, 10.0, 11.0], [20.0, 20.0, 20.0]], button=[[5.0], [6.0]], baseline=[[40.0] * 3, [50.0] * 3])


def test_ratio_is_the_median_of_each_pair_of_blocks() -> None:
    ratio = BLOCKS.ratio
    assert ratio is not None
    assert ratio.each == (0.25, 0.4)
    assert str(ratio) == "0.33 (0.25 to 0.40)"


def test_no_ratio_without_a_baseline() -> None:
    assert Blocks(text=[[1.0]], button=[[]]).ratio is None


@pytest.mark.parametrize(
    ("values", "expected"), [([7.0], 7.0), ([float(n) for n in range(1, 101)], 95.0), ([3.0, 1.0, 2.0], 3.0)]
)
def test_p95(values: list[float], expected: float) -> None:
    assert p95(values) == expected


def test_windows_hold_the_same_sentences() -> None:
    late = Plan().late - RING + EARLY_FROM
    texts = long_conversation(late + RING)
    assert texts[: len(LONG_OPENING)] == list(LONG_OPENING)
    assert texts[EARLY_FROM : EARLY_FROM + RING] == texts[late : late + RING]
    assert len(LONG_TURNS) == RING
    talk = small_talk(Plan().late_baseline + RING)
    late = Plan().late_baseline - RING + EARLY_FROM
    assert talk[EARLY_FROM : EARLY_FROM + RING] == talk[late : late + RING]


def test_verdicts() -> None:
    results = Results(
        Plan(), BLOCKS, ends=Ends(600, (10.0,), (13.0,)), ready=(20.0,), memory=(800_000_000, 810_000_000)
    )
    assert [bar.verdict for bar in bars(results)] == ["met", "not met", "met", "not measured", "met"]


def test_the_served_process_counts_where_it_was_measured() -> None:
    served = Served(ready_after=26.0, resident=810_000_000, peak=820_000_000, turn_ms=12.0)
    results = Results(Plan(), BLOCKS, ready=(20.0,), memory=(700_000_000, 700_000_000), served=served)
    assert [bar.verdict for bar in bars(results)][2::2] == ["not met", "not met"]


def test_results_are_written_with_the_machine(tmp_path: Path) -> None:
    results = Results(Plan(), BLOCKS, {"cores": "2"}, training=33.0, baseline_training=57.0)
    write(results, tmp_path / "RESULTS.md")
    text = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert "| cores | 2 |" in text
    assert "| first training | at most 60 s | 33.00 s | met |" in text
    assert "| first training | 33.0 s | 57.0 s |" in text
    assert "| turn by text, median | 15.5 ms | 45.0 ms |" in text
    assert "make bench" in text
