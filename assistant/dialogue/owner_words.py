"""Words of those who can do something, and how a text asks about them, for :mod:`assistant.dialogue.owners`."""

from __future__ import annotations

import re

__all__ = [
    "ALSO_NAMES",
    "ASIDE",
    "DETERMINERS",
    "EXTENDS",
    "HEAD",
    "MODIFIERS",
    "NOBODY",
    "NOT_HEADS",
    "NO_NAME",
    "ORGANISATIONS",
    "PARTICLES",
    "REQUEST",
    "SENTENCE",
    "TAG",
    "TITLES",
    "WH",
]

_SPELT = re.compile(r"\[[^\]]*\]| \?|[ ']")
_ANY_OF = {" ?": r"\s*", " ": r"\s+", "'": "['’]"}


def _re(*alternatives: str) -> re.Pattern[str]:
    """Alternatives in which a space stands for any space, and ' for both apostrophes."""
    joined = "|".join(f"(?:{each})" for each in alternatives)
    return re.compile(_SPELT.sub(lambda m: _ANY_OF.get(m[0], m[0]), joined), re.IGNORECASE)


# --- Who can be meant ----------------------------------------------------------------------------

DETERMINERS = frozenset("our my the a an his her their both two some another this".split())
PARTICLES = frozenset("de van von der den da di la del el al bin ter ten dos".split())
TITLES = frozenset("mr mrs ms miss dr prof professor herr frau sir madame".split())
NOBODY = DETERMINERS | frozenset(
    "who what which that this it they we he she someone somebody anyone anybody everyone everybody nobody there these "
    "those and or but if so then please pls plz yes no not us them him ok okay well maybe perhaps also just now let "
    "lets let's do does did done will would can could should shall must may might when how where why all both either "
    "neither none something nothing anything everything else question questions step steps answer answers today "
    "tomorrow next last first second third final by until before on in for to with of from at as add put plan note "
    "assign give ask get have has had make set mark say tell write take leave hand pass change switch move show open "
    "skip correct delete sure thanks thank hello hi hey dear great good fine right actually only list action actions "
    "point task idea default purpose email e-mail phone mail law way chance mistake far end start mid early late due "
    "deadline owner owners responsible assignee lead date dates partly yet applicable unknown unclear nope yep yeah "
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri january february march april june "
    "july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec christmas "
    "easter summer spring autumn winter week month year quarter q1 q2 q3 q4 am is are was were be been being because "
    "since while after again still already here i'll i'd im ill one two three four five six seven eight nine ten "
    "probably surely certainly anyway otherwise instead regarding concerning about english german french europe "
    "european eu about than more most some any each every other "
    "others another same such very too up down out over back wait stop cancel undo help continue "
    "gonna wanna gotta wot wat you your yours himself herself themselves itself ourselves "
    "tbd tba asap eod n/a reassign delegate entrust allocate nominate".split()
)
"""Words that nobody is called, with a capital or without."""
ALSO_NAMES = frozenset("Jan Mark Will April June May".split())
"""Of these some people are, where they stand with a capital inside a sentence."""
NO_NAME = _re(r".(?:ed|ly|ing|ary|ory|ion|ions|ment|ments|ness|ful|less|able|ible|ive|ous|ity|ise|ize|ism)$")
"""How no name ends, but many a word that happens to be unknown."""
HEAD = _re(
    r"(?:intern|director|manager|team|colleague|assistant|secretary|secretariat|chair|president|coordinator|office|"
    r"accountant|lawyer|boss|head|staff|trainee|student|officer|consultant|member|committee|treasurer|deputy|leader|"
    r"expert|adviser|advisor|guy|lady|person|ceo|cfo|coo|cto|hr|pr|group|desk|unit|controller|analyst|trainer|mentor|"
    r"supplier|contractor|planner|board|council|departe?ment|agent|editor|author|owner's|bookkeeper|people|folks?|men|"
    r"women|team lead|apprentice|employee|auditor|designer|developer|programmer|receptionist|librarian|technician|"
    r"researcher|professor|webmaster|worker|girl|boy|helper|friend|wife|husband|associate|partner|agency|ministry|"
    r"university|chamber|institute|institutes|company|firm|bank|hub|faculty|embassy|administration|taskforce|crew|"
    r"panel|jury|communications|marketing|accounting|secretaries|ministries|agencies)s?|\w{3,}(?:tant|ist|ator|eer|"
    r"keeper|woman|man|person|lead|head)s?"
)
"""What a role or a group ends with."""
NOT_HEADS = frozenset(
    "checklist checklists list lists exist consist assist persist resist important indicator indicators career careers "
    "ahead instead overhead overheads human german indicators list woman's distant constant denominator".split()
)
ORGANISATIONS = _re(
    "(?:member|partner|agency|ministry|university|chamber|institute|company|firm|bank|hub|embassy|people|"
    "administration|faculty|council)s?|agencies|ministries"
)
"""Of these much is told in the same words that promises nothing: "our members will profit", "the bank will see"."""
MODIFIERS = frozenset(
    "steering project finance communications communication marketing executive managing general new hr it policy "
    "programme program innovation regional legal admin administrative office junior senior working task management "
    "advisory cluster event events training research export press media web board team vice deputy external internal "
    "technical international accounting data quality personal student sales field support service".split()
)
"""What may stand before such a word where no determiner does: "steering group", "finance team"."""
ASIDE = _re(
    r"\s*\([^)]{1,40}\)",
    r"\s*, (?:our|my|the|his|her|who)\b[^,.;]{1,50},",
    r" (?:himself|herself|themselves|alone)(?=\s)",
    r" (?:at|in|from|of) (?:the |our |my )?[\w-]+(?: "
    r"(?:team|department|office|side|unit|desk|group))?(?= (?:will|can|should|shall|has|is|takes|does|handles)\b)",
)
"""What may be said of somebody in between: "Yusuf (our accountant) will do it"."""
EXTENDS = _re(
    r" (?:of|from|in charge of) (?:(?:the|our|my) )?(?!(?:the|it|them|this|that|me|us|now|next|end|today|tomorrow|"
    r"spring|summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|"
    r"december|monday|tuesday|wednesday|thursday|friday)\b)[^\W\d_][\w-]+(?: (?:team|department|office|unit|and \w+ "
    r"team))?"
)

