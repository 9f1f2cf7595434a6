"""Reads one YAML file against its model, and says what is wrong with it, line by line.

Every problem names the file, the line, the field, what was found and what was expected, so that
an editor can act on it without reading Python. One mistake makes one problem: a misspelt field,
for instance, is not reported a second time as missing.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import ValidationError

from assistant.knowledge import models as m

__all__ = ["Document", "Location", "Problem", "nearest", "read_document"]

ModelT = TypeVar("ModelT", bound=m.Model)
Location = tuple[int | str, ...]
"""The way to a value: field names and places in lists, counted from 0."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's loader where it was built in: about eight times as fast."""
_LONGEST_SHOWN = 80
"""Characters of a wrong value that a message repeats."""
_CLOSE = 0.6
"""Likeness (difflib's ratio) from which an unknown field is taken for a missing one, misspelt."""
_NAMED_FIELD = re.compile(r"^([a-z_]+): (.*)$", re.DOTALL)
_NO_TEXT = re.compile(r"^no text for (\w+)$")
_FORMS = {
    "^[a-z0-9]+(?:-[a-z0-9]+)*$": "small letters, digits and hyphens, such as 'training-plan'",
    r"^(?:10|[1-9]|f)\.[a-z0-9]+(?:-[a-z0-9]+)*$": "the step, a full stop and a name, such as '4.targets'",
    r"^\d+(?:-\d+)?$": "a line or first-last, such as '12' or '643-690'",
    "^step/(?:10|[1-9]|funding)$": "'step/' and the step's key, such as 'step/4'",
    "^line/[a-z-]+$": "'line/' and the colour, such as 'line/dark-blue'",
    "^term/[a-z0-9-]+$": "'term/' and a name, such as 'term/triple-helix'",
    "^[a-z]+/[a-z0-9]+(?:-[a-z0-9]+)*$": "the type, a stroke and a name, such as 'case/medicon-valley-ambassadors'",
    "^(?:[A-Z]{2}|[a-z]{2,}(?:-[a-z]+)*)$": "a code of two capitals or the key of a region, such as 'DK' or "
    "'baltic-sea'",
    r"^\d{1,2}[ab]?$": "the handbook's number in quotes, such as '18' or '7a'",
    r"^(?:https?://)?[\w.-]+\.[a-z]{2,}(?:/\S*)?$": "an address, such as 'https://www.example.org/page'",
}
"""The patterns of the models in words; one that is not here is shown as it is."""
_SYNTAX_HINTS = {
    "mapping values are not allowed": "a text that holds a colon and a space has to stand in quotes",
    "tab character": "indent with spaces",
    "cannot start any token": "a text that begins with @, ` or % has to stand in quotes; indent with spaces, not tabs",
    "did not find expected": "look at the indentation and the quotes here and in the lines above",
    "could not find expected": "look at the indentation and the quotes here and in the lines above",
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file, as an editor reads it."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


@dataclass(frozen=True)
class Document(Generic[ModelT]):
    """A file as it was read.

    Args:
        name: the file, from the folder ``knowledge`` on.
        node: its YAML with line numbers; None if it is not there or not readable.
        data: the plain values; empty if it is not readable.
        value: the validated model; None if something is wrong.
    """

    name: str
    node: yaml.Node | None
    data: Mapping[Any, Any]
    value: ModelT | None

    @property
    def checked(self) -> ModelT:
        """The model; only for a file with which nothing is wrong."""
        if self.value is None:
            raise ValueError(f"{self.name} has problems")
        return self.value

    def problem(self, location: Location, message: str) -> Problem:
        """Something wrong with the value at `location`."""
        return Problem(self.name, _line(self.node, location), _words(location), message)

    def values_of(self, field: str) -> Iterator[tuple[Location, str]]:
        """Every text of a field of this name, at any depth, with the way to it."""
        for location, text in _scalars(self.node, ()):
            if location and location[-1] == field:
                yield location, text


def nearest(word: str, allowed: Iterable[str]) -> str:
    """The one of `allowed` that is most like `word`, quoted."""
    return repr(difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.0)[0])


