"""Reads an answer out of free words: yes, partly, not yet, does not apply, or unclear.

A message is read in two ways. If it opens with an answer ("yes", "not yet", "sort of"), that
is the answer, and what follows may weaken it ("yes, but only for two of five") and is kept as
a note. If not, each clause is read by its own words ("the board signed it in May", "nobody was
trained"), and clauses that disagree make a partly. Words that avoid an answer ("no idea",
"maybe we did") give none: asking once more is better than a wrong guess. Pure; no model is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["LONGEST_NOTE", "AnswerReading", "expand", "phrases", "read_answer"]

LONGEST_NOTE = 1000
"""Characters of a note that are kept."""
_WORTH_A_NOTE = 3
"""Words from which what follows an answer is worth keeping; figures always are."""
_WORTH_KEEPING_WHOLE = {"partly": 3, None: 1}
"""The same for a message that does not open with an answer, by what it is read as; else four: "we did last year"."""
_CLAUSES = 40
"""Clauses of a message that are read; nobody's answer comes later than that."""
_OPENINGS = 4
"""Opening words that are read one after the other: "no, no, not really, no"."""


@dataclass(frozen=True)
class AnswerReading:
    """What was read.

    Args:
        value: ``yes``, ``partly``, ``not_yet``, ``not_applicable``, or None when unclear.
        note: what was said beyond the bare answer, in the person's own spelling; None if nothing.
        sure: whether a plain answer opened the message ("no, never"), so that it can hardly mean anything else.
        bare: whether nothing at all followed the opening.
        avoided: whether the words avoid an answer ("no idea", "perhaps", "not now").
    """

    value: str | None
    note: str | None = None
    sure: bool = False
    bare: bool = False
    avoided: bool = False


def phrases(*lists: str) -> re.Pattern[str]:
    """Compiles lists of phrases, separated by commas, to a pattern that finds them as whole words."""
    return re.compile(rf"(?<!\w)(?:{_alternatives(*lists)})(?!\w)", re.IGNORECASE)


