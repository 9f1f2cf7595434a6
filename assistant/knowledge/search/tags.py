"""What items are tagged with, compared with what a question names, for all items at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from assistant.knowledge.entries import Funding, Place, Sector
from assistant.knowledge.items import ITEM_TYPES, Item
from assistant.knowledge.search.query import Filters, Query

__all__ = ["WIDE", "Tags"]

WIDE = frozenset({"world", "europe", "eu"})
"""Regions so wide that sharing them says little."""

Floats = npt.NDArray[np.float32]


class Tags:
    """What items are tagged with, as arrays, so that a question's names are compared with all of them at once."""

    def __init__(self, items: Sequence[Item], places: Mapping[str, Place], sectors: Mapping[str, Sector]) -> None:
        self._places = {key: i for i, key in enumerate(places)}
        self._sectors = {key: i for i, key in enumerate(sectors)}
        self._steps = {key: i for i, key in enumerate((*map(str, range(1, 11)), "funding"))}
        self._types = {key: i for i, key in enumerate(ITEM_TYPES)}
        self._near = {key: sector.near for key, sector in sectors.items()}
        self._around = {key: place.within for key, place in places.items()}
        self._inside: dict[str, set[str]] = {}
        for place in places.values():
            for region in place.within:
                self._inside.setdefault(region, set()).add(place.key)
        self._place = _flags(items, self._places, lambda item: (*item.countries, *item.abroad))
        self._abroad = _flags(items, self._places, lambda item: item.abroad)
        self._sector = _flags(items, self._sectors, lambda item: item.sectors)
        self._step = _flags(items, self._steps, lambda item: item.steps)
        self._type = _flags(items, self._types, lambda item: (item.type,))
        self._kinds = [
            frozenset(kind.value for kind in item.entry.kinds) if isinstance(item.entry, Funding) else frozenset[str]()
            for item in items
        ]
        self._audience = {
            audience: np.array([any(a.value == audience for a in item.audience) for item in items])
            for audience in ("cluster_organisation", "policy_maker")
        }

    def features(self, query: Query) -> dict[str, Floats]:
        """The features that come from what a question names."""
        found: dict[str, Floats] = {}
        if query.places:
            direct = _any(self._place, self._places, query.places)
            around = _any(self._place, self._places, self._regions(query.places) - query.places)
            found["place"] = direct
            found["place_around"] = np.where(direct > 0, 0, around)
            if "case" in query.wants:
                found["gone_abroad"] = _any(self._abroad, self._places, query.places)
            found["place_other"] = ((direct + around == 0) & self._place.any(axis=1)).astype(np.float32)
        if query.sectors:
            direct = _any(self._sector, self._sectors, query.sectors)
            near = _any(self._sector, self._sectors, {n for s in query.sectors for n in self._near.get(s, ())})
            found["sector"] = direct
            found["sector_near"] = np.where(direct > 0, 0, near)
            found["sector_other"] = ((direct + near == 0) & self._sector.any(axis=1)).astype(np.float32)
        if query.places and query.sectors:
            found["place_and_sector"] = found["place"] * found["sector"]
        if query.steps:
            found["step"] = _any(self._step, self._steps, query.steps)
        if query.wants:
            found["type"] = _any(self._type, self._types, query.wants)
            found["type_other"] = 1 - found["type"]
        return found

    def _regions(self, places: Iterable[str]) -> set[str]:
        return {region for key in places for region in self._around.get(key, ()) if region not in WIDE}

    def passing(self, filters: Filters) -> npt.NDArray[np.bool_]:
        """Which items the filters let through; what is for all sectors passes every one of these.

        A region lets the countries in it through, a country what is for a region that it belongs to.
        """
        passing = np.ones(len(self._type), dtype=bool)
        if filters.types:
            passing &= _any(self._type, self._types, filters.types) > 0
        if filters.places:
            inside = {key for place in filters.places for key in self._inside.get(place, ())}
            wanted = {*filters.places, *self._regions(filters.places), *inside}
            passing &= _any(self._place, self._places, wanted) > 0
        if filters.sectors:
            passing &= (_any(self._sector, self._sectors, filters.sectors) > 0) | ~self._sector.any(axis=1)
        if filters.steps:
            passing &= _any(self._step, self._steps, filters.steps) > 0
        if filters.kinds:
            passing &= np.array([bool(filters.kinds & kinds) for kinds in self._kinds])
        if filters.audience:
            passing &= self._audience[filters.audience]
        return passing


def _flags(
    items: Sequence[Item], index: Mapping[str, int], keys: Callable[[Item], Iterable[str]]
) -> npt.NDArray[np.bool_]:
    flags = np.zeros((len(items), len(index)), dtype=bool)
    for i, item in enumerate(items):
        for key in keys(item):
            if key in index:
                flags[i, index[key]] = True
    return flags


def _any(flags: npt.NDArray[np.bool_], index: Mapping[str, int], keys: Iterable[str]) -> Floats:
    """1.0 for each row that has one of `keys`."""
    columns = [index[key] for key in keys if key in index]
    return flags[:, columns].any(axis=1).astype(np.float32) if columns else np.zeros(len(flags), np.float32)
