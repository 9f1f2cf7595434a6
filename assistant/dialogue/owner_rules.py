"""The ways in which people say who will do something, one a line, for :mod:`assistant.dialogue.owners`.

``NAME`` stands for the person; :mod:`assistant.dialogue.owner_bits` says how the rest of a line is read.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.dialogue.owner_bits import any_of, lines_of, read

__all__ = [
    "ABOUT_ME",
    "ALONE",
    "GIVEN",
    "IF",
    "MINE",
    "NAMELY",
    "NOT",
    "NOT_MINE",
    "OPENS",
    "PLEASE",
    "RULES",
    "SHOULD_I",
    "SOON",
    "Rule",
]

# --- Somebody else -------------------------------------------------------------------------------

_EVERYBODY = ("name", "small", "role", "group")
_PEOPLE = ("name", "small", "role")
_NAMED = ("name", "small")
_NAME = ("name",)


class Rule(NamedTuple):
    """What stands before and after somebody who will do something."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    of: tuple[str, ...]
    """The kinds of phrases of which it may be said."""
    sure: bool
    """Whether the name must be one by more than a capital at the beginning."""
    dated: bool
    """Whether there must be a due date, lest what always happens be taken for a promise."""
    subject: bool
    """Whether they are the subject, which "if" makes a supposed one."""


def _rules(lines: str, of: tuple[str, ...] = _EVERYBODY, *, sure: bool = False, dated: bool = False) -> list[Rule]:
    made = []
    for line in lines_of(lines):
        before, _, after = line.partition("NAME")
        space = r"\s+" if before.endswith(" ") else r"\s*"
        first = f"(?:{read(before.strip())}){space}$" if before else ""
        made.append(Rule(_compiled(first), _compiled(read(after)), of, sure, dated, subject=not before))
    return made


def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


