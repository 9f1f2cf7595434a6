"""Small knowledge bases for tests: a few entries in a folder of their own, with short lists of places and sectors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from assistant.knowledge.base import Entries, read_entries
from assistant.knowledge.entries import TYPES
from assistant.knowledge.items import items_of_entries
from assistant.knowledge.search.engine import Search

PLACES = """\
regions:
  - {key: world, name: the whole world}
  - {key: europe, name: Europe, also: [European]}
  - {key: nordic, name: the Nordic countries, also: [Nordic, Scandinavia]}
  - {key: asia, name: Asia, also: [Asian]}
countries:
  - {key: DK, name: Denmark, also: [Danish, Danes], within: [nordic, europe]}
  - {key: SE, name: Sweden, also: [Swedish], within: [nordic, europe]}
  - {key: FR, name: France, also: [French], within: [europe]}
  - {key: IT, name: Italy, also: [Italian], within: [europe]}
  - {key: JP, name: Japan, also: [Japanese], within: [asia]}
  - {key: KR, name: South Korea, also: [Korea, Korean], within: [asia]}
  - {key: US, name: United States, also: [US, USA, America, American]}
  - {key: GE, name: Georgia, also: [Georgian]}
  - {key: GS, name: South Georgia & South Sandwich Islands}
"""
SECTORS = """\
sectors:
  - {key: ict, name: ICT and software, also: [IT, software], near: [electronics]}
  - {key: electronics, name: electronics and microsystems, also: [electronics, semiconductors], near: [ict]}
  - {key: life-sciences, name: life sciences, also: [biotech]}
  - {key: agrifood, name: food and farming, also: [food, wine]}
  - {key: textiles-fashion, name: textiles and fashion, also: [textile, textiles, fashion]}
"""
GAPS = """\
gaps:
  - key: visas
    name: visas and permits
    asks: [do we need a visa, work permit for our staff, entry rules for visitors]
"""
SOURCES = """\
sources:
  - {id: handbook, title: The Handbook, short: Handbook, publisher: We, year: 2012, status_note: Old.}
  - {id: guide, title: The Guide, short: Guide, publisher: They, year: 2020, status_note: Newer.}
"""
_COMMON: Mapping[str, Any] = {
    "summary": "Something that somebody did, told here in a sentence that is long enough for a summary.",
    "steps": ["6"],
    "asks": ["who did it", "how was it done", "what came of it"],
    "sources": [{"source": "handbook", "where": "Case 1", "lines": "10-20"}],
}
_OF_TYPE: Mapping[str, Mapping[str, Any]] = {
    "case": {"who": "Somebody"},
    "funding": {"year": 2012, "kinds": ["grant"], "status": "closed"},
    "skill": {"who": "A manager"},
    "factor": {"nature": "success"},
    "recommendation": {"to": ["Policy makers"]},
    "statistic": {"year": 2012},
    "guide": {
        "parts": [
            {"title": "First", "text": "What is done at the beginning."},
            {"title": "Second", "text": "What is done at the end."},
        ]
    },
}


class Base:
    """A knowledge base in a folder.

    Args:
        root: its folder; made here, with lists and sources unless it is `extra`.
        extra: whether it is an organisation's own folder, which needs neither.
    """

    def __init__(self, root: Path, *, extra: bool = False) -> None:
        self.root = root
        root.mkdir(parents=True)
        if not extra:
            self.write("lists/places.yml", PLACES)
            self.write("lists/sectors.yml", SECTORS)
            self.write("lists/gaps.yml", GAPS)
            self.write("sources.yml", SOURCES)

    def write(self, file: str, text: str) -> Path:
        """Writes a file as it is given."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def add(self, id: str, *, file: str | None = None, **fields: Any) -> Path:
        """Writes an entry: what is not given is made up, what is None is left out."""
        kind, name = id.split("/")
        values = {"id": id, "title": name.replace("-", " "), **_COMMON, **_OF_TYPE.get(kind, {}), **fields}
        text = yaml.safe_dump({k: v for k, v in values.items() if v is not None}, allow_unicode=True, sort_keys=False)
        return self.write(file or f"{TYPES[kind].FOLDER}/{name}.yml", text)

    def read(self, *more: Base) -> Entries:
        """Reads it, and other folders after it."""
        return read_entries([self.root, *(base.root for base in more)])

    def search(self, *more: Base, **given: Any) -> Search:
        """An index of its entries, which have to be in order."""
        entries = self.read(*more)
        assert entries.problems == ()
        items = tuple(items_of_entries(entries.entries.values()))
        return Search(items, entries.places, entries.sectors, gaps=entries.gaps, **given)
