"""Hybrid search over the knowledge base: words (BM25), meaning (the sentence encoder) and what a question names."""

from __future__ import annotations

from assistant.knowledge.search.engine import Search
from assistant.knowledge.search.query import Filters, Query
from assistant.knowledge.search.results import Ranking, Result, Why

__all__ = ["Filters", "Query", "Ranking", "Result", "Search", "Why"]
