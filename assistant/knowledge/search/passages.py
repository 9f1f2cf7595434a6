"""What of an item is searched: its names, the questions that it answers, its summary, each of its statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.knowledge.entries import Place, Sector
from assistant.knowledge.items import Item
from assistant.knowledge.search.tags import WIDE
from assistant.knowledge.search.text import STOP, plain, stem, words

__all__ = ["Passage", "names_of", "passages_of", "tag_words"]


def tag_words(item: Item, places: Mapping[str, Place], sectors: Mapping[str, Sector]) -> list[str]:
    """The words for an item's places, their regions and its sectors: who asks for Asia means Japan, too."""
    keys = [key for key in (*item.countries, *item.abroad) if key in places]
    keys += [region for key in keys for region in places[key].within]
    names = [*item.regions, *(places[key].name for key in dict.fromkeys(keys) if key not in WIDE)]
    names += [name for key in item.sectors if key in sectors for name in (sectors[key].name, *sectors[key].also)]
    return list(dict.fromkeys(stem(word) for name in names for word in words(name) if word not in STOP))


@dataclass(frozen=True)
class Passage:
    """A piece of an item's text that a question is compared with.

    Args:
        item: the item's place in the list of items.
        kind: name, ask or body.
        bare: the text by itself.
        statement: which of the item's statements it is; None for the names, the asks and the summary.
    """

    item: int
    kind: str
    bare: str
    statement: int | None = None


def passages_of(index: int, item: Item) -> Iterable[Passage]:
    """The passages of one item, which stands at `index`: names, asks, summary, statements."""
    for name in item.names:
        yield Passage(index, "name", name)
    for ask in item.asks:
        yield Passage(index, "ask", ask)
    yield Passage(index, "body", item.summary)
    for i, said in enumerate(item.statements):
        lead = said.label.replace("_", " ") if said.label in ("amount", "duration", "who_could_apply", "run_by",
                                                              "pays_for", "paid_by") else ""  # fmt: skip
        bare = f"{lead}: {said.text}" if lead else said.text
        yield Passage(index, "body", bare, i)


def names_of(items: Sequence[Item]) -> dict[tuple[str, ...], list[int]]:
    """The items by each of their names, as stems."""
    names: dict[tuple[str, ...], list[int]] = {}
    for i, item in enumerate(items):
        for name in item.names:
            key = tuple(stem(w) for w in words(name))
            if key and len(plain(name)) > 2 and i not in names.setdefault(key, []):
                names[key].append(i)
    return names