RULES = (
    # Maria will do it; our intern takes care of that; it is on Maria's desk.
    *_rules(
        r"""
        NAME<will> <deed>
        NAME (will|can|should|shall|must|does|has to)(?=<end>| (by|until)\b)
        NAME (has|gets|needs|wants) (time )?(until|till)
        NAME('s got| <how><does>) (up |on )?<it>(?!\w)
        NAME (signs up for|start(s|ed) (on|with)|picks) <that>
        NAME (keeps an eye|steps in|jumps in|stands in|has the lead|took (it )?over|replaces \w+|takes \w+'s place)
        NAME (has )?accept(s|ed) (<that>|the (task|job|action))
        NAME agreed, by
        NAME leads(?=\W*$|\s*,)
        NAME( (has|have|had))?( (kindly|already|now|just|also))? <promised> to <deed>
        NAME( (has|have))? volunteer(s|ed)(?=<end>| (for|to do|it|this|and)\b)
        NAME (said|says) (that )?(s?he|they)('d|'ll| would| will| can) <deed>
        NAME (said|says) (that )?(s?he|they) (takes?|does?) <it>(?!\w)
        NAME (has|have) (taken|got) (<that>|over)
        (ask|want|need|tell|remind|get|allow|asking|instruct|task|request) NAME to <deed>
        i('ve| have)? (already )?asked NAME to <deed>
        (<asked>) NAME if (s?he|they) (can|could|would|will) <deed>
        (<asked>) NAME (that )?(s?he|they) (must|should|has to|have to|needs? to) <deed>
        (that|this|it|one|task|job|something)('s| is)?( a job| a task| one| something)? for NAME to <deed>
        <put>( down)? NAME (down|in charge|up for|in for|on <that>|against)
        <put>( down)? NAME as (the |an? )?(owner|responsible|lead|one)
        <put>( down)? NAME for (<that>|the (<nth>|task|action|job)|number|#|no\b|\d)
        (<it is on>)( (now|already|best|all))* (on|with|to|up to|down to|over to) NAME<stop>
        """,
        of=_PEOPLE,
    ),
    *_rules(
        r"""
        NAME(<will>|<would>) <how>(<do>|take|lead|manage|look|see|deal) (<over> )?<it>(?!\w)
        NAME(<is>|<will> be)( (now|already|currently|going to be))? <charge>(?!\w)
        NAME (has been|was) asked to (<do>|take) <it>(?!\w)
        (spoke (to|with)|talked (to|with)|asked|called|checked with) NAME,?\W+((and|so) )?<they do>
        agreed with NAME that (s?he|they) (does?|will|takes?)
        (it's|it is|that's|be) NAME (who|that) (does|will|takes|handles|can|should)
        (that|it|this|one|which|\d)('s|s| is| would be| will be| should be)( already| now)? NAME<desk>
        (on|in|be|is|stays)( already| now)? NAME<desk>
        ^\W*((ok|yes|probably|maybe)\W+)?NAME<desk>
        (ask|want|tell|get|asking) NAME to (do|take|handle|prepare|draft|write|check|sort) <it>(?!\w)
        (let|have|make)( (young|old|poor|good))? NAME <deed> (<it>|the|a|up|at|after|our)(?!\w)
        (let|have|make)( (young|old|poor|good))? NAME (do|handle|draft|prepare|write|organi[sz]e|sort|lead)
        (want|have|get|need|put) NAME on <that>
        (trust|trusting) NAME with (<that>|the)
        """
    ),
    *_rules(
        r"NAME (takes|handles|looks after|sees to|does) (up |on )?(it|this|care of (it|this))(?!\w)", of=("group",)
    ),
    *_rules(r"NAME has <that>( one)? (already|now|under control|on (his|her|their))", of=("role",)),
    *_rules(
        r"NAME <how>(drafts|prepares|collects|writes|compiles|organi[sz]es|arranges|translates|reviews|takes over) \w+",
        of=("role",),
    ),
    *_rules(r"NAME('d| (would|could|might)) <how><do> \w+", of=("name", "role")),
    *_rules(
        r"""
        NAME('s got| has| have) <that>( one)?(?=\W*$| (already|now|under control|on (his|her|their))\b)
        NAME (has )?said yes(?=\W*$|,)
        """,
        of=_NAMED,
    ),
    *_rules(
        r"""
        NAME <how><works> \w+
        NAME offered(?=\W*$|\s*,)
        """,
        of=_NAME,
    ),
    # What is said of what always happens, too, unless it has a date.
    *_rules(r"NAME<will> <deed>", of=("group",), dated=True),
    *_rules(
        r"""
        NAME <how>(<does>|<works>|calls?|designs?|makes?|sends?|builds?|checks?|finish|prepares?) \w+
        is (done|written|prepared|handled|organi[sz]ed|made|drafted) by NAME
        """,
        dated=True,
    ),
    *_rules(r"NAME <how>(?!<no promise>\b)\w{2,}s (it|that|this|with|up|on (<that>|the))", of=_PEOPLE, dated=True),
    *_rules(r"NAME <how>(?!<no promise>\b)\w{2,}s (the|a|out|back|all|them|our)", of=_PEOPLE, sure=True, dated=True),
    # Maria to draft it; Ilse for the first; Leif: the second.
    *_rules(r"(^|[,;:–>-]|\b(for|and|then)\b)NAME to <deed>", of=("name", "role"), sure=True),
    *_rules(r"(^|[,;:–>-]|\b(for|and|then)\b)NAME( to|:) <do>(?!\w)", of=_PEOPLE, sure=True),
    *_rules(
        r"""
        ^\W*NAME\s*(:|->|=>| [–-])\s*(the )?(<nth>|number|no|nr|#|\d)
        (^|[,;]|\band\b)NAME for (the )?(<nth>|number|#|\d)
        ([,;]|\band\b)NAME (the )?(<nth>|number \w+|#?\d)( one)?\W*$
        (<nth> one|(^|, ?)\d) NAME(\W*$|\s*,)
        <no.> NAME\W*$
        """,
        of=_NAME,
        sure=True,
    ),
    # Assign it to Jan; give Jan the second one; change it to Jan; put it down for Jan; write Jan.
    *_rules(
        r"""
        <give> (<thing> )?(over )?(to|with) NAME
        (is|be|'s|stays) assigned to NAME
        (hand|pass|give) over <thing> to NAME<stop>
        <is> (the|a) (job|task|duty|responsibility) of NAME
        (both|all|these|those|they)( of (them|these))? (go|fall|pass) to NAME<stop>
        gave <that> to NAME
        <gave> <job> (over )?(to|with) NAME<stop>
        (assign|nominate|appoint|delegate to) NAME
        ^\W*((yes|yeah|ok|okay|sure|please|and)\W+)*(together|jointly|in tandem) with NAME
        (chose|appointed|picked|nominated) NAME (for|as)
        (with|make|name|appoint|choose) NAME( as| in)?( the| an?)? (owner|responsible|lead|charge)
        (owner|responsible|assignee)( \w+){0,3} to NAME
        <note> <thing> ((down|in|up) )?<list>for NAME<stop>
        (action|task|one|job|point|it|that|this)( (shall|should|will|can|must))? (goes?|falls|passes) to NAME<stop>
        (action|task|job|point) is for NAME<stop>
        (that|this|it|one|\d)<is>? (one|something|(a|the) (job|task|thing)|work) for NAME<stop>
        """
    ),
    *_rules(
        r"""
        (give|assign|hand|pass) NAME <thing>
        <note> ((down|in|up) )?<list>for NAME<stop>
        """,
        of=_NAMED,
    ),
    *_rules(r"put NAME(\W*$| (please|pls|by|until)\b)", of=("small",)),
    *_rules(
        r"""
        (change|switch|set|move|swap) (<thing> )?(over )?to NAME<stop>
        (goes|go) to NAME<stop>
        (that|this|it|one|\d)<is>?( one| something| a (job|task|thing)| work)? for NAME<stop>
        (<no.>|(second|first|third|last) one)\s*[:=–-]NAME<stop>
        (owner|responsible( person)?|assignee|accountable) NAME
        """,
        of=_NAMED,
        sure=True,
    ),
    *_rules(
        r"""
        (write|put|add|note|name|enter|choose|take|suggest|propose|pick|make it)( down)? NAME<end or then>
        (put|note|write|pencil)( down)? NAME for the \w+
        is for NAME<stop>
        (goes?|moves?|change|switch|reassign|transfer|owner|pass)\b[^.;!?]{0,40} from [\w ]{2,25}? to NAME<stop>
        """,
        of=_NAME,
        sure=True,
    ),
    *_rules(
        r"(put|write|propose|suggest|note)( down)? NAME(\W*$|\s*,| for (now|the moment|the time being)\b)",
        of=("name", "role"),
        sure=True,
    ),
    *_rules(
        r"""
        (<nth> one|<no.>|[,;] ?\d) (to|for|with|by) NAME<stop>
        (replace|swap|exchange) [\w ]{2,30} (with|for|by) NAME<stop>
        (better|rather|in the hands of|new owner|owner now) NAME<stop>
        (responsibility is|lies|rests|stays) with NAME<stop>
        """,
        of=_PEOPLE,
        sure=True,
    ),
    *_rules(
        r"""
        over to NAME<stop>
        ^\W*((please|add|put|make|an?|the|next|new|one) )*(action|task|job|item|homework|to-?do|work) for NAME<stop>
        NAME\s*\(? ?((as|is|to be|should be|would be|be) )?(the |an? )?(owner|responsible|assignee|in charge)\b(?! of\b)
        """,
        sure=True,
    ),
    # Done by Jan; owner: Jan.
    *_rules(
        r"""
        (be|gets?|being) (\w+ly )?<done> by NAME
        (<nth>|one|\d) by NAME
        ^\W*(done|handled|prepared|led|owned) by NAME
        <in charge>( (of|for) [\w ]{1,25}?)?\s*([:=–-]|->|is|would be|should be|will be|be|'s)+NAME
        (who|by whom)\s*[:=]NAME
        """
    ),
)

