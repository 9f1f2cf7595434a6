"""How slow the machine is on which tests run, for the bounds on seconds that some of them have.

A bound holds on a machine that adds up a million numbers, one by one, in `REFERENCE` seconds, or quicker; on a slower
one it is wider by as much. What such a test is for, a text that is read in seconds instead of milliseconds, it finds on
any.
"""

from __future__ import annotations

import timeit
from functools import cache

__all__ = ["REFERENCE", "pace"]

REFERENCE = 0.08
_NUMBERS = 200_000


@cache
def pace() -> float:
    """How many times slower than the reference this machine is; 1 on one that is as quick, or quicker."""
    best = min(timeit.repeat(lambda: _add_up(_NUMBERS), number=1, repeat=5))
    return max(1.0, best * 1_000_000 / _NUMBERS / REFERENCE)


def _add_up(numbers: int) -> int:
    total = 0
    for number in range(numbers):
        total += number
    return total