def read_document(path: Path, root: Path, model: type[ModelT], problems: list[Problem]) -> Document[ModelT]:
    """Reads and validates `path`; adds to `problems` all that is wrong with it.

    Args:
        path: the file.
        root: the folder ``knowledge``, from which names are given.
        model: what the file has to fit.
        problems: the list to add to.
    """
    name = path.relative_to(root.parent).as_posix()
    nothing: Document[ModelT] = Document(name, None, {}, None)
    try:
        node, data = _parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(Problem(name, 1, "file", "expected this file, found none"))
        return nothing
    except UnicodeDecodeError:
        problems.append(Problem(name, 1, "file", "expected text saved as UTF-8, found another encoding"))
        return nothing
    except (yaml.YAMLError, ValueError) as error:
        problems.append(_syntax(name, error))
        return nothing
    if not isinstance(data, dict):
        found = "an empty file" if data is None else _kind(data)
        problems.append(Problem(name, 1, "file", f"expected fields (name: value), found {found}"))
        return nothing
    document: Document[ModelT] = Document(name, node, data, None)
    twice = [document.problem(location, "this field is given twice; keep one of them") for location in _twice(node, ())]
    problems += twice
    try:
        value = model.model_validate(data)
    except ValidationError as error:
        problems += _problems(document, error, model)
        return document
    return document if twice else Document(name, node, data, value)