# --- When nobody is named -------------------------------------------------------------------------

SENTENCE = re.compile(
    r"[?!;\n]+\s*|(?<!\bmr)(?<!\bms)(?<!\bdr)(?<!\bno)(?<!\bnr)(?<!\bmrs)(?<!\bprof)(?<!\b\w)(?<!\b\d\d)\.+\s+",
    re.IGNORECASE,
)
_OPENING = r"^\W*(?:(?:and|but|so|ok|okay|sorry|hi|hello|then|well|thanks|also|yes|no)\b\W*)*"
REQUEST = _re(
    _OPENING + r"(?:please |kindly )?(?:(?:can|could|will|would) you (?:please |also |maybe |just |kindly )*"
    r"(?!know|tell|say|explain|see|recommend|suggest|imagine|think)\w+|(?:can|could|may|shall) (?:we|i) (?:please |"
    r"also |just )*(?:put|give|assign|note|add|hand|leave|make|have|name|write|set)\b|would you mind|please)"
)
WH = _re(
    _OPENING + r"(?:(?:to |for |by )?(?:who|which)(?!\s*[:=])|whose|whom|what|which|how|when|where|"
    r"why|does|do (?:i|we|you|they|our|the)|did|is|are|has|have "
    r"(?:i|we|you|they|our|the)|should|shall|would|may|might|am|was|were|can|could|any)(?:'s|s)?\b"
)
TAG = _re(r",[^,]*\?\s*$", r"- [^,]*\?\s*$")
"""A question behind what was said: "Maria will do it, can you note that?"."""
