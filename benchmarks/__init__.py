"""Measures Waymark against the assistant that ``rasa init`` makes, side by side in one run.

``make bench`` (``python -m benchmarks``) trains both, starts each in a process of its own, lets
them take turns in interleaved blocks, prints a table and writes ``benchmarks/RESULTS.md``.
``python -m benchmarks --quick`` is a smoke run: few turns, Waymark alone, nothing overwritten.
"""