def _parse(text: str) -> tuple[yaml.Node | None, object]:
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _syntax(name: str, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    found = str(getattr(error, "problem", None) or error or "not readable as YAML").splitlines()[0]
    hint = next((f": {words}" for part, words in _SYNTAX_HINTS.items() if part in found), "")
    return Problem(name, mark.line + 1 if mark else 1, "YAML", found + hint)


# --- where something stands -------------------------------------------------------------


def _line(node: yaml.Node | None, location: Location) -> int:
    """The line of the deepest part of `location` that the file has."""
    line = 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            # The last of several: where a field is given twice, that is the one that counts.
            pair = next((p for p in reversed(node.value) if p[0].value == str(part)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _words(location: Location) -> str:
    words = ""
    for part in location:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if words else str(part)
    return words or "file"


def _children(node: yaml.Node | None) -> Iterator[tuple[int | str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from enumerate(node.value)


def _scalars(node: yaml.Node | None, location: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(node, yaml.ScalarNode):
        yield location, str(node.value)
    for part, child in _children(node):
        yield from _scalars(child, (*location, part))


def _twice(node: yaml.Node | None, location: Location) -> Iterator[Location]:
    """The fields that a mapping gives more than once; YAML would silently keep the last."""
    seen: set[int | str] = set()
    for part, child in _children(node):
        if part in seen:
            yield (*location, part)
        seen.add(part)
        yield from _twice(child, (*location, part))


# --- what is wrong, in words ------------------------------------------------------------


def _problems(document: Document[Any], error: ValidationError, model: type[m.Model]) -> list[Problem]:
    details = error.errors()
    unknown = [d["loc"] for d in details if d["type"] == "extra_forbidden"]
    missing = [d["loc"] for d in details if d["type"] == "missing"]
    misspelt: set[Location] = set()
    for location in unknown:
        siblings = [str(other[-1]) for other in missing if other[:-1] == location[:-1]]
        for meant in difflib.get_close_matches(str(location[-1]), siblings, n=1, cutoff=_CLOSE):
            misspelt.add((*location[:-1], meant))
    found: list[Problem] = []
    for detail in details:
        if detail["type"] == "missing" and detail["loc"] in misspelt:
            continue
        # An entry that is wrong is not counted; that the list is then too short is no mistake of its own.
        if detail["type"] == "too_short" and any(_below(other["loc"], detail["loc"]) for other in details):
            continue
        for location, message in _explain(detail, model):
            found.append(document.problem(_sharpen(document, location, message), message))
    return found


def _below(location: Location, other: Location) -> bool:
    return len(location) > len(other) and location[: len(other)] == other


def _sharpen(document: Document[Any], location: Location, message: str) -> Location:
    """Goes on to the value that a message about several fields quotes, if it stands below `location`."""
    _, _, quoted = message.rpartition("found ")
    try:
        value = ast.literal_eval(quoted)
    except (SyntaxError, ValueError):
        return location
    for place, text in _scalars(document.node, ()):
        if _below(place, location) and text.strip() == value:
            return place
    return location


def _explain(detail: Any, model: type[m.Model]) -> Iterator[tuple[Location, str]]:
    location: Location = detail["loc"]
    kind, found, limits = detail["type"], detail.get("input"), detail.get("ctx", {})
    match kind:
        case "missing":
            yield location, "expected this field, found none"
        case "extra_forbidden":
            allowed = _fields_at(model, location[:-1])
            yield (
                location,
                f"unknown field; the nearest is {nearest(str(location[-1]), allowed)}, of {', '.join(allowed)}",
            )
        case "enum" | "literal_error":
            yield location, _choice(found, str(limits["expected"]))
        case "string_too_long":
            yield (
                location,
                f"expected at most {limits['max_length']} characters, found {len(str(found))}: {_shown(found)}",
            )
        case "string_too_short":
            yield (
                location,
                f"expected at least {limits['min_length']} characters, found {len(str(found))}: {_shown(found)}",
            )
        case "too_long":
            yield location, f"expected at most {limits['max_length']} in this list, found {limits['actual_length']}"
        case "too_short":
            yield location, f"expected at least {limits['min_length']} in this list, found {limits['actual_length']}"
        case "string_pattern_mismatch":
            form = _FORMS.get(limits["pattern"], limits["pattern"])
            yield location, f"expected {form}; found {_shown(found)}"
        case "string_type":
            hint = "" if found is None or isinstance(found, list) else "; put the text in quotes"
            yield location, f"expected text, found {_kind(found)}{hint}"
        case "tuple_type" | "list_type":
            yield location, f"expected a list, each entry on a line that begins with '- ', found {_kind(found)}"
        case "model_type":
            yield location, f"expected fields (name: value), found {_kind(found)}"
        case "value_error":
            yield from _own_words(location, str(detail["msg"]).removeprefix("Value error, "), found)
        case _:
            yield location, f"{detail['msg']}; found {_shown(found)}"


def _own_words(location: Location, message: str, found: object) -> Iterator[tuple[Location, str]]:
    """What a validator of the models says; where it names a field of its own, that field is meant."""
    fields = found if isinstance(found, dict) else {}
    without = _NO_TEXT.match(message)
    if without is not None:
        audience = without[1]
        for name, wording in fields.items():
            if isinstance(wording, dict) and not {"both", audience} & set(wording):
                yield (
                    (*location, name),
                    f"expected a text for {audience} too, found {' and '.join(map(str, wording)) or 'none'}",
                )
        return
    named = _NAMED_FIELD.match(message)
    if named is not None and named[1] in fields:
        yield (*location, named[1]), named[2]
    else:
        yield location, message


def _choice(found: object, expected: str) -> str:
    allowed = [choice.strip().strip("'") for choice in expected.replace(" or ", ", ").split(",")]
    if not isinstance(found, str) and str(found) in allowed:
        return f"expected it in quotes, '{found}', found the number {found}"
    return f"expected one of {', '.join(allowed)}; the nearest is {nearest(str(found), allowed)}; found {_shown(found)}"


def _shown(found: object) -> str:
    shown = repr(found)
    return shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 3] + "..."


def _kind(found: object) -> str:
    if found is None:
        return "nothing"
    if isinstance(found, dict):
        return "fields (name: value)"
    if isinstance(found, list):
        return "a list"
    return f"the text {_shown(found)}" if isinstance(found, str) else f"{_shown(found)} ({type(found).__name__})"


def _fields_at(model: type[m.Model], location: Location) -> list[str]:
    """The fields allowed at `location`, found by walking the JSON schema."""
    schema = model.model_json_schema()
    at: dict[str, Any] = schema
    for part in location:
        at = _resolve(schema, at)
        at = at.get("items", {}) if isinstance(part, int) else at.get("properties", {}).get(part, {})
    return list(_resolve(schema, at).get("properties", {}))


def _resolve(schema: dict[str, Any], at: dict[str, Any]) -> dict[str, Any]:
    for option in [at, *at.get("anyOf", [])]:
        if "$ref" in option:
            resolved: dict[str, Any] = schema["$defs"][option["$ref"].rsplit("/", 1)[-1]]
            return resolved
    return at
