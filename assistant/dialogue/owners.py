"""Who will do something: "Maria will do it", "assign it to Jan Kowalski", "our intern takes care of that", "mine".

First the phrases that can mean somebody are found: names, which are words with a capital or words that nobody
knows, and roles, "our new trainee". Then what stands before and after a phrase says whether it is somebody who will
do it. There is no list of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.dialogue.language import Lemmas
from assistant.dialogue.linking import Found
from assistant.dialogue.owner_rules import (
    ABOUT_ME,
    ALONE,
    GIVEN,
    IF,
    MINE,
    NAMELY,
    NOT,
    NOT_MINE,
    OPENS,
    PLEASE,
    RULES,
    SHOULD_I,
    SOON,
    Rule,
)
from assistant.dialogue.owner_words import (
    ALSO_NAMES,
    ASIDE,
    DETERMINERS,
    EXTENDS,
    HEAD,
    MODIFIERS,
    NO_NAME,
    NOBODY,
    NOT_HEADS,
    ORGANISATIONS,
    PARTICLES,
    REQUEST,
    SENTENCE,
    TAG,
    TITLES,
    WH,
)

__all__ = ["ME", "OwnerFinder"]

ME = "me"
"""The value for whoever writes."""
_WORD = re.compile(r"[^\W\d_]+(?:(?:[-.]|['’](?!(?:s|ll|d|re|ve|m|t)\b))[^\W\d_]+)*")
_AND = re.compile(r"\s*(?:,?\s*\b(?:and|und|y)\b|&|\+)\s*", re.IGNORECASE)
_LONGEST_ROLE, _LONGEST_NAME = 5, 4
"""Words."""
_SHORTEST_NAME = 3
"""Letters of a name in small letters: below, it is rather a slip."""
_LONG = 6
"""Letters from which a slip may have two wrong."""
_NO_NAME_AFTER = DETERMINERS | {"your", "big", "very", "more", "most", "no", "any", "every"}
_NEAR = 80
"""Characters before a name in which the words stand that say so."""
_OWN = frozenset("our my his her their".split())
_SELF = frozenset({"i", "me", "myself"})

Kind = Literal["name", "small", "role", "group", "self"]


@dataclass(frozen=True)
class Phrase:
    """A part of a text that can mean somebody.

    Args:
        start: its first character.
        end: the character after its last.
        kind: a name; one in small letters; a role; an organisation, of which much is told that is no promise; oneself.
        sure: whether it is a name by more than the capital at the beginning of a sentence.
    """

    start: int
    end: int
    kind: Kind
    sure: bool = True
    lead: int = 0
    """Characters before it that belong to it: "my colleague" of "my colleague Anna"."""


class OwnerFinder:
    """Finds who is to do something.

    Args:
        lemmas: the words that are known, which are no names.
    """

    def __init__(self, lemmas: Lemmas) -> None:
        self._lemmas = lemmas
        self._known = lru_cache(maxsize=4096)(self._is_known)

    def find(self, text: str, due: Sequence[tuple[int, int]] = ()) -> list[Found]:
        """Those whom a text names as the ones who will do something, in its order.

        Args:
            text: what was written.
            due: where its due dates stand: "Maria by Friday".
        """
        found: list[Found] = []
        for first, last in _sentences(text):
            phrases = list(_joined(text, list(self._phrases(text, first, last))))
            for phrase in phrases:
                if phrase.kind != "self" and self._is_owner(text, phrase, (first, last), due):
                    start, end = self._whole(text, phrase, last)
                    found.append(Found("owner", text[start:end], start, end))
            mine = _mine(text, first, last)
            if mine is not None and all(mine.end <= f.start or f.end <= mine.start for f in found):
                found.append(mine)
        once = {f.value.lower(): f for f in reversed(found)}
        return sorted(once.values(), key=lambda f: f.start)

    # --- The phrases ------------------------------------------------------------------------------

    def _phrases(self, text: str, first: int, last: int) -> Iterator[Phrase]:
        words = list(_WORD.finditer(text, first, last))
        shouted = text.isupper()
        i = 0
        while i < len(words):
            run = _run(text, words, i)
            taken = self._role(text, run) or self._name(text, run, opens=i == 0, shouted=shouted)
            if taken is None:
                i += 1
                continue
            phrase, used = taken
            yield phrase
            i += used

    def _role(self, text: str, run: Sequence[re.Match[str]]) -> tuple[Phrase, int] | None:
        """A determiner, what describes, and a word for a person or a group; without a determiner only what is plain."""
        low = [m[0].lower() for m in run[: _LONGEST_ROLE + 3]]
        i = 2 if low[:1] == ["one"] and low[1:2] == ["of"] else 0
        first = i
        while low[i : i + 1] and low[i] in DETERMINERS and i < first + 2:
            i += 1
        determined = i > first
        head = None
        for j in range(i, min(len(low), i + _LONGEST_ROLE)):
            if _is_head(low[j]):
                head = j
            elif head is not None or low[j] in NOBODY or not (determined or low[j] in MODIFIERS):
                break
        if head is None or (low[head] in ("person", "people") and head - i < 1):
            return self._own(text, run) if determined and low[0] in _OWN else None
        named = self._name(text, run[head + 1 :], opens=False, shouted=text.isupper())
        if named is not None and named[0].kind == "name":
            lead = named[0].start - run[0].start()  # "my colleague Anna" is Anna
            return replace(named[0], lead=lead, sure=True), head + 1 + named[1]
        kind: Kind = "group" if ORGANISATIONS.fullmatch(low[head]) else "role"
        return Phrase(run[0].start(), run[head].end(), kind), head + 1

    def _own(self, text: str, run: Sequence[re.Match[str]]) -> tuple[Phrase, int] | None:
        """ "Our Anna", "my classmate Jonas"."""
        for skip in range(1, min(len(run), _LONGEST_ROLE - 1)):
            named = self._name(text, run[skip:], opens=False, shouted=text.isupper())
            if named is not None and named[0].kind == "name":
                return replace(named[0], lead=named[0].start - run[0].start()), named[1] + skip
            if run[skip][0].lower() in NOBODY:
                break
        return None

    def _name(
        self, text: str, run: Sequence[re.Match[str]], *, opens: bool, shouted: bool
    ) -> tuple[Phrase, int] | None:
        if not run:
            return None
        low = run[0][0].lower()
        if low in _SELF and (run[0][0] != "i" or len(run) > 0):
            return Phrase(run[0].start(), run[0].end(), "self"), 1
        titled = low in TITLES and len(run) > 1
        i = int(titled)
        if run[i][0].lower() in NOBODY and (opens or run[i][0] not in ALSO_NAMES):
            return None
        capital = run[i][0][0].isupper() and not shouted
        if opens and capital and NO_NAME.search(run[i][0]) and not (len(run) > 1 and run[1][0][0].isupper()):
            return None  # "Owing to them"
        if not capital and not titled:
            return self._small(run)
        i += 1
        while i < min(len(run), _LONGEST_NAME + titled) and not shouted:
            word = run[i][0]
            if "s" in text[run[i - 1].end() : run[i].start()]:
                break  # "Maria's Office"
            if (word.lower() in PARTICLES and any(m[0][0].isupper() for m in run[i + 1 : i + 3])) or (
                word[0].isupper() and word.lower() not in NOBODY
            ):
                i += 1
            else:
                break
        start = 0
        if opens and i > 1 and not titled and self._known(run[0][0]) and not self._known(run[1][0]):
            start = 1  # "Perhaps Jelena"
        end = run[i - 1].end()
        if len(run[i - 1][0]) == 1 and text[end : end + 1] == ".":
            end += 1  # "Aleksandra K."
        known = all(self._known(m[0]) for m in run[start:i])
        return Phrase(run[start].start(), end, "name", sure=titled or not known), i

    def _small(self, run: Sequence[re.Match[str]]) -> tuple[Phrase, int] | None:
        """A name in small letters: one or two words that are no words."""
        if len(run[0][0]) < _SHORTEST_NAME or self._known(run[0][0]) or NO_NAME.search(run[0][0]):
            return None
        return Phrase(run[0].start(), run[0].end(), "small"), 1

    def _is_known(self, word: str) -> bool:
        if word in ALSO_NAMES:
            return False
        return word.lower() in NOBODY or self._lemmas.is_known(word)

    # --- What stands around them ------------------------------------------------------------------

    def _is_owner(self, text: str, phrase: Phrase, part: tuple[int, int], due: Sequence[tuple[int, int]]) -> bool:
        first, last = part
        before, after = text[first : phrase.start - phrase.lead].removesuffix("@"), text[phrase.end : last]
        if NOT.search(before) or _is_asked(text[first:last], phrase.start - first):
            return False
        if phrase.kind == "name" and before.lower().endswith("the "):
            return False  # "the Danes"
        if phrase.kind == "small" and (before.lower().split() or [""])[-1] in _NO_NAME_AFTER:
            return False  # "the skipper"
        dated = any(first <= start < last for start, _ in due)
        aside = ASIDE.match(after) or EXTENDS.match(after)
        ends = [after] if aside is None else [after, after[aside.end() :]]
        if any(_holds(rule, phrase, before, each, dated=dated) for rule in RULES for each in ends):
            return True
        return self._is_with_date(text, phrase, part, due) or self._is_named_alone(
            phrase, before, after, text[phrase.start : phrase.end], whole=part == (0, len(text))
        )

    def _is_with_date(self, text: str, phrase: Phrase, part: tuple[int, int], due: Sequence[tuple[int, int]]) -> bool:
        """ "Maria by Friday", "Anna, end of March", "15 May, Selma"."""
        if not phrase.sure or (phrase.kind == "group" and text[part[0] : phrase.start].strip()):
            return False
        before, after = text[part[0] : phrase.start - phrase.lead], text[phrase.end : part[1]]
        if SOON.match(after) and NAMELY.search(before):
            return True
        for start, end in due:
            between = text[phrase.end : start] if start >= phrase.end else None
            if between is not None and re.fullmatch(r"\W*(?:(?:due|deadline|by|until)\W*)?", between):
                return NAMELY.search(before) is not None
            behind = text[end : phrase.start] if end <= phrase.start else None
            if behind is not None and re.fullmatch(r"\s*[,;:–>-]+\s*", behind) and re.match(r"\W*$", after):
                return True
        return False

    def _is_named_alone(self, phrase: Phrase, before: str, after: str, name: str, *, whole: bool) -> bool:
        """ "Svetlana please", "the training: Bogdan", "second one -> Jasmin": nothing but who."""
        if phrase.kind == "group" or not phrase.sure:
            return False
        if OPENS.fullmatch(before):
            asked = PLEASE.match(after) is not None and (phrase.kind != "small" or "pl" in after)
            if phrase.kind == "role":
                return name.split()[0].lower() in ("our", "my", "the") and (asked or bool(ALONE.match(after)))
            if asked or (phrase.kind == "name" and ALONE.match(after) and (" " in name or before.strip() or whole)):
                return not self._is_slip(name)
        if phrase.kind == "role":
            return False
        if phrase.kind == "small" and not before.rstrip().endswith((">", "→")):
            return False
        return (
            GIVEN.search(before) is not None and re.match(r"\W*$|\s*[,;.!(]|\s+(?:and|by|until)\b", after) is not None
        )

    def _is_slip(self, name: str) -> bool:
        """Whether a name that stands alone is rather a misspelt word: "Inovation Express", "contineu please"."""
        found = [m[0] for m in _WORD.finditer(name)]
        if len(found) == 1:
            word = name.lower()
            bound = 1 if len(word) < _LONG or name[0].isupper() else 2
            return process.extractOne(word, self._lemmas.known, scorer=OSA.distance, score_cutoff=bound) is not None
        return any(len(word) >= _LONG and self._known(word) for word in found)

    @staticmethod
    def _whole(text: str, phrase: Phrase, last: int) -> tuple[int, int]:
        """A role with what it is of: "the head of finance", "our colleague from accounting"."""
        more = EXTENDS.match(text[phrase.end : last]) if phrase.kind in ("role", "group") else None
        return phrase.start, phrase.end + (more.end() if more is not None else 0)


@lru_cache(maxsize=4096)
def _is_head(word: str) -> bool:
    return word not in NOT_HEADS and HEAD.fullmatch(word) is not None


def _holds(rule: Rule, phrase: Phrase, before: str, after: str, *, dated: bool) -> bool:
    if phrase.kind not in rule.of or (rule.dated and not dated) or (rule.sure and not phrase.sure):
        return False
    return rule.after.match(after) is not None and _stands(rule, before)


def _stands(rule: Rule, before: str) -> bool:
    near = max(0, len(before) - _NEAR)
    return rule.before.search(before, near) is not None and not (rule.subject and IF.search(before, near))


def _run(text: str, words: Sequence[re.Match[str]], i: int) -> Sequence[re.Match[str]]:
    """The words from one on that nothing but space parts; a dot after a title or an initial is none."""
    j = i + 1
    while j < len(words):
        between, word = text[words[j - 1].end() : words[j].start()], words[j - 1][0]
        if (
            between.strip()
            and between.strip() not in ("'s", "’s")
            and not (between.strip() == "." and (len(word) == 1 or word.lower() in TITLES))
        ):
            break
        j += 1
    return words[i:j]


def _joined(text: str, phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """ "Anna and Ben", "Goran and I": both."""
    i = 0
    while i < len(phrases):
        one = phrases[i]
        while i + 1 < len(phrases) and _goes_with(text, one, phrases[i + 1 : i + 3]):
            other = phrases[i + 1]
            if {one.kind, other.kind} == {"small", "self"}:
                break
            kind: Kind = one.kind if one.kind != "self" else other.kind
            one = Phrase(one.start, other.end, kind, one.sure or other.sure, one.lead)
            i += 1
        yield one
        i += 1


def _goes_with(text: str, one: Phrase, after: Sequence[Phrase]) -> bool:
    """Whether the next phrase stands beside one: "Anna and Ben"; "Anna, Ben and Carla"."""
    if _AND.fullmatch(text, one.end, after[0].start):
        return True
    listed = len(after) > 1 and text[one.end : after[0].start].strip() == ","
    return listed and _AND.fullmatch(text, after[0].end, after[1].start) is not None


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in SENTENCE.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _is_asked(sentence: str, place: int) -> bool:
    """Whether a sentence asks rather than says who does something; a request is no question."""
    if REQUEST.match(sentence):
        return False
    if WH.match(sentence):
        return True
    if not sentence.rstrip().endswith("?"):
        return False
    tag = TAG.search(sentence)
    return tag is None or tag.start() < place


def _mine(text: str, first: int, last: int) -> Found | None:
    sentence = text[first:last]
    if ABOUT_ME.search(sentence) is None:
        return None
    for match in MINE.finditer(sentence):
        asked = _is_asked(sentence, match.start())
        before = sentence[: match.start()]
        inverted = match[0][:1].lower() == "i" and SHOULD_I.search(before)
        if not asked and not inverted and NOT_MINE.search(before) is None:
            return Found("owner", ME, first + match.start(), first + match.end())
    return None