def _alternatives(*lists: str) -> str:
    """Longest first, so that "not yet" is found before "not"."""
    found = {" ".join(phrase.split()) for each in lists for phrase in each.split(",") if phrase.strip()}
    return "|".join(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


# --- Answers that open a message -----------------------------------------------------------------
# "Anywhere" goes on in any way ("yes we do"); "alone" is an answer only if a pause follows it, since
# "done with that task" and "never mind" are none.

_YES_ANYWHERE = """
    yes, yess+, yse, yeah, yea, yeh, yep, yup, yap, jep, aye, sure, sure thing, for sure, of course, absolutely,
    definitely, certainly, indeed, affirmative
"""
_YES_ALONE = """
    y, ya, ye, ys, ja, jes, jawohl, oui, si, sí, true, right, that is right, that's right, correct, exactly, positive,
    done, all done, already done, it is done, it's done, fully, completely, totally, in place, already, always,
    both, both of them, all of them, we do, we did, we have, we are, we can, they do, they did, they have, they are, it is, it does, it has, i do, i did
"""
_NO_ANYWHERE = """
    no+pe, nah, not yet, not really, not at all, not so far, not so much, unfortunately not, sadly not, afraid not,
    of course not, absolutely not, definitely not, certainly not, for sure not, sure not, hell no, no way, i think not
"""
_NO_ALONE = """
    n, nay, nein, non, nee, ne, negative, never, none, none yet, nothing, nothing yet, nobody, neither, noone, no one, zero,
    not done, not done yet, not that i know, not that i know of, not that i am aware, not to my knowledge
"""
_NO_BEFORE = """
    we, i, it, they, he, she, you, that, this, these, those, there, our, the, my, their, not, never, nothing, nobody, none,
    no, but, because, since, as, for, so, still, sorry, unfortunately, only, actually, really, at, until, till, up, yet,
    and, not yet, sir, afraid, is, are, have, has, do, does, did, until now, thank god, neither, yes
"""
""" "no" before these words is an answer; before others it counts something: "no plan", "no partners"."""
_PARTLY_ANYWHERE = """
    partly, partially, parlty, partialy, in part, sort of, sorta, kind of, kinda, somewhat, to some extent,
    to a degree, to a certain degree, to a certain extent, up to a point, more or less, so so, so-so, yes and no,
    yes but no, neither yes nor no, half half, half-half, half and half, fifty fifty, fifty-fifty, halfway, half way
"""
_NOT_APPLICABLE_ANYWHERE = "n/a, not applicable, non applicable, not aplicable"
_NOT_APPLICABLE_ALONE = "na, irrelevant, not relevant, not needed"
_FILLERS = """
    oh, ah, well, um+, uhm+, uh+, hm+, er+m?, ok, okay, so, look, honestly, to be honest, frankly, basically, for us,
    i would say, i'd say, i think, i believe, as far as i know, afaik, to my knowledge, unfortunately, sadly, sorry,
    i am afraid, i'm afraid, and, in fact, both, thankfully, luckily, currently, at present, for now, officially, please
"""
_RESETS = """
    wait, no wait, wait no wait, hang on, hold on, actually, sorry, rather, or rather, i mean, i meant, scratch that,
    correction, no i mean, no i meant
"""
""" "yes, wait, no": the answer after one of these replaces the one before it."""

_PAUSE = r"(?=\s*(?:$|[,.;:!?()…–—]|-\s))"
_GAP = r"[\s,.;:!?()…–—-]*"


def _opening(anywhere: str, alone: str, more: str = "") -> re.Pattern[str]:
    options = [rf"(?:{_alternatives(anywhere)})(?!\w)", rf"(?:{_alternatives(alone)}){_PAUSE}", *([more] if more else [])]
    return re.compile("|".join(options), re.IGNORECASE)


_OPENING = {
    "not_applicable": _opening(_NOT_APPLICABLE_ANYWHERE, _NOT_APPLICABLE_ALONE),
    "partly": _opening(_PARTLY_ANYWHERE, "half, mostly, almost, nearly, some, a bit, a little, in progress, ongoing, started"),
    "not_yet": _opening(_NO_ANYWHERE, _NO_ALONE, rf"no+(?:{_PAUSE}|(?=\s+(?:{_alternatives(_NO_BEFORE)})(?!\w)))"),
    "yes": _opening(_YES_ANYWHERE, _YES_ALONE),
}
_FILLER = re.compile(rf"(?:{_alternatives(_FILLERS)})(?!\w){_GAP}", re.IGNORECASE)
_RESET = re.compile(rf"(?:{_alternatives(_RESETS)})(?!\w){_GAP}", re.IGNORECASE)
_GAP_PATTERN = re.compile(_GAP)

# --- What clauses say ----------------------------------------------------------------------------
# These are looked for in lower case and with contractions spelt out, see `expand`.

_NOT_APPLICABLE = phrases("""
    n/a, not (?:really )?applicable, (?:do|does|did|can|could) not (?:really )?apply, (?:does|do) not aply,
    can not be (?:applied|answered), not (?:really )?relevant, irrelevant (?:for|to|in), is irrelevant,
    (?:do|does) not concern, nothing unexpected, no unexpected \\w+, no surprises?, nothing surprising,
    not needed, not allowed to, not for us, not ours,
    not (?:really )?our (?:case|job|role|task|business|responsibility|remit|mandate|mission|department), not my department,
    (?:not in|not part of|out of|outside|outside of) (?:our|the|my) (?:remit|mandate|mission|responsibility|scope),
    (?:do|does|would) not (?:really )?fit (?:us|our|for us|here), makes? no sense (?:for|in|here),
    not make (?:any )?sense (?:for|in|here), (?:do|does) not need (?:that|it|this), not something (?:a|an|we)
""")  # fmt: skip
_AVOIDED = phrases("""
    no idea, no clue, not a clue, dunno, idk, who knows, not (?:really |quite |so |very |100% )?(?:sure|certain), unsure,
    not know(?: yet| that| this| it| if| whether)?(?=\\s*(?:$|[.;!?])), hard to say, difficult to say, can not (?:say|tell),
    (?:would|could) not say, maybe, perhaps, possibly, probably, hopefully, i hope, might, i guess, should have, should be,
    no comment, no answer, no thanks?, no thank you, no need, no worries, no (?:more )?questions?, not now, not right now,
    not today, never mind, nevermind, (?:no|nothing) (?:has |is )?(?:changed?|changes|different|new|news)
""")  # fmt: skip
_TROUBLE = r"(?:problems?|issues?|delays?|troubles?|difficult\w+|complaints?|conflicts?|worries)"
_DOUBLE_NEGATIVE = re.compile(
    rf"\b(?:no|without|not have|not had|never had|not face|not see|not meet)(?: any| big| major| serious| real| a)* {_TROUBLE}\b"
    r"|\bno (?:doubts?|question) (?:about|that)\b|\bwithout (?:a |any )?(?:doubt|question|exception)\b|\bno exceptions?\b"
    r"|(?<!can )(?<!could )(?<!would )(?<!will )\b(?:not|never|no|nobody|no one|nothing|none)(?: \w+){1,5} without\b"
    r"|\bnot (?:that|true that|as if) (?:we|they) (?:do|did|have|are) not\b"
    r"|\bcan not (?:say|claim|deny)(?: that)? (?:we|they) (?:do|did|have|are) not\b|\bcan not deny\b"
    r"|\b(?:not|never)(?: \w+)? (?:fail|failed|forget|forgot|missed)\b|\bnot (?:bad|untrue|wrong|unknown|unclear|unusual)\b"
    r"|\bnothing (?:is |was )?(?:wrong|missing|left to do|to complain)\b|\bnot missing\b"
)
_NEUTRAL = re.compile(r"\bnot (?:only|just|simply|to mention)\b|\bnot \w+ but (?:also|even)\b|\bno wonder\b|\bno matter\b")
_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
_PARTLY = phrases(_PARTLY_ANYWHERE.replace("kind of,", "(?<!what )(?<!which )(?<!this )(?<!that )kind of,"), f"""
    half, mostly, almost, nearly, roughly, most, most of, a bit, a little, some(?! time| years?| months?| weeks?| days?),
    something (?:like|similar|weak|of), there is something, few, in a way, in some way, in places, in theory, on paper,
    only, just (?:a|an|the|one|started|began|begun|not), {_NUMBER} (?:out )?(?:of|from) (?:the |our |its |all )?{_NUMBER},
    \\d+ ?(?:%|percent|per cent), \\d+ ?/ ?\\d+, depends,
    not (?:yet )?(?:fully|completely|entirely|totally|quite|all|every|everything|everyone|everybody|everywhere|enough|much),
    not (?:yet )?(?:finished|finali[sz]ed|approved|complete|completed|formal|formally|ranked|solid|measurable|published),
    not (?:always|often|regular|regularly|systematic|systematically|up to date|very|so \\w+|exactly|both),
    in progress, in proces+, in development, in preparation, in the making, work in progress, on ?going, on-going, under ?way,
    under construction, (?:is|are|am) on (?:it|that|this), work(?:ing)? on, still \\w+ing, being \\w+(?:ed|en|t),
    (?<!project )started, begun, the (?:others?|rest)(?: \\w+)? not, began, begin(?:ning)?, first steps?, getting there, draft\\w*, a first version, pilot\\w*, trial,
    informal\\w*, verbal\\w*, orally, in (?:our|my|his|her|their|the|people's) heads?, try, tried, trying,
    once(?! (?:a|per|every|we|the|it|they)), rarely, seldom, sometimes, occasionally, from time to time, now and then, barely, weak, vague\\w*, rough,
    (?:is|but|just|too|quite|very|bit) old, outdated, out of date, incomplete, unfinished, stuck, stalled, on hold,
    delayed, pending, waiting for, to be (?:approved|finali[sz]ed|signed|confirmed|decided)
""")  # fmt: skip
_NO = phrases("""
    no+, nope, not, never, none, nothing, nobody, noone, no-one, nowhere, neither, nor, nein, without, zero, hardly,
    lack\\w*, missing, absent, unable, impossible, used to, no longer, expired, gave up, stopped, cancelled, canceled,
    refused, rejected, turned (?:it|us) down, still (?:to|have to|need to|need|must|open), yet to, on the to do list,
    (?:to do|wish|wishing) list, a gap, too (?:small|early|expensive|busy|costly), forgot, forgotten, until \\d{4}
""")  # fmt: skip
_FUTURE = phrases("""
    will, going to, gonna, plan(?:s|ned|ning)? (?:to|for|it|that|this), (?:is|are|was|were) (?:being )?planned, planned,
    intend\\w*, (?:we|i|they) (?:all )?want(?:ed)?, want(?:ed)? to, would (?:like|love), wish, hope to, aim to, soon, tomorrow,
    next (?:year|month|week|quarter|spring|summer|autumn|winter), in the future,
    scheduled, expected, needed, supposed to, we (?:all )?(?:need|must|should|have to), considering, thinking (?:about|of),
    discuss(?:ed|ing)?, talk(?:ed|ing)? about
""")  # fmt: skip
_PRESENT = """
    have, has, had, had got, got, use, uses, run, runs, hold, held, know, knows, meet, meets, met, made, make,
    set, built, build, wrote, write, sent, found, took, take, takes, keep, keeps, kept, gave, give, brought, know, knew, work,
    works, offer, offers, fund, funds, pay, pays, support, supports, back, backs, share, shares, review, reviews, track,
    tracks, monitor, monitors, measure, measures, check, checks, train, trains, ask, asks, invite, invites, follow, follows,
    belong, belongs, report, reports, employ, employs, exchange, own, spoke, taught, learnt, chose, saw, spent, won, went
"""
_STATE = r"(?:\w+ed|done|written|known|clear|there|ready|set|built|made|held|sent|paid|found|met|chosen|taken|given|running|in place|active|public)"
_YES = re.compile(
    rf"(?<!\w)(?:(?:we|they|i|and)(?: already| all| also| both)? (?:do|did)|(?:we|they|i|he|she|who|everyone|everybody|members?|firms?|partners?|colleagues?|staff|team|board|office|people"
    rf"|ministry|region|agency|government|cluster|network|director|chairman|president|plan|strategy|document|project|year"
    rf"|and|all|already|also|both|regularly)(?: already| all| also| now| both| just| always)? (?:\w+ly )?(?:{_alternatives(_PRESENT)}|\w+ed)"
    rf"|(?:is|are|was|were|been|got|gets|stands?)(?: already| all| now| both| fully| well| also| \w+ly)? {_STATE}"
    rf"|there (?:is|are|was|were)|(?:are|am|is) (?:a |all )?members? (?:of|in)|(?:that|it|this) exists|exists?|yes|yeah|in place|since (?:19|20)\d\d|all of them|all (?:set|done)"
    rf"|(?:every|each|everything|all) (?:\w+ ){{0,2}}(?:has|have|is|are|was|were)|signed off|signed|approved|adopted|agreed|up and running"
    rf"|finished|completed|going (?:well|smoothly|fine)|on track|i (?:think|believe|would say) so)(?!\w)"
)
_EXCEPTION = phrases("except, apart from, everything but, all but, other than")
_CONCLUSION = re.compile(r"\bso(?: it is| that is| i would say| a)? (yes|no|not yet|partly)\W*$")
_CONCLUDED = {"yes": "yes", "no": "not_yet", "not yet": "not_yet", "partly": "partly"}
_CONTRAST = r"\b(?:but|although|though|however|whereas|while|yet)\b"
_CLAUSE_END = re.compile(rf"[,;:!?()…–—]+|\.(?!\d)|\s-\s|{_CONTRAST}")
_CONTRASTED = re.compile(_CONTRAST)

# --- Contractions --------------------------------------------------------------------------------

_CONTRACTIONS = (
    (re.compile(r"\b(do|does|did|have|has|had|is|are|was|were|would|should|could|need)n'?t\b"), r"\1 not"),
    (re.compile(r"\bca(?:n'?t|nnot)\b|\bcan not\b"), "can not"),
    (re.compile(r"\bwon'?t\b"), "will not"),
    (re.compile(r"\bain'?t\b"), "is not"),
    (re.compile(r"(?<=\w)'ve\b|(?<=\bi)ve\b|(?<=\bwe)ve\b"), " have"),
    (re.compile(r"(?<=\w)'re\b"), " are"),
    (re.compile(r"(?<=\w)'ll\b"), " will"),
    (re.compile(r"\b(i)'?m\b"), r"\1 am"),
    (re.compile(r"\b(it|that|there|this|he|she|who|what|everything|all|nothing|everybody)'s\b"), r"\1 is"),
)


def expand(text: str) -> str:
    """The text in lower case, on one line, with its contractions spelt out: "we haven't" is "we have not"."""
    words = _tidy(text).lower()
    for pattern, full in _CONTRACTIONS:
        words = pattern.sub(full, words)
    return words


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().replace("’", "'")  # noqa: RUF001


# --- Reading -------------------------------------------------------------------------------------


def read_answer(text: str) -> AnswerReading:
    """Reads one message as the answer to a checklist question."""
    tidy = _tidy(text)
    values, end = _opening_answers(tidy)
    rest = expand(tidy[end:])
    if not values:
        return _from_clauses(tidy, expand(tidy))
    if len(set(values)) > 1 and "partly" not in values:
        return AnswerReading(None, _whole(tidy, None), avoided=True)
    value = "partly" if "partly" in values else values[0]
    weakened = _weaken(value, rest)
    if weakened is None:
        return AnswerReading(None, _whole(tidy, None), avoided=True)
    return AnswerReading(weakened, _tail(tidy[end:]), sure=True, bare=not rest.strip(" ,.;:!?()…–—-"))


def _opening_answers(tidy: str) -> tuple[list[str], int]:
    """The answers with which a message opens, and where they end."""
    values: list[str] = []
    position = end = 0
    replaced = False
    for _ in range(2 * _OPENINGS):
        value, after = _one_opening(tidy, position)
        if value is not None:
            values = [value] if replaced else [*values, value]
            replaced = False
            end = after
        else:
            reset = _RESET.match(tidy, position)
            word = reset or _FILLER.match(tidy, position)
            if word is None:
                break
            replaced = replaced or reset is not None
            after = word.end()
        gap = _GAP_PATTERN.match(tidy, after)
        position = gap.end() if gap else after
    return values, end


def _one_opening(tidy: str, position: int) -> tuple[str | None, int]:
    wait = _RESET.match(tidy, position)
    if wait and wait[0].lower().startswith("no "):
        return None, position
    for value, pattern in _OPENING.items():
        match = pattern.match(tidy, position)
        if match:
            return value, match.end()
    return None, position


def _weaken(value: str, rest: str) -> str | None:
    """The answer, after what follows its opening is heard too; None if the two contradict each other."""
    said = _neutral(rest)
    kinds = _kinds(said)
    contrasted = bool(_CONTRASTED.search(said))
    if value in ("yes", "not_yet") and _NOT_APPLICABLE.search(said):
        return "not_applicable"
    if value == "yes":
        first = next(iter(_clauses(said)), "")
        if rest[:1].isspace() and kinds[:1] == ["no"] and not _CONTRASTED.match(said) and first:
            return None  # "yes we don't"
        less = contrasted or "partly" in kinds or "no" in kinds or _EXCEPTION.search(said)
        return "partly" if less else "yes"
    if value == "not_yet" and ("partly" in kinds or (contrasted and "yes" in kinds)):
        return "partly"
    return value


def _from_clauses(tidy: str, words: str) -> AnswerReading:
    """Reads a message that does not open with an answer."""
    value, avoided = _said(words)
    return AnswerReading(value, _whole(tidy, value), avoided=avoided)


def _said(words: str) -> tuple[str | None, bool]:
    """What the clauses of a message say together, and whether it avoids an answer."""
    if _NOT_APPLICABLE.search(words):
        return "not_applicable", False
    said = _neutral(words)
    kinds = _kinds(said)
    if _AVOIDED.search(words):
        return ("partly", False) if "partly" in kinds else (None, True)
    concluded = _CONCLUSION.search(words)
    if concluded:
        return _CONCLUDED[concluded[1]], False
    if "partly" in kinds or ("yes" in kinds and "no" in kinds) or _EXCEPTION.search(said):
        return "partly", False
    if "no" in kinds:
        return "not_yet", False
    if "yes" in kinds:
        return "yes", False
    return ("not_yet" if "future" in kinds else None), False


def _neutral(words: str) -> str:
    """Takes out negatives that deny nothing: "no problems at all", "not only", "never without"."""
    return _NEUTRAL.sub(" ", _DOUBLE_NEGATIVE.sub(" yes ", words))


def _clauses(words: str) -> list[str]:
    return [clause.strip() for clause in _CLAUSE_END.split(words) if clause.strip()][:_CLAUSES]


def _kinds(words: str) -> list[str]:
    """What each clause says, in order; clauses that say nothing are left out."""
    return [kind for kind in map(_kind, _clauses(words)) if kind]


def _kind(clause: str) -> str | None:
    partly, no = _PARTLY.search(clause), _NO.search(clause)
    if no and re.search(r"\byes\b", clause):
        return "partly"
    # What comes first governs: "some did not" is partly, "nobody has started" is not.
    if partly and (not no or partly.start() <= no.start()):
        return "partly"
    if no:
        return "no"
    if _FUTURE.search(clause):
        return "yes" if re.search(r"\b(?:we|they) (?:already )?(?:have|had|did|do)\b(?! to)", clause) else "future"
    return "yes" if _YES.search(clause) else None


# --- Notes ---------------------------------------------------------------------------------------


def _tail(rest: str) -> str | None:
    """What follows the bare answer, if it is worth keeping."""
    tail = re.sub(r"^(?:but|and)\s+", "", rest.strip(" ,.;:!?()…–—-"), flags=re.IGNORECASE)
    return _kept(tail, _WORTH_A_NOTE)


def _whole(tidy: str, value: str | None) -> str | None:
    return _kept(tidy, _WORTH_KEEPING_WHOLE.get(value, 4))


def _kept(text: str, least: int) -> str | None:
    if len(text.split()) < least and not re.search(r"\d", text):
        return None
    return text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 1].rstrip() + "…"
