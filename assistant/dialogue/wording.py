"""The words from which answers are read, as lists of phrases, and how they are looked for.

A list is one string of phrases separated by commas; a phrase may hold bits of regular expression,
such as ``problems?``. The rules that weigh what is found are in :mod:`assistant.dialogue.answers`.
"""

from __future__ import annotations

import re

__all__ = ["alternatives", "expand", "on_one_line", "phrases"]


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
    yes, yess+, yse, yeah, yea, yeh, yep, yup, yap, jep, aye, sure, sure thing, for sure, of course, absolutely,
    definitely, certainly, indeed, affirmative
"""
_YES_ALONE = """
    y, ya, ye, ys, ja, jes, jawohl, oui, si, sí, true, right, that is right, that's right, correct, exactly,
    positive, done, all done, already done, it is done, it's done, fully, completely, totally, in place, already,
    always, both, both of them, all of them, we do, we did, we have, we are, we can, they do, they did, they have,
    they are, it is, it does, it has, i do, i did
"""
_NO_ANYWHERE = """
    no+pe, nah, not yet, not really, not at all, not so far, not so much, unfortunately not, sadly not, afraid not,
    of course not, absolutely not, definitely not, certainly not, for sure not, sure not, hell no, no way,
    i think not
"""
_NO_ALONE = """
    n, nay, nein, non, nee, ne, negative, never, none, none yet, nothing, nothing yet, nobody, neither, noone,
    no one, zero, not done, not done yet, not that i know, not that i know of, not that i am aware,
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
    kinda, somewhat, to some extent, to a degree, to a certain degree, to a certain extent, up to a point,
    more or less, so so, so-so, yes and no, yes but no, neither yes nor no, half half, half-half, half and half,
    fifty fifty, fifty-fifty, halfway, half way
"""
_PARTLY_ALONE = "half, mostly, almost, nearly, some, a bit, a little, in progress, ongoing, started"
_NOT_APPLICABLE_ANYWHERE = "n/a, not applicable, non applicable, not aplicable"
_NOT_APPLICABLE_ALONE = "na, irrelevant, not relevant, not needed"
_FILLERS = """
    oh, ah, well, um+, uhm+, uh+, hm+, er+m?, ok, okay, so, look, honestly, to be honest, frankly, basically,
    for us, i would say, i'd say, i think, i believe, as far as i know, afaik, to my knowledge, unfortunately,
    sadly, sorry, i am afraid, i'm afraid, and, in fact, both, thankfully, luckily, currently, at present, for now,
    officially, please
"""
_RESETS = """
    wait, no wait, wait no wait, hang on, hold on, actually, sorry, rather, or rather, i mean, i meant,
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

# --- What clauses say ----------------------------------------------------------------------------
# These are looked for in lower case and with contractions spelt out, see `expand`.

