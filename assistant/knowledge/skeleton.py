"""The file that ``waymark knowledge new`` writes: every field with what belongs there."""

from __future__ import annotations

from pydantic.fields import FieldInfo

from assistant.knowledge.entries import Entry, Money, Nature, Status

__all__ = ["skeleton"]

_COMMON = """\
# What each field is for: docs/knowledge.md. Fields that begin with "# " are optional: take the sign away to use them.
id: {id}
title:  # at most 90 characters; how a list names it
summary:  # the short answer, 40 to 420 characters, able to stand alone; over several lines it begins with >-
facts:  # what there is to know beyond the summary, one statement each
  - text:
# lessons:  # what others can take from it, if the source says so
#   - text:
{own}steps: []  # the journey steps that it helps with, in quotes, the best first: ["6", "funding"]
# countries: []  # at home in: ISO codes or keys of knowledge/lists/places.yml
# abroad: []  # where it went, or whom it works with
# regions: []  # smaller places, by name
# sectors: []  # keys of knowledge/lists/sectors.yml; leave it out where it is for all
# audience: [cluster_organisation]  # leave it out where it is for both, also for policy_maker
asks:  # three to eight questions that it answers, as people ask who do not know the source's words
  -
# also_known_as: []
# website:
# see: []  # ids of entries that belong with it
# said_in: {{}}  # places in the sources below, counted from 1, that say a field: {{summary: [1, 2], amount: 2}}
sources:
  - {{source: , where: "", lines: ""}}  # an id of sources.yml; the chapter; the lines, at most 80
"""
_HINTS = {
    "who": "who did it, or whose skill it is",
    "number": "the handbook's number of the case",
    "paid_by": "who paid, where the source says so; each with text",
    "kinds": f"any of {', '.join(kind.value for kind in Money)}",
    "status": f"one of {', '.join(status.value for status in Status)}",
    "succeeded_by": "name and note; with the status of that name",
    "amount": "how much, and for whom",
    "duration": "for how long",
    "who_could_apply": "in the source's year",
    "run_by": "which organisation",
    "pays_for": "a list",
    "offers": "a list",
    "how": "how it is used, a list in order",
    "nature": f"one of {', '.join(nature.value for nature in Nature)}",
    "to": "to whom it is addressed, a list",
    "credited_to": "the author whom the source names",
    "parts": "each with title and text, and points if there are any",
    "year": "of what year that is",
}


def skeleton(kind: type[Entry], name: str) -> str:
    """The text of a new entry's file.

    Args:
        kind: the type of entry.
        name: the file's name without its ending.
    """
    own = "".join(_line(field, info) for field, info in kind.model_fields.items() if _is_own(field, kind))
    return _COMMON.format(id=f"{kind.TYPE}/{name}", own=own)


def _is_own(field: str, kind: type[Entry]) -> bool:
    """Whether a field is the type's own, or one that only this type must have."""
    return (
        field not in Entry.model_fields
        or kind.model_fields[field].is_required() != Entry.model_fields[field].is_required()
    )


def _line(field: str, info: FieldInfo) -> str:
    mark = "" if info.is_required() else "# "
    return f"{mark}{field}:  # {_HINTS[field]}\n"