# --- Nobody, or somebody supposed ----------------------------------------------------------------

IF = any_of(
    r"""
    (if|whether|unless|suppose|supposing|in case|wish|hopes?|doubt|asked)( (maybe|perhaps))? ?$
    (when|once|before|after|since|until)( (maybe|perhaps))? ?$
    (to|question|like|unlike|of|from|in|on|at|for|with|by|about|near|between|and our|as)( (maybe|perhaps))? ?$
    """
)
"""What makes a subject none, or a supposed one: "if Maria does it", "the friend of Maria will do it"."""
NOT = any_of(
    r"""
    (not|no longer|never|neither|nor)( (to|by|for|from|on|with|the one for))? $
    (instead of|rather than|unlike|except|without|than)( (to|by|for|from|on|with))? $
    (used to be|was|were|any|every|each|no|which)( (to|by|for|from|on|with))? $
    n't( (to|by|for|from|on|with))? $
    """
)

# --- Somebody named without a verb ---------------------------------------------------------------

SOON = any_of(
    r"""
    \s*[,;:–-]?<due>(\d+|an?|one|two|three|four|five|six) (weeks?|days?|months?)
    \s*[,;:–-]?<due>(\d{1,2}(st|nd|rd|th|\.)? (of )?<month>|<month> \d{1,2})\b
    \s*[,;:–-]?<due>(end|mid|middle|beginning|start|early|late)( of)?[ -](the )?(<month>|<season>|<span>|\d)
    \s*[,;:–-]?<due>next (<span>|<season>)
    """
)
"""A date or a span of time, also such as is no due date by itself."""
NAMELY = any_of(
    r"""
    (^|\d\.?|[,;:])\s*by\s*$
    (^|[,;:>=(–-]|\b(and|for|then|maybe|probably|perhaps|ok|yes|so|please|owner|list|plan|it's))\s*$
    """
)
"""What may stand before a name with a date: "..., Maria by Friday"."""
GIVEN = any_of(
    r"""
    (->|→|=>|=)\s*$
    (^|[,;])\W*(?!<no label>\b)[\w'#. ]{1,40}(:| [–-])\s*$
    not [\w ]{2,30}(,| but|, but) $
    ^\W*(i guess|i think|i'd say|i suppose|that'd be|that would be|it's|that's|better|probably|maybe|perhaps) $
    ^\W*(let'?s say|make it|presumably) $
    """
)
"""What says that nothing but a name follows: "the training: Bogdan", "second one -> Jasmin"."""
OPENS = re.compile(
    r"\W*(?:(?:ok|okay|then|so|maybe|probably|perhaps|and|yes|both|well|also|same|again|no|rather|just|hm+|for this|"
    r"for that)\b\W*)*",
    re.IGNORECASE,
)
"""What may stand before a name that is all of a message."""
ALONE = any_of(
    r"""
    \W*$
    \s*, (s?he|they)\b
    \s*,? (not|instead of|rather than)\b
    """
)
"""What may follow it."""
PLEASE = any_of(
    r"""
    \s*,? ?(please|pls|plz)(?=\s*,| by| until| -)
    \s*,?\s*(please|pls|plz|i think|i guess|probably|maybe|i'd say|i suppose|then|again|too|as well|also|as before)\W*$
    \s*,? (not|instead of|rather than)\b
    \s*,? instead\W*$
    """
)

