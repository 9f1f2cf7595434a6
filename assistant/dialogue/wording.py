"""The words with which a plain answer opens, as lists of phrases, and how they are looked for.

A list is one string of phrases separated by commas; a phrase may hold bits of regular expression,
such as ``problems?``. :mod:`assistant.dialogue.answers` reads with them; what people say in other
words is learnt (:mod:`assistant.dialogue.answer_model`).
"""

from __future__ import annotations

import re

__all__ = [
    "BETWEEN",
    "DOUBTED",
    "FILLER",
    "OPENING",
    "RESET",
    "WITHOUT_CONTENT",
    "alternatives",
    "expand",
    "on_one_line",
    "phrases",
]


def phrases(*lists: str) -> re.Pattern[str]:
    """Compiles lists of phrases, separated by commas, to a pattern that finds them as whole words."""
    return re.compile(rf"(?<!\w)(?:{alternatives(*lists)})(?!\w)", re.IGNORECASE)


def alternatives(*lists: str) -> str:
    """The phrases of lists as alternatives, longest first, so that "not yet" is found before "not"."""
    found = {" ".join(phrase.split()) for each in lists for phrase in each.split(",") if phrase.strip()}
    return "|".join(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


def on_one_line(text: str) -> str:
    """The text with its spaces and line ends as single spaces; nothing else is changed."""
    return re.sub(r"\s+", " ", text).strip()


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
    (re.compile(r"(?<=\w)'d\b"), " would"),
    (re.compile(r"\b(it|that|there|this|he|she|who|what|everything|all|nothing|everybody)'s\b"), r"\1 is"),
)


def expand(text: str) -> str:
    """The text in lower case, on one line, with its contractions spelt out: "we haven't" is "we have not"."""
    words = on_one_line(text).lower().replace("’", "'")
    for pattern, full in _CONTRACTIONS:
        words = pattern.sub(full, words)
    return words


# --- Answers that open a message -----------------------------------------------------------------
# "Anywhere" goes on in any way ("yes we do"); "alone" is an answer only if a pause follows it, since
# "done with that task" and "never mind" are none.

_YES_ANYWHERE = """
    yes, yess+, yse, yepp+, yeahh+, yeah, yea, yeh, yep, yup, yap, jep, aye, sure, sure thing, for sure, of course,
    absolutely,
    definitely, certainly, indeed, affirmative, ja ja, you bet, naturally, obviously, sure did, sure do, sure have,
    (?<!not )without a doubt, no doubt, i(?:'d| would) say so, i should think so, i think so, i believe so, bien sûr,
    claro, natürlich, selbstverständlich, évidemment, da da
"""
_YES_ALONE = """
    y, ya, ye, ys, ja, jes, jawohl, oui, si, sí, tak, kyllä, joo, igen, ano, da, sim, yup yup, yessir, true, right,
    that is right, that's right, correct, exactly,
    positive, done, all done, already done, it is done, it's done, fully, completely, totally, in place, already,
    always, both, both of them, all of them, we do, we did, we have, we are, we can, they do, they did, they have,
    they are, it is, it does, it has, it did, i do, i did, i have, i am, there is, there are, always have,
    always has, always did, all the time, every time, each time, most certainly, very much, very much so, and how,
    like a dream, like clockwork, works fine, all good, all there
"""
_NO_ANYWHERE = """
    no+pe, noppe?, nop, nah, not yet, not really, not at all, not so far, not so much, unfortunately not, sadly not,
    afraid not,
    by no means, not in the least, nowhere near, far from it, not a chance, no chance, fat chance, anything but,
    of course not, absolutely not, definitely not, certainly not, for sure not, sure not, hell no, no way,
    i think not
"""
_NO_ALONE = """
    n, nay, nein, non, nee, ne, nie, ei, nej, não, nem, niet, nada, negative, if only, i wish, we wish, not one,
    not a single one, not at the moment, not currently, not at present, never, none, none yet, nothing, nothing yet,
    nobody, neither, noone,
    no one, zero, not done, not done yet, not that i know, not that i know of, not that i am aware,
    not as far as i (?:know|can see|can tell|am aware),
    not to my knowledge
"""
_NO_BEFORE = """
    we, i, it, they, he, she, you, that, this, these, those, there, our, the, my, their, not, never, nothing,
    nobody, none, no, but, because, since, as, for, so, still, sorry, unfortunately, only, actually, really, at,
    until, till, up, yet, and, not yet, sir, afraid, is, are, have, has, do, does, did, until now, thank god,
    neither, yes
"""
""" "no" before these words is an answer; before others it counts something: "no plan", "no partners"."""
_PARTLY_ANYWHERE = """
    partly, partially, parlty, partialy, in part, sort of, sorta, (?<!what )(?<!which )(?<!this )(?<!that )kind of,
    kinda, somewhat, ish, yes-ish, yesish, yes ish, mostly yes, mostly done, by and large, on the whole,
    for the most part, not exactly, not quite,
    not entirely, not fully, not completely, not always, not directly, not much, not many, not as such,
    to some extent, to a degree, to a certain degree, to a certain extent, up to a point,
    more or less, so so, so-so, yes and no, yes but no, neither yes nor no, half half, half-half, half and half,
    fifty fifty, fifty-fifty, halfway, half way
"""
_PARTLY_ALONE = """
    half, mostly, almost, nearly, roughly, broadly, some, a bit, a little, in progress, ongoing, started, pending,
    sometimes, occasionally, now and then, in places, on paper, in theory, it depends, depends, it varies,
    getting there
"""
_NOT_APPLICABLE_ANYWHERE = "n/a, n\\.a\\.?, not applicable, non applicable, not aplicable"
_NOT_APPLICABLE_ALONE = "na, irrelevant, not relevant, not needed"
_FILLERS = """
    oh, ah, haha, lol, hey, hi, hello, good question, to be fair, in all honesty, truth be told, i must say,
    sad to say,
    i must admit, i have to say, i would think, let me think, let us see, let's see, oh well, gladly, happily, well,
    um+, uhm+, uh+, hm+, er+m?, ok, okay, so, look, honestly, to be honest, frankly, basically,
    for us, i would say, i'd say, i think, i believe, as far as i know, afaik, to my knowledge, unfortunately,
    sadly, sorry, i am afraid, i'm afraid, and, in fact, both, thankfully, luckily, currently, at present, for now,
    officially, please, the answer is, my answer is, our answer is, answer, my answer, our answer
"""
_RESETS = """
    wait, no wait, wait no wait, well actually, hang on, hold on, actually, sorry, rather, or rather, i mean, i meant,
    scratch that, correction, no i mean, no i meant
"""
""" "yes, wait, no": the answer after one of these replaces the one before it."""

