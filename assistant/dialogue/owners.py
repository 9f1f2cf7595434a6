"""Who will do something: "Maria will do it", "assign it to Jan Kowalski", "our intern takes care of that".

Rules of spaCy's Matcher over the tokens around a name or a role; no lists of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from assistant.dialogue.language import lemmas_of
from assistant.dialogue.linking import Found

__all__ = ["OwnerFinder"]

ME = "me"
"""The value for whoever writes."""
_DETERMINERS = frozenset("our my the a an his her their your one".split())
_NOBODY = frozenset(
    "who what which that this it they we you he she i someone somebody anyone anybody everyone everybody nobody "
    "one each "
    "there these those and or but if so then please yes no not me us them him her him ok okay well maybe perhaps also "
    "just now let lets do done will would can could when where how why all both either neither none something nothing "
    "question step answer today tomorrow next last first second by until before until on in for to with of add "
    "put plan "
    "note assign give ask get have make set mark say tell sure thanks hello hi hey great good fine right actually only "
    "list action point task idea default hand purpose email e-mail phone mail law way chance mistake far then "
    "end start "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter summer spring autumn winter week month year quarter".split()
)
_ROLES = frozenset(
    "intern director manager board team colleague colleagues assistant secretary secretariat chair chairman chairwoman "
    "chairperson president coordinator office partner partners ministry agency accountant lawyer boss head "
    "staff trainee "
    "student officer consultant member members university department committee council treasurer deputy lead leader "
    "expert experts adviser advisor agent communications marketing people guy lady person ceo cfo coo cto hr pr unit "
    "group desk chamber region government municipality bookkeeper controller analyst researcher professor trainer "
    "mentor volunteer contractor supplier firm company association network cluster planner steering working".split()
)
"""Heads of what can be in charge of something; "the market will grow" has none."""
_OWNER: dict[str, Any] = {
    "TEXT": {"REGEX": r"^[^\W\d_][\w'’.-]*$"}, "LOWER": {"NOT_IN": sorted(_NOBODY)}, "OP": "{1,5}",
}  # fmt: skip
_DOES = ["do", "take", "handle", "look", "lead", "prepare", "write", "organise", "draft", "deal", "manage", "sort",
         "see",
         "run", "contact", "check", "finish", "send", "get", "follow", "arrange", "own", "coordinate", "set",
         "call", "drive", "make", "work", "start", "deliver", "ask", "talk", "speak", "collect", "complete", "update",
         "bring", "find", "pick", "review", "join", "represent"]  # fmt: skip
_THAT = {
    "LOWER": {
        "IN": ["it", "that", "this", "these", "those", "them", "care", "charge", "over", "on", "the", "responsibility"]
    }
}
_WILL = {
    "LOWER": {"IN": ["will", "'ll", "’ll", "shall", "should", "can", "could", "must", "would", "ll", "has", "is", "'s"]}
}
_GOING = {"LOWER": {"IN": ["going", "supposed", "able", "to"]}, "OP": "*"}
_DO = {"LOWER": {"IN": [*_DOES, "organize"]}}
_NOW = {"LOWER": {"IN": ["also", "probably", "then", "now", "already", "surely", "certainly", "just"]}, "OP": "?"}
_GIVES = {
    "LEMMA": {"IN": ["assign", "give", "hand", "pass", "delegate", "leave", "allocate", "entrust", "move", "reassign"]}
}
_WHAT = {"LOWER": {"IN": ["it", "that", "this", "one", "these", "the", "task", "action", "job", "over", "on", "down",
                           "work"]},
         "OP": "*"}  # fmt: skip
_LETS = {"LEMMA": {"IN": ["let", "ask", "get", "have", "make", "want", "tell", "need"]}}
_IN_CHARGE = ["owner", "responsible", "charge", "lead", "assignee", "responsibility"]
_BUSY = {"LOWER": {"IN": ["in", "on", "responsible", "doing", "taking", "our"]}}
_WITH_IT = {"LOWER": {"IN": ["charge", "it", "for", "owner", "lead", "that", "this", "care"]}}
_DOES_SO = {"LEMMA": {"IN": _DOES}, "LOWER": {"REGEX": "s$"}}
_AFTER: list[list[dict[str, Any]]] = [
    [_WILL, _NOW, _GOING, _DO],
    [_WILL, {"LOWER": "be"}, {"LOWER": "the", "OP": "?"}, {**_BUSY, "OP": "?"}, _WITH_IT],
    [_NOW, _DOES_SO, _THAT],
    [{"LOWER": {"IN": ["is", "'s", "’s"]}}, _BUSY, _WITH_IT],
    [{"LOWER": "to"}, _DO],
]
_BEFORE: list[list[dict[str, Any]]] = [
    [_GIVES, _WHAT, {"LOWER": {"IN": ["to", "with"]}}],
    [{"LEMMA": {"IN": ["give", "hand", "assign"]}}, {"LOWER": {"IN": ["it", "that", "this"]}}, {"LOWER": "to"}],
    [{"LOWER": {"IN": _IN_CHARGE}}, {"LOWER": {"IN": ["is", ":", "=", "for", "-", "will", "be"]}, "OP": "+"}],
    [{"LOWER": {"IN": _IN_CHARGE}}, {"LOWER": {"IN": ["it", "that", "this"]}}, {"LOWER": {"IN": ["is"]}}],
    [{"LOWER": {"IN": ["done", "handled", "led", "prepared", "managed", "organised"]}}, {"LOWER": "by"}],
    [
        {"LOWER": {"IN": ["put", "add", "plan", "note", "list"]}},
        _WHAT,
        {"LOWER": {"IN": ["on", "to"]}, "OP": "?"},
        _WHAT,
        {"LOWER": {"IN": ["list", "plan", "actions"]}, "OP": "?"},
        {"LOWER": {"IN": ["for"]}},
    ],
]
_ASIDE: list[tuple[list[dict[str, Any]], list[dict[str, Any]]]] = [
    ([_LETS], [{"LOWER": "to", "OP": "?"}, _DO]),
    ([{"LOWER": "with"}],
     [{"LOWER": {"IN": ["as", "in"]}}, {"LOWER": "the", "OP": "?"}, {"LOWER": {"IN": _IN_CHARGE}}]),
    ([{"LOWER": "put"}], [{"LOWER": {"IN": ["down", "on", "in"]}}, {"LOWER": {"IN": ["for", "it", "that", "charge"]}}]),
    ([{"LOWER": {"IN": ["on", "'s", "is"]}}], [{"LOWER": {"IN": ["'s", "’s"]}},
                                             {"LOWER": {"IN": ["job", "task", "plate", "desk", "list", "turn"]}}]),
]  # fmt: skip
_MINE = re.compile(
    r"\b(?:i|i['’]ll|ill|we['’]ll let me)\s+(?:(?:will|shall|can|would|am going to|['’]ll|want to|have to|must)\s+)?"
    r"(?:also\s+|probably\s+|just\s+|then\s+)?"
    r"(?:do\s+(?:it|this|that|the|so)\b|take\s+(?:it|that|this|care|charge|over|on|responsibility)\b|handle\b|"
    r"deal\s+with\b|"
    r"sort\b|look\s+after\b|see\s+to\b|(?:prepare|write|draft|organi[sz]e|arrange|send|finish|call|contact|lead|own|be "
    r"responsible|be in charge)\b)|"
    r"\b(?:assign|give|leave|hand|pass)\s+(?:it|that|this|these|the \w+|that one|this one)\s+(?:over\s+)?(?:to|"
    r"with)\s+me\b|"
    r"\b(?:by|for)\s+me\s+(?:by|until|till|before)\b|\blet\s+me\s+(?:do|take|handle)\b|\bput me down\b|\bon\s+me\b|"
    r"\bit['’]?s\s+(?:my|on my)\s+(?:job|task|desk|plate)\b|\b(?:owner|responsible)(?:\s+is|:)?\s+(?:me|myself|i)\b|"
    r"\b(?:do|doing)\s+(?:it|that|this)\s+myself\b",
    re.IGNORECASE,
)
_NOT_MINE = re.compile(
    r"\b(?:not|n['’]t|cannot|if|who|how)\b[^,.;]*$|\b(?:should|shall|can|do|must|may|could|would|did)\s*$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"^\s*(?:who|what|which|how|when|where|why|does|do|did|is|are|has|have|should|would)\b", re.IGNORECASE
)


class OwnerFinder:
    """Finds who is to do something.

    Args:
        language: the pipeline whose texts are read.
    """

    def __init__(self, language: Language) -> None:
        self._lemmas = lemmas_of(language)
        self._lemmas.add(_DOES)
        self._matcher = Matcher(language.vocab, validate=False)
        after: list[list[dict[str, Any]]] = [[_OWNER, *rest] for rest in _AFTER]
        before: list[list[dict[str, Any]]] = [[*lead, _OWNER] for lead in _BEFORE]
        aside: list[list[dict[str, Any]]] = [[*lead, _OWNER, *rest] for lead, rest in _ASIDE]
        self._patterns = {"after": after, "before": before, "aside": aside}
        # One rule a pattern, so that a match tells which token is the owner's.
        for kind, rules in self._patterns.items():
            for number, rule in enumerate(rules):
                self._matcher.add(f"{kind}-{number}", [rule])

    def find(self, doc: Doc, due: Iterable[tuple[int, int]] = ()) -> list[Found]:
        """The owner that a text names, if it does; at most one.

        Args:
            doc: the text.
            due: where its due dates stand: "Maria by Friday".
        """
        text = doc.text
        mine = _MINE.search(text)
        if mine is not None and not _NOT_MINE.search(text[: mine.start()]) and not text.rstrip().endswith("?"):
            return [Found("owner", ME, mine.start(), mine.end())]
        if _ASKED.match(text) and not text.lower().startswith(("do ", "have ")):
            return []
        found = [span for span in map(self._person, self._candidates(doc)) if span is not None]
        found += self._before_due(doc, due)
        if not found:
            return []
        best = self._with_others(max(found, key=lambda s: (len(s), -s.start)))
        return [Found("owner", best.text, best.start_char, best.end_char)]

    def _candidates(self, doc: Doc) -> Iterable[Span]:
        matches: list[Any] = self._matcher(doc, with_alignments=True)
        for key, start, _end, aligned in matches:
            kind, _, number = doc.vocab.strings[key].partition("-")
            place = self._patterns[kind][int(number)].index(_OWNER)
            tokens = [i for i, part in enumerate(aligned) if part == place]
            if tokens:
                yield doc[start + tokens[0] : start + tokens[-1] + 1]

    def _before_due(self, doc: Doc, due: Iterable[tuple[int, int]]) -> list[Span]:
        """ "..., Maria by Friday", "Anna, end of March": a name at the beginning of its part, before a date."""
        found = []
        for start, _ in due:
            before = [t.i for t in doc if t.idx < start]
            last = before[-1] if before else -1
            if last >= 0 and doc[last].text in (",", "-", "–"):
                last -= 1
            first = last
            while first >= 0 and doc[first].is_alpha and doc[first].lower_ not in _NOBODY and last - first < 4:
                first -= 1
            opened = (
                first < 0
                or doc[first].text in (",", ";", ":", "-", "–", ".")
                or doc[first].lower_ in ("and", "for", "list")
            )
            span = self._person(doc[first + 1 : last + 1]) if opened and first < last else None
            if span is not None:
                found.append(span)
        return found

    def _person(self, span: Span) -> Span | None:
        """The name or the role in a span: "my colleague Anna" is Anna, "our intern" is as it stands."""
        doc, start, end = span.doc, span.start, span.end
        while start < end and (doc[start].lower_ in _NOBODY or doc[start].is_punct):
            start += 1
        names = end
        while names > start and self._name_like(doc[names - 1].text):
            names -= 1
        if doc[start].lower_ in _DETERMINERS if start < end else False:
            if names < end and names > start + 1 and doc[names - 1].lower_ in _ROLES:
                return doc[names:end]
            head = doc[end - 1].lower_
            return doc[start:end] if head in _ROLES or self._lemmas.lemma(head) in _ROLES else None
        if names < end and (names == start or doc[names - 1].lower_ in _ROLES or doc[names - 1].is_punct):
            return doc[names:end]
        single = end - start == 1
        if single and (doc[start].lower_ in _ROLES or not self._lemmas.is_known(doc[start].text)):
            return doc[start:end] if len(doc[start].text) > 1 else None
        return None

    def _with_others(self, span: Span) -> Span:
        """ "Anna and Ben will do it": both."""
        doc, start = span.doc, span.start
        if start > 1 and doc[start - 1].lower_ in ("and", "&") and doc[start - 2].text[:1].isupper():
            before = doc[start - 2 : start - 1]
            return doc[start - 2 : span.end] if self._person(before) is not None else span
        return span

    @staticmethod
    def _name_like(word: str) -> bool:
        return word[:1].isupper() or word.lower() in ("de", "van", "von", "der", "da", "di", "la", "del")