NOT_APPLICABLE = phrases("""
    n/a, not (?:really )?applicable, (?:do|does|did|can|could) not (?:really )?apply, (?:does|do) not aply,
    can not be (?:applied|answered), not (?:really )?relevant, irrelevant (?:for|to|in), is irrelevant,
    (?:do|does) not concern, nothing unexpected, no unexpected \\w+, no surprises?, nothing surprising, not needed,
    not allowed to, not for us, not ours,
    not (?:really )?our (?:case|job|role|task|business|responsibility|remit|mandate|mission|department),
    not my department,
    (?:not in|not part of|out of|outside|outside of) (?:our|the|my) (?:remit|mandate|mission|responsibility|scope),
    (?:do|does|would) not (?:really )?fit (?:us|our|for us|here), makes? no sense (?:for|in|here),
    not make (?:any )?sense (?:for|in|here), (?:do|does) not need (?:that|it|this), not something (?:a|an|we)
""")  # fmt: skip
AVOIDED = phrases("""
    no idea, no clue, not a clue, dunno, idk, who knows, not (?:really |quite |so |very |100% )?(?:sure|certain),
    unsure, not know(?: yet| that| this| it| if| whether)?(?=\\s*(?:$|[.;!?])), hard to say, difficult to say,
    can not (?:say|tell), (?:would|could) not say, maybe, perhaps, possibly, probably, hopefully, i hope, might,
    i guess, should have, should be, no comment, no answer, no thanks?, no thank you, no need, no worries,
    no (?:more )?questions?, not now, not right now, not today, never mind, nevermind,
    (?:no|nothing) (?:has |is )?(?:changed?|changes|different|new|news)
""")  # fmt: skip
_TROUBLE = "(?:problems?|issues?|delays?|troubles?|difficult\\w+|complaints?|conflicts?|worries)"
_UNABLE = "(?<!can )(?<!could )(?<!would )(?<!will )"
""" "We cannot start without money" denies nothing twice."""
_NOT_WE = "(?:that )?(?:we|they) (?:do|did|have|are) not"
DOUBLE_NEGATIVE = phrases(f"""
    (?:no|without|(?:not|never) (?:have|had|face|see|meet))(?: any| big| major| serious| real| a)* {_TROUBLE},
    no (?:doubts?|question) (?:about|that), without (?:a |any )?(?:doubt|question|exception), no exceptions?,
    {_UNABLE}(?:not|never|no|nobody|no one|nothing|none)(?: \\w+)(?: \\w+)?(?: \\w+)?(?: \\w+)?(?: \\w+)? without,
    not (?:true |as if )?{_NOT_WE}, can not (?:say|claim|deny) {_NOT_WE}, can not deny,
    (?:not|never)(?: \\w+)? (?:fail|failed|forget|forgot|missed), not (?:bad|untrue|wrong|unknown|unclear|unusual),
    nothing (?:is |was )?(?:wrong|missing|left to do|to complain), not missing, no (?:lack|shortage) of
""")  # fmt: skip
SUBORDINATE = re.compile(
    r"\b(?:on|about|showing|explains?|shows?|says?|said|know|known) (?:why|that|what|where|how)\b[^,.;]*"
)
"""What a report or somebody's knowledge is about; a "not" in it denies no answer."""
NEUTRAL = phrases("not (?:only|just|simply|to mention), not \\w+ but (?:also|even), no wonder, no matter")
_NUMBER = "(?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
PARTLY = phrases(_PARTLY_ANYWHERE, f"""
    half, mostly, almost, nearly, roughly, most, most of, a bit, a little,
    some(?! time| years?| months?| weeks?| days?), something (?:like|similar|weak|of), there is something, few,
    in a way, in some way, in places, in theory, on paper, only, just (?:a|an|the|one|started|began|begun|not),
    {_NUMBER} (?:out )?(?:of|from) (?:the |our |its |all )?{_NUMBER},
    \\d+ ?(?:%|percent|per cent), \\d+ ?/ ?\\d+, depends,
    not (?:yet )?(?:fully|completely|entirely|totally|quite|all|every|everything|everyone|everybody|everywhere|enough),
    not (?:yet )?(?:finished|finali[sz]ed|approved|complete|completed|formal|formally|ranked|solid|measurable),
    not (?:always|often|regular|regularly|systematic|systematically|up to date|very|so \\w+|exactly|both),
    in progress, in proces+, in development, in preparation, in the making, work in progress, on ?going,
    on-going,
    under ?way, under construction, (?:is|are|am) on (?:it|that|this), working on,
    we work on (?:it|that|this), still \\w+ing,
    being \\w+(?:ed|en|t), (?<!project )started, begun, the (?:others?|rest)(?: \\w+)? not, began, begin(?:ning)?,
    less (?:obvious|clear|certain|so), first steps?, getting there,
    draft\\w*, a first version, pilot\\w*, trial, informal\\w*, verbal\\w*, orally,
    in (?:our|my|his|her|their|the|people's) heads?, try, tried, trying, once(?! (?:a|per|every|we|the|it|they)),
    rarely, seldom, sometimes, occasionally, from time to time, now and then, barely, weak, vague\\w*, rough,
    (?:is|but|just|too|quite|very|bit) old, outdated, out of date, incomplete, unfinished, stuck, stalled, on hold,
    delayed, pending, waiting for, to be (?:approved|finali[sz]ed|signed|confirmed|decided)
""")  # fmt: skip
IN_PART = phrases("partly, partially, in part, half of, some of, only (?:an?|for|in|partly|half|some)")
"""Words after a "no" that take part of it back."""
NO = phrases("""
    no+, nope, not, never, none, nothing, nobody, noone, no-one, nowhere, neither, nor, nein, without, zero, hardly,
    lack\\w*, missing, absent, unable, impossible, used to, no longer, expired, gave up, stopped, cancelled,
    canceled, refused, rejected, turned (?:it|us) down, still (?:to|have to|need to|need|must|open), yet to,
    on the to do list, (?:to do|wish|wishing) list, a gap, too (?:small|early|expensive|busy|costly), forgot,
    forgotten, (?:had|was|were|did|ran)(?: \\w+)?(?: \\w+)? until \\d{4}
""")  # fmt: skip
FUTURE = phrases("""
    will, going to, gonna, plan(?:s|ned|ning)? (?:to|for|it|that|this), (?:is|are|was|were) (?:being )?planned,
    planned, intend\\w*, (?:we|i|they) (?:all )?want(?:ed)?, want(?:ed)? to, would (?:like|love), wish, hope to,
    aim to, soon, tomorrow, next (?:year|month|week|quarter|spring|summer|autumn|winter), in the future, scheduled,
    expected, needed, supposed to, we (?:all )?(?:need|must|should|have to), considering, thinking (?:about|of),
    discuss(?:ed|ing)?, talk(?:ed|ing)? about
""")  # fmt: skip
_SUBJECTS = """
    we, they, i, he, she, who, everyone, everybody, members?, firms?, partners?, colleagues?, staff, team, board,
    office, people, ministry, region, agency, government, cluster, network, director, chairman, president, plan,
    strategy, document, project, year, and, all, already, also, both, regularly
"""
_PAST = "(?!complicated|interested|worried|confused|concerned|surprised|supposed|tired|limited|need)\\w+ed"
""" "Surveyed", "trained", "approved"; but words that tell of no deed are left out."""
_VERBS = """
    have, has, had, had got, got, use, uses, run, runs, hold, held, know, knows, knew, meet, meets, met, made, make,
    set, built, build, wrote, write, sent, found, took, take, takes, keep, keeps, kept, gave, give, brought, work,
    works, offer, offers, fund, funds, pay, pays, support, supports, back, backs, share, shares, review, reviews,
    track, tracks, monitor, monitors, measure, measures, check, checks, train, trains, ask, asks, invite, invites,
    follow, follows, belong, belongs, report, reports, employ, employs, exchange, own, spoke, taught, learnt, chose,
    saw, spent, won, went
"""
_STATES = """
    done, written, known, clear, there, ready, set, built, made, held, sent, paid, found, met, chosen,
    taken, given, running, in place, active, public
"""
_ADVERBS = "already, all, also, now, both, just, always, fully, well, do, does, did, \\w+ly"
YES = phrases(f"""
    (?:{alternatives(_SUBJECTS)})(?: (?:{alternatives(_ADVERBS)}))?(?: \\w+ly)? (?:{alternatives(_VERBS)}|{_PAST}),
    (?:we|they|i|and)(?: already| all| also| both)? (?:do|did), there (?:is|are|was|were),
    (?:is|are|was|were|been|got|gets|stands?)(?: (?:{alternatives(_ADVERBS)}))? (?:{alternatives(_STATES)}|{_PAST}),
    (?:are|am|is) (?:a |all )?members? (?:of|in),
    (?:every|each|everything|all)(?: \\w+)?(?: \\w+)? (?:has|have|is|are|was), yes, yeah, exists?, in place,
    since (?:19|20)\\d\\d, all of them, all (?:set|done), signed off, signed, approved, adopted, agreed,
    up and running, finished, completed, going (?:well|smoothly|fine), on track, i (?:think|believe|would say) so
""")  # fmt: skip
HAD = phrases("(?:we|they) (?:already )?(?:have|had|did|do)(?! to)")
"""Weighs more than what is planned in the same clause: "we have a plan and will renew it"."""

# --- What holds clauses together -----------------------------------------------------------------

_CONTRAST = "but, although, though, however, whereas, while, yet"
CONTRAST = phrases(_CONTRAST)
CLAUSE_END = re.compile(rf"[,;:!?()…–—]+|\.(?!\d)|\s-\s|\b(?:{alternatives(_CONTRAST)})\b")
EXCEPTION = phrases("except, apart from, everything but, all but, other than")
CONCLUSION = re.compile(r"\bso(?: it is| that is| i would say| a)? (yes|no|not yet|partly)\W*$")
"""A last word that settles it: "we are only two people, so no"."""