# --- Oneself -------------------------------------------------------------------------------------

ABOUT_ME = re.compile(
    r"\b(?:i|ill|me|my|mine|myself)\b|^\W*(?:\w+,? )?(?:will|can|gonna) (?:do|manage)\b", re.IGNORECASE
)
"""What is said of oneself has one of these."""
MINE = any_of(
    r"""
    <i will><my task>
    <i will><my deed>
    <i would><my deed>
    i ((also|just|then) )?(do|take|handle) (<that>|these|them|both|care|number|#|\d|<no.>|the (<nth>|rest))<not back>
    i (finish|write|prepare|draft|send|organi[sz]e|collect) (<that>|these|them|number)
    i'?(m| am) ((already|now) )?(on <that>|handling|the owner|in charge of <that>|the one (who does|to do) <that>)
    i'?(m| am) ((already|now) )?(doing|taking) (<that>|care|number|the (first|second|third|last)|#|\d)
    i'?(m| am) ((already|now) )?responsible( for <that>)?(?=\W*$|,)
    i('ve| have) got <that>\b(?=( one)?\W*$)
    i('ve| have) taken <that>( one)? (on|over)
    i('ll)? volunteer
    i('ll| will)? sign up for <that>
    i('ll| will) have <that> (ready|done|finished)
    i( ?'?ll| can| will) manage <that>
    <that>( one)? i (do|take|will do|'ll do)
    ^\W*i,? (by|until|till)\b
    ^\W*(ok,? |yes,? |sure,? )*(will|can|gonna) do (<that>|so)
    ^\W*will do(?=,| by| until)
    ^\W*(will|can) manage <that>
    (^\W*|\bi'?(m| am) |\bi'd be )(very )?(happy|glad) to (do|take) <that>
    let me (do|take|sort|write|finish) (<that>|care|number|the (first|second|third|last))
    let me (handle|draft|prepare|deal with|organi[sz]e)
    (<give>|assigned) (<thing> )?(over )?(to|with) me
    leave <that> (up )?to me
    assign (me|myself)
    (put|add|mark|write|note|sign) me (down|in|up|on) ?($|[,.;!]|for\b|as (the )?(owner|responsible|lead)\b)
    (put|add|mark|write|note|sign) me (as (the )?(owner|responsible|lead)|for|down (there|here)|on <that>)
    (put|write|note)( down)? (me|myself)(?=\W*$|,| for | as owner)
    make me (the )?(owner|responsible)
    <note> (<thing> )?(down )?for me(?= ?($|[,.;!]| by| until| in| end))
    (to-?do|task|action|job) for me
    for me (by|until|till|before)
    ^\W*for me\b(?=\W*$|,| please| by| until)
    ^\W*<that>( one)?('s|s| is| will be) me(?=\W*$|,| by| until| in)
    (this|that)( one)?('s| is) for me(?= ?($|[,.]| please| by))
    (be|gets?) \w+ by me
    by me (by|until|till|before)
    (<that>|one|put it)('s|s| is)? (all )?(on|up to|down to|with) me
    (^|'s|\bis)\s*down to me
    count on me
    give me (until|till)
    <that>( will| would|'ll|'d) be me
    (better|rather|i'd say|i guess|i think|guess|make it) (that's |it's )?me(?=\W*$|,)
    (only|just) me\W*$
    ^\W*me and nobody
    ^\W*(ok,? |yes,? )?(me\W*$|me,? (please|by|until|end|next|in|before|and no)\b|me\s*[,:–-]|it'?s me\W*$)
    ^\W*(ok,? |yes,? )?that('s|s|'d be| would be) me(?=\W*$|\s*,| then)
    (^|[,;]|\b(so|then|ok)\b)\W*me(\W*$| (then|please|too|again|not)\b)
    <in charge>\s*([:=–-]|->|is|would be|will be|be)+\s*(me|myself|i)
    (owner|responsible|assignee) (me|myself)
    (->|→|=>|: ?) ?(me|myself)\W*$
    (do|doing|take|taking|handle|draft|write|prepare|organi[sz]e)( \w+){0,6} myself
    (^|[,;:]\s*)myself(?=\W*$|\s*[,:–-]| (by|until|end|in)\b)(?!, \w+ing)
    (^\W*(ok|yes|sure|that'?s|it'?s)?\W*|[,;:>=–-]\s*)mine\b<not mine is>
    (that|this|it|one|\d)('s|s| is| would be| will be| can be) mine<not mine is>
    (is|'s|make it|one|be|that|this) mine\b(?! (is|are)\b)
    (consider|make|call) <that> mine
    (is|'s|thats|its|be|have it|have that|it)\W*(on )?my <duty>\b(?! (to|is|was|has)\b)
    ^\W*((ok|okay|yes|sure|fine)\W+)?(on )?my (task|job|turn|action|responsibility|plate|desk)\b(?! (is|was|has)\b)
    (it's|that's|thats) my thing
    (write|put|note|under|use|add|with|enter|take|set)( (<that>|down))*( (on|in|under|to))? my (own )?name
    ^\W*my name\b(?! is)
    """
)
NOT_MINE = any_of(
    r"""
    (not|cannot|if|who|how|what|whether|instead of|before|unless|wish|rather than|why)\b<no more>$
    n't\b<no more>$
    do <that>\s*$
    """
)
SHOULD_I = re.compile(r"\b(?:should|shall|can|do|must|may|could|would|did)\s+$", re.IGNORECASE)
""" "Should I do it" asks."""
