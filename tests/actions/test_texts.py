"""The texts of the skills, and the names in domain.yml: all used, all there, worded as they should be.

The code is read, not run: which keys it uses, and which values it hands to their placeholders.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import string
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Action

import actions
from actions.composing import all_texts
from assistant.dialogue.tongue import LANGUAGES
from assistant.journey import Audience, ReasonKey, Value
from assistant.replies import LONGEST_TEXT
from assistant.settings import ROOT

TEXTS = all_texts()
FILES = {key.partition(".")[0] for key in TEXTS}
LITERAL_KEY = re.compile(rf"^(?:{'|'.join(sorted(FILES))})\.[a-z0-9_]*[a-z0-9]$")
FORMATTER = string.Formatter()
NOT_PLACEHOLDERS = {"cite", "key"}


def yaml_of(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


DOMAIN = yaml_of(ROOT / "domain.yml")
INTENTS = [next(iter(intent)) if isinstance(intent, dict) else intent for intent in DOMAIN["intents"]]
RULES = [rule for path in sorted((ROOT / "data" / "rules").glob("*.yml")) for rule in yaml_of(path)["rules"]]
STEPS = [step for rule in RULES for step in rule["steps"]]


def placeholders(key: str) -> set[str]:
    return {name for _, name, _, _ in FORMATTER.parse(TEXTS[key]) if name}


# --- what the code uses -----------------------------------------------------------------


@dataclass
class Module:
    """One source file: its string literals, and its f-strings that may name a text."""

    path: Path
    tree: ast.Module
    literals: set[str] = field(default_factory=set)
    families: list[re.Pattern[str]] = field(default_factory=list)

    def keys_of(self, pattern: re.Pattern[str]) -> set[str]:
        """The texts that an f-string can name: what fills its gaps is a literal of this file, an intent or a member
        of an enumeration."""
        fills = self.literals | ENUMERATED | set(INTENTS) | {""}
        return {key for key in TEXTS if (found := pattern.fullmatch(key)) and set(found.groups()) <= fills}


ENUMERATED = set(LANGUAGES) | {str(member.value) for enum in (Audience, ReasonKey, Value) for member in enum}


def family(node: ast.JoinedStr, assigned: Mapping[str, set[str]] | None = None) -> re.Pattern[str] | None:
    """An f-string that may name a text, as a pattern; a gap is what its variable was given, where that can be seen."""
    lead = node.values[0]
    if not isinstance(lead, ast.Constant) or not re.match(rf"(?:{'|'.join(FILES)})\.", str(lead.value)):
        return None
    pattern = ""
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            given = literals_in(part.value)
            if isinstance(part.value, ast.Name) and assigned:
                given = assigned.get(part.value.id, set())
            pattern += f"({'|'.join(map(re.escape, sorted(given, reverse=True))) or '[a-z0-9_]*?'})"
        else:
            pattern += re.escape(str(getattr(part, "value", "")))
    return re.compile(pattern)


def literals_in(node: ast.expr) -> set[str]:
    """The texts that an expression is, if it is a literal or a choice between literals."""
    if isinstance(node, ast.IfExp):
        return literals_in(node.body) | literals_in(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def modules() -> list[Module]:
    found = []
    for path in sorted([*(ROOT / "actions").glob("*.py"), *(ROOT / "assistant").rglob("*.py")]):
        module = Module(path, ast.parse(path.read_text(encoding="utf-8")))
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                module.literals.add(node.value)
            elif isinstance(node, ast.JoinedStr) and (pattern := family(node)):
                module.families.append(pattern)
        found.append(module)
    return found


MODULES = modules()


@dataclass(frozen=True)
class Call:
    """A text that is said: its keys (several where that depends) and the values handed over."""

    place: str
    keys: frozenset[str]
    values: frozenset[str]
    exact: bool


def calls() -> Iterator[Call]:
    """Every call of ``text``, ``say`` and the helpers that pass a key on, as far as the code says what it names."""
    for module in MODULES:
        for function in ast.walk(module.tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            assigned: dict[str, set[str]] = defaultdict(set)
            for node in ast.walk(function):
                if isinstance(node, ast.Assign | ast.AugAssign):
                    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                    if isinstance(target, ast.Name):
                        assigned[target.id] |= literals_in(node.value)
            for node in ast.walk(function):
                if not isinstance(node, ast.Call) or not node.args or called(node) not in ("text", "say"):
                    continue
                first = node.args[0]
                keys = keys_in(first, module, assigned)
                if any(keyword.arg is None for keyword in node.keywords):
                    continue  # ** hands over what cannot be seen here
                values = frozenset(k.arg for k in node.keywords if k.arg) - NOT_PLACEHOLDERS
                place = f"{module.path.relative_to(ROOT).as_posix()}:{node.lineno}"
                yield Call(place, frozenset(keys), values, isinstance(first, ast.Constant))


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def keys_in(node: ast.expr, module: Module, assigned: Mapping[str, set[str]]) -> set[str]:
    if isinstance(node, ast.JoinedStr):
        pattern = family(node, assigned)
        return module.keys_of(pattern) if pattern else set()
    given = assigned.get(node.id, set()) if isinstance(node, ast.Name) else literals_in(node)
    return given & set(TEXTS)


# --- the texts --------------------------------------------------------------------------


def test_every_text_is_used() -> None:
    used = {key for module in MODULES for key in module.literals} | {
        key for module in MODULES for pattern in module.families for key in module.keys_of(pattern)
    }
    assert sorted(set(TEXTS) - used) == []


def test_every_text_that_is_named_is_there() -> None:
    skills = [module for module in MODULES if module.path.parent.name == "actions"]
    named = {(module.path.name, key) for module in skills for key in module.literals if LITERAL_KEY.match(key)}
    assert sorted((file, key) for file, key in named if key not in TEXTS and not key.endswith(".yml")) == []
    assert len(named) > 150


@pytest.mark.parametrize(
    ("lead", "enumeration"),
    [
        ("why.", ReasonKey),
        ("checklist.value_", Value),
        ("checklist.button_", Value),
        ("onboarding.role_", Audience),
    ],
)
def test_there_is_a_text_for_each(lead: str, enumeration: type[Enum]) -> None:
    assert [member.value for member in enumeration if lead + member.value not in TEXTS] == []


def test_placeholders_get_their_values() -> None:
    found = list(calls())
    missing = [
        (call.place, key, sorted(placeholders(key) - call.values))
        for call in found
        for key in call.keys
        if placeholders(key) - call.values
    ]
    assert missing == []
    assert sum(bool(call.keys) for call in found) > 150


def test_no_value_is_handed_over_for_nothing() -> None:
    unused = [
        (call.place, key, sorted(call.values - placeholders(key)))
        for call in calls()
        if call.exact
        for key in call.keys
        if call.values - placeholders(key)
    ]
    assert unused == []


@pytest.mark.parametrize("key", TEXTS)
def test_wording(key: str) -> None:
    said = TEXTS[key]
    assert said, "is empty"
    assert len(said) <= LONGEST_TEXT == 600
    assert not re.search(r"!|\bplease\b|\bselect an option\b|\bTODO\b|  ", said, re.IGNORECASE), said
    assert not re.search(r"\b(?:color|program s|organiz|internationaliz|utiliz)", said, re.IGNORECASE), said
    assert said.count("**") % 2 == 0, said
    assert all(re.fullmatch(r"[a-z_]+", name) for name in placeholders(key)), said


def test_buttons_are_short() -> None:
    assert {key: said for key, said in TEXTS.items() if ".button_" in key and len(said) > 24} == {}


def test_keys_are_words() -> None:
    # "yes", "no", "on" and "off" without quotes are not words in YAML
    for path in sorted((ROOT / "actions" / "texts").glob("*.yml")):
        data = yaml_of(path)
        assert [key for key in data if not isinstance(key, str)] == [], path.name
        assert [key for key, said in data.items() if not isinstance(said, str)] == [], path.name


# --- the names in domain.yml ------------------------------------------------------------


def subclasses(cls: type[Action]) -> Iterator[type[Action]]:
    for sub in cls.__subclasses__():
        yield sub
        yield from subclasses(sub)


@pytest.fixture(scope="module")
def action_names() -> list[str]:
    for found in pkgutil.iter_modules(actions.__path__):
        importlib.import_module(f"actions.{found.name}")
    ours = [sub for sub in subclasses(Action) if sub.__module__.startswith("actions.") and hasattr(sub, "action")]
    return sorted(sub.action for sub in ours)


def test_every_action_of_the_domain_is_there_and_the_reverse(action_names: list[str]) -> None:
    assert sorted(DOMAIN["actions"]) == action_names
    assert len(set(action_names)) == len(action_names)


def test_every_action_is_used_by_a_rule_and_the_reverse() -> None:
    used = {step["action"] for step in STEPS if "action" in step}
    assert sorted(used) == sorted(DOMAIN["actions"])


def test_every_intent_has_a_rule_and_the_reverse() -> None:
    assert len(set(INTENTS)) == len(INTENTS)
    ruled = {step["intent"] for step in STEPS if "intent" in step}
    assert sorted(ruled) == sorted(INTENTS)


def test_every_rule_has_a_name_of_its_own() -> None:
    names = [rule["rule"] for rule in RULES]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_guess_is_an_intent() -> None:
    guesses = {key.removeprefix("guesses.") for key in TEXTS if key.startswith("guesses.")}
    assert sorted(guesses - set(INTENTS)) == []
    assert len(guesses) >= 20


def test_every_intent_that_a_button_sends_is_in_the_domain() -> None:
    sent = {
        (module.path.name, node.args[1].value)
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and called(node) == "button" and len(node.args) > 1
        if isinstance(node.args[1], ast.Constant)
    }
    assert sorted((file, intent) for file, intent in sent if intent not in INTENTS) == []
    assert len(sent) > 20