PAUSE = r"(?=\s*(?:$|[,.;:!?()…–—]|-\s))"
_BETWEEN = r"[\s,.;:!?()…–—-]*"


def _opening(anywhere: str, alone: str, *others: str) -> re.Pattern[str]:
    options = (rf"(?:{alternatives(anywhere)})(?!\w)", rf"(?:{alternatives(alone)}){PAUSE}", *others)
    return re.compile("|".join(options), re.IGNORECASE)


OPENING = {
    "not_applicable": _opening(_NOT_APPLICABLE_ANYWHERE, _NOT_APPLICABLE_ALONE),
    "partly": _opening(_PARTLY_ANYWHERE, _PARTLY_ALONE),
    "not_yet": _opening(_NO_ANYWHERE, _NO_ALONE, rf"no+(?:{PAUSE}|(?=\s+(?:{alternatives(_NO_BEFORE)})(?!\w)))"),
    "yes": _opening(_YES_ANYWHERE, _YES_ALONE),
}
"""By value, in the order in which they are tried: "not yet" before "not", "yes and no" before "yes"."""
FILLER = re.compile(rf"(?:{alternatives(_FILLERS)})(?!\w){_BETWEEN}", re.IGNORECASE)
RESET = re.compile(rf"(?:{alternatives(_RESETS)})(?!\w){_BETWEEN}", re.IGNORECASE)
BETWEEN = re.compile(_BETWEEN)
DOUBTED = re.compile(r"\s*\?+\s*\w")
""" "Fully? No": an answer with a question mark is somebody else's word, which what follows answers."""

# --- What is worth no note ------------------------------------------------------------------------

WITHOUT_CONTENT = frozenset(
    """
    a about actually absolutely afraid again ages ago ah all already also always am an and any anybody anyone
    anything apart are as
    at be because been being believe bit both but by can certainly clear clearly clue completely completly could
    course
    currently def definitely depends did didn't do does doesn't doing don't done entirely ever every everybody
    everyone
    everything exactly exist exists far fine for from fully get gets getting given goes going good got guess had
    hardly
    has hasn't have haven't having he heard her here him his honest honestly hope how i idea if in indeed into is
    isn't it
    its just kind know known lack lacking least like little look looked looking lot madam made main make many may
    maybe me
    mean member mere might missing moment more most mostly much must my na nah naja near nearly need needed needs
    negative
    neither never no nobody none nor not nothing now of off often oh ok okay on once one ones only or other our out
    over part
    partially partly passive people perhaps place planned please positive possibly present pretty process progress
    quite
    rarely rather ready real really regular regularly right round roughly said same say see seen she should since
    sir so
    some somebody somehow someone something sometimes somewhat soon sorry sort start started still such sure
    systematic take
    thank thanks that that's the their them then there these they thing things think this those though thought to too
    totally touch try tried trying two under unfortunately until up us use used using usually very want wanted was
    wasn't
    way we well were what when where which while who whole why will wish with without work working works would
    yes yep yeah yet you your sealed signed written forgot forgotten asked tell told applicable apply applies relevant
    irrelevant happened happen unexpected surprise surprises remit agenda
""".split()
)
"""Words that add nothing to an answer: "yes, of course we do"."""
