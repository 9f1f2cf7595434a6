"""The words from which answers are read, as lists of phrases, and how they are looked for.

A list is one string of phrases separated by commas; a phrase may hold bits of regular expression,
such as ``problems?``. The rules that weigh what is found are in :mod:`assistant.dialogue.answers`;
turns of phrase are in :mod:`assistant.dialogue.idioms`.
"""

from __future__ import annotations

import re

__all__ = ["ADVERBS", "COUNT", "alternatives", "expand", "on_one_line", "phrases"]


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
    officially, please
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

# --- What clauses say ----------------------------------------------------------------------------
# These are looked for in lower case and with contractions spelt out, see `expand`.

COUNT = "(?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
NOT_APPLICABLE = phrases("""
    (?:no|any) projects(?: yet| so far)? so, for (?:the )?(?:others?|other \\w+) to (?:answer|say|do|decide),
    have no (?:own )?(?:members|staff|employees)(?! (?:who|that|with|time|trained|for|to|yet|in|on|at)),
    n/a, n\\.a\\.?,
    (?:nothing|no surprises?)(?: like that| of the kind| of the sort)?(?: has| have| ever| really)?
    (?:happened|occurred|came up|come up|cropped up),
    nothing(?: \\w+)? (?:came|has come|to) (?:of it|handle|deal with|measure|report),
    never (?:happened|came up|arose),
    (?:has|have|did|does) not (?:happened|happen|occurred|occur|arisen|arise|come up) to us, there is nothing to \\w+,
    (?:does|did|has) not (?:arise|come up|occur|arisen),
    (?:no|without)(?: \\w+)? projects? (?:so no|so nothing|has ended|has finished|ended),
    (?:no|not a single)(?: \\w+)? (?:was|is|were|are)(?: ever)? (?:needed|necessary|required),
    (?:decided|done|handled|dealt with|managed|set|run)(?: only)? by [^.;!?]+ not (?:by )?(?:us|me),
    not (?:us|me|we)(?=\\W*$), not (?:for|up to) (?:us|me)(?: to \\w+)?,
    beyond our (?:control|remit|power|powers|competence|mandate),
    not in our (?:hands|power|competence), (?:outside|not within) our (?:power|competence|control),
    (?:is|are|was|were) (?:only |just |meant )?for (?:clusters|policy makers|bigger|larger|the
    big|others|ministries|regions|companies),
    (?:do|does) not allow(?: \\w+)? \\w+, (?:is|are) (?:forbidden|prohibited)(?: \\w+)? (?:to|from|by),
    not permitted, wrong question,
    as (?:a )?(?:\\w+ )?(?:region|city|ministry|agency|cluster|network|university) (?:we )?can not, moot,
    not a question for us, not (?:been |had |have )?any (?:unexpected|surprises?),
    (?:falls?|lies?|is) (?:under|within|with|in) the (?:responsibility|remit|competence|hands|power) of,
    (?:have|has) no say, the responsibility of,
    (?:ministry|region|agency|government|state|city|authority|cluster)(?: is|'s)?
    (?:job|task|business|thing|matter|responsibility|decision|affair|competence),
    (?:do|does) not (?:run|have|lead|manage) (?:any )?(?:\\w+ )?projects (?:ourselves|of our own|at all),
    (?:not|never) (?:really )?(?:a|an) (?:issue|topic|question|matter|thing) (?:for|in|here),
    not (?:really )?applicable, (?:do|does|did|can|could) not (?:really )?apply, (?:does|do) not aply,
    can not be (?:applied|answered), not (?:really )?relevant, irrelevant (?:for|to|in), is irrelevant,
    (?:do|does) not concern, nothing unexpected, no unexpected \\w+, no surprises?, nothing surprising, not needed,
    not allowed to, not for us, not ours,
    not (?:really )?(?:our|my|in our|within our)
    (?:competence|field|area|case|job|role|task|business|responsibility|remit|mandate|mission|department),
    not my department,
    (?:not in|not part of|out of|outside|outside of) (?:our|the|my) (?:remit|mandate|mission|responsibility|scope),
    (?:do|does|would) not (?:really )?fit (?:us|our|for us|here), makes? no sense (?:for|in|here),
    not make (?:any )?sense (?:for|in|here), (?:do|does) not need (?:that|it|this), not something (?:a|an|we)
""")  # fmt: skip
AVOIDED = phrases("""
    no idea, no clue, not a clue, dunno, idk, who knows, not (?:really |quite |so |very |100% )?(?:sure|certain),
    unsure, not know(?: yet| that| this| it| if| whether)?(?=\\s*(?:$|[.;!?])), hard to say, difficult to say,
    can not (?:say|tell)(?! (?:that )?(?:we|it|they) ), (?:would|could) not (?:say|tell),
    too (?:early|soon) to (?:say|tell), maybe, perhaps, possibly, probably, hopefully, i hope, might,
    i guess, should have, should be, no comment, no answer, no thanks?, no thank you, no need(?! (?:for|of|was|is)),
    no worries,
    no (?:more )?questions?, not now, not right now, not today, never mind, nevermind,
    (?:no|nothing) (?:has |is )?(?:changed?|changes|different|new|news)
""")  # fmt: skip
ASKED_BACK = phrases("""
    if (?:that|this|it) (?:counts|is enough|will do), does (?:\\w+ )?(?:\\w+ )?(?:\\w+ )?count,
    what (?:do |exactly do )?you mean, mean by,
    what counts, would have to (?:check|ask|look), have to (?:check|look it up|ask), let me (?:ask|check|look),
    ask my (?:boss|colleague|director)
""")
"""The answer hangs on something that is to be said or looked up first."""
_TROUBLE = "(?:problems?|issues?|delays?|troubles?|difficult\\w+|complaints?|conflicts?|worries|hiccups?|objections?)"
_UNABLE = "(?<!can )(?<!could )(?<!would )(?<!will )"
""" "We cannot start without money" denies nothing twice."""
_NOT_WE = "(?:that )?(?:we|they) (?:do|did|have|are) not"
DOUBLE_NEGATIVE = phrases(f"""
    (?:no|without|(?:not|never) (?:have|had|face|see|meet))(?: any| big| major| serious| real| a)* {_TROUBLE},
    (?:no|none|not one|nothing|nobody|no one|never|without)(?: \\w+)?(?: \\w+)?(?: \\w+)?(?: \\w+)?(?: \\w+)?
    (?:any|had|has|have|with|big|major|serious|real|been) {_TROUBLE},
    nothing (?:serious|dramatic|major|big|bad|alarming|unusual|to worry about), no (?:big|great) (?:deal|drama),
    (?:no|none|nobody|no one|not one|nothing|never)(?: \\w+)?(?: \\w+)?(?: \\w+)?(?: \\w+)?
    (?:lacks|opposes|opposed|objects|objected|refuses|refused|disagrees|complains|complained|is against|was against),
    not(?: \\w+)?(?: \\w+)? (?:bad|badly|poorly|unhappy|unsuccessful\\w*|insignificant|unreasonabl[ey]), not unlike,
    not (?:discourage|ignore|neglect|refuse|oppose|object|mind|lack|avoid|skip),
    no (?:doubts?|question) (?:about|that), without (?:a |any )?(?:doubt|question|exception), no exceptions?,
    {_UNABLE}(?:not|never|no|nobody|no one|nothing|none)(?: \\w+)(?: \\w+)?(?: \\w+)?(?: \\w+)?(?: \\w+)? without,
    not (?:true |as if )?{_NOT_WE}(?! (?:want|wanted|like|try|tried|care|wish|plan)),
    can not (?:say|claim|deny) {_NOT_WE}, can not deny,
    (?:not|never)(?: \\w+)? (?:fail|failed|forget|forgot|missed), not (?:bad|untrue|wrong|unknown|unclear|unusual),
    nothing (?:is |was )?(?:wrong|missing|left to do|to complain), not missing, no (?:lack|shortage) of
""")  # fmt: skip
SUBORDINATE = re.compile(
    r"\b(?:on|about|showing|explains?|shows?|says?|said|know|known) (?:why|that|what|where|how)\b(?:(?!\bbut\b)[^,.;])*"
)
"""What a report or somebody's knowledge is about; a "not" in it denies no answer."""
NEUTRAL = phrases(
    # What it cost does not make it less: "we do, though it took a while".
    "(?:but|though|although) (?:it |that |this )?(?:took|cost|was|needed) "
    "(?:us )?(?:a|some|long|time|ages|years|hard|not easy|difficult)"
    "(?: \\w+)?(?: \\w+)?, (?:on|but|with|for) nothing else",
    "(?:have|had|got) (?:a|an|the) (?:meeting|appointment|call|date)",
    f"not (?:true |as if |that )*{_NOT_WE} (?:want|wanted|like|try|tried|care|wish)(?: to)?",
    "not (?:only|just|simply|to mention), not \\w+ but (?:also|even), no wonder, no matter",
)
PARTLY = phrases(_PARTLY_ANYWHERE, f"""
    (?<!first )(?<!second )half, mostly, almost, nearly, roughly, most, most of, a bit, a little,
    some(?! time| years?| months?| weeks?| days?), something (?:like|similar|weak|of), there is something, few,
    in a way, in some way, in places, in theory, on paper, only, just (?:a|an|the|one|started|began|begun|not),
    {COUNT} (?:out )?(?:of|from) (?:the |our |its |all )?{COUNT},
    \\d+ ?(?:%|percent|per cent), \\d+ ?/ ?\\d+, depends,
    not (?:yet
    )?(?:fully|completely|entirely|totally|quite|all|every|everything|everyone|everybody|everywhere|enough),
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
    is no longer, shelved, quit, withdrew, off the ground, ran out, fell (?:through|apart|asleep), fizzled out,
    lapsed, scrapped, discontinued, abandoned, dropped(?! by| in),
    has died, died, killed (?:it|that), is dead, is over, is gone, are gone, is history,
    (?:was|were|has been) (?:closed|shut) down,
    opted out, left (?:it|them|out), (?:is|are|was) (?:against|opposed), fails?, failed, ignor\\w+,
    lack\\w*, missing, absent, unable, impossible, used to, no longer, expired, gave up, stopped, cancelled,
    canceled, refused, rejected, turned (?:it|us) down, still (?:to|have to|need to|need|must|open), yet to,
    on the to do list, (?:to do|wish|wishing) list, a gap, too (?:small|early|expensive|busy|costly), forgot,
    forgotten, (?:had|was|were|did|ran|have)(?: \\w+)?(?: \\w+)? until (?!now)\\w+,
    (?:is|are|remains?) (?:still )?open(?! to| for),
    nightmare, disaster, a mess, chaos, chaotic
""")
FUTURE = phrases("""
    will(?! not), going to, planed (?:for|to|in),
    by (?:christmas|easter|summer|autumn|winter|spring|the end of|january|february|march|april|may|june|july|
    august|september|october|november|december|next|q[1-4]|20\\d\\d), next \\w+ (?:period|year|cycle|round|phase),
    we will see, in due course,
    after the (?:summer|holidays|break|elections?), sooner or later, one day, some ?day, would be glad, gonna,
    (?:we|i|they|and|now|also|is|are|to) plan(?:s|ned)? (?:to|for|it|that|this), planning (?:to|for|it|that|this),
    plans to, (?:is|are|was|were) (?:being )?planned,
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
_PAST = "(?!panicked|struggled|hoped|wished|intended|expected|missed|stopped|refused|lacked|ignored|postponed|delayed|\
talked|discussed|doubted|dropped|waited|argued|hesitated|applied|looked|failed|complicated|interested|worried|confused|concerned|surprised|supposed|tired|limited|need)\\w+ed"
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
ADVERBS = "already, all, also, now, both, just, always, fully, well, do, does, did, \\w+ly"
_SO = """
    crystal clear, very clear, quite clear, clear to (?:all|everyone|everybody|us), unanimous\\w*, documented,
    certified, updated,
    accredited, audited, compulsory, mandatory, obligatory, standard, routine, well established, well known,
    (?:is|are) behind (?:it|them|us),
    in favou?r, on board,
    (?:is|are|was|were|all|both) (?:ready|running|public|available|fine|good|great|settled|secured|used|big fans?|a
    big fan),
    it (?:works|worked|does|did|has|covers|contains|includes|specifies),
    (?:runs?|works?|worked) (?:well|fine|smoothly|perfectly|ok|nicely),
    plenty, (?:do|does|did) it, (?:loves?|likes?|supports?) it
"""
""" "It is so", in the ways in which that is said of plans, members and projects."""
YES = phrases(_SO, f"""
    (?:{alternatives(_SUBJECTS)})(?: (?:{alternatives(ADVERBS)}))?(?: \\w+ly)? (?:{alternatives(_VERBS)}|{_PAST}),
    (?:we|they|i|and)(?: already| all| also| both)? (?:do|did), there (?:is|are|was|were),
    (?:is|are|was|were|been|got|gets|stands?)(?: (?:{alternatives(ADVERBS)}))? (?:{alternatives(_STATES)}|{_PAST}),
    (?:are|am|is) (?:an? |all )?(?:\\w+ )?members?,
    (?:every|each|everything|all)(?: \\w+)?(?: \\w+)?(?: \\w+)?(?: \\w+)? (?:has|have|is|are|was),
    according to plan, as planned, on schedule, on time, yes, yeah, exists?, in place,
    since (?:19|20)\\d\\d, all of them, all (?:set|done), signed off, signed, approved, adopted, agreed,
    up and running, finished, completed, going (?:well|smoothly|fine), on track, i (?:think|believe|would say) so
""")  # fmt: skip
HAD = phrases("(?:we|they) (?:already )?(?:have|had|did|do)(?! (?:to|planned|hoped|intended|wanted|meant))")
"""Weighs more than what is planned in the same clause: "we have a plan and will renew it"."""

# --- What holds clauses together -----------------------------------------------------------------

_CONTRAST = "but, although, though, however, whereas, while, yet"
CONTRAST = phrases(_CONTRAST)
CLAUSE_END = re.compile(rf"[,;:!?()…–—]+|\.(?!\d)|\s-\s|\b(?:{alternatives(_CONTRAST)})\b")
EXCEPTION = phrases("except, apart from, everything but, all but, other than")
CONCLUSION = re.compile(r"\b(?:so|and)(?: it is| that is| i would say| a)? (yes|no|not yet|partly)\W*$")
"""A last word that settles it: "we are only two people, so no"."""
