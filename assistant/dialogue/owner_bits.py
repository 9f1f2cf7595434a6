"""The language of :mod:`assistant.dialogue.owner_rules`: lines that are half words, half regular expression.

``<it>`` stands for a bit that several lines share, a space for any space, and an apostrophe for both kinds; the rest
is a regular expression whose groups keep nothing.
"""

from __future__ import annotations

import re

__all__ = ["any_of", "lines_of", "read"]

_BITS = {
    "how": """((also|probably|then|now|already|surely|certainly|just|gladly|kindly|definitely|likely|maybe|normally|
        first|themselves|herself|himself|personally|finally|quickly|try to|have to|be able to|start to|begin to) )*""",
    "no deed": r"""(be|been|have(?! (it|this|that|a (look|go))\b)|need|want|like|know|think|say|come|go|leave|grow|
        happen|remain|stay|become|understand|love|hate|cost|pay|fund|finance|support|retire|benefit|profit|lose|win|
        arrive|return|decide|approve|vote|discuss|join|attend|agree|accept|refuse|insist|hear|feel|believe|hope|
        expect|wonder|appreciate|see(?! (to|that))|take (place|part|time|long|years|months|ages|weeks)|never|no|not|
        probably not|meet|depend|use|buy|invest|follow us|tell us|require|exist|receive|learn|always|often|visit|
        move|change|object|complain|let|find out|get (the|an?|some|more|used|money|paid)|look like|mind|care|matter|
        show up|help|trust|wait|still|speak(?! to)|talk(?! to)|only|enquire|notice|laugh|export|double|delay|gain|
        suffer|lack|travel|participate|ask (me|us|you|why|who|what|where|about|how)|\w+ly|also|then|now|just|first|
        maybe|with|for|in|of|on|at|and|or|from|who|that|which|to|as|by|behind|it|this)""",
    "deed": r"<how>(?!<no deed>\b)[a-z]{2,}",
    "will": r"""(\s*'ll|'s going to|'s gonna| (will|ll|shall|should|must|can|is going to|are going to|is gonna|
        are gonna|has to|have to|needs to|need to|ought to|is to|are to))""",
    "would": "('d| (would|could|might|may|wants to|want to|would like to))",
    "is": "('s|s| is| are| was meant| one is| one's| stays| would be| should be| will be| can be| shall be| be)",
    "nth": "(first|second|third|fourth|fifth|last|final|other|1st|2nd|3rd)",
    "no.": r"(number \w+|#\d|n[or]\.? ?\d+)",
    "it": r"""(it|that|this|these|those|them|both|care|charge|over|responsibility|all of|number|n[or]\.? ?\d+|
        question|point|action|task|the (lead|job)|(the|that|this) (<nth>|latter|former|rest|job|task|action|one)|#|
        \d)""",
    "that": "(it|this|that)",
    "thing": r"""((it|that|this|these|those|them|all|both|her|his|their)( (one|job|task|all|over|up|on|action|point|
        question))?|(the|that|this|my) ([\w'-]+ ){0,4}?[\w'-]+|(number|no\.?|nr\.?|question|task|action|point|item|
        case) ?\w+|(second|first|third|last) (one|task|action)|#? ?\d)""",
    "job": "((it|that|this|these|them|both)( one)?|the (task|job|action|first|second|third|last|work)( one)?)",
    "does": """(does|takes|handles|drafts|prepares|organi[sz]es|collects|arranges|sorts|writes|finishes|sends|
        contacts|calls|checks|compiles|updates|translates|reviews|owns|chases|gets|looks after|sees to|deals with|
        follows up|sets up|fills in|makes|signs|got|completes|circulates|picks up|delivers|covers|leads|runs|
        manages|coordinates|do|take|handle|own|prepare|draft|write|collect|get|share|has got|see to|deal with|
        look after|sort|organi[sz]e)""",
    "works": """(does|handles|takes over|sorts out|chases|picks up|fills|puts together|drafts|prepares|organi[sz]es|
        collects|arranges|writes|finishes|sends|contacts|calls|checks|compiles|updates|translates|reviews|
        circulates|takes care)""",
    "do": """(do|draft|prepare|write|organi[sz]e|call|contact|send|check|finish|collect|handle|sort|ask|update|
        review|find|set up|make|complete|compile|arrange|talk to|speak to|follow up)""",
    "done": """(done|handled|taken( over| on)?|led|prepared|drafted|written|organi[sz]ed|managed|sorted|collected|
        checked|sent|finished|signed|arranged|completed|made|looked after|followed up|covered|translated|reviewed|
        updated|owned|coordinated|compiled|run|performed|carried out|undertaken|executed|implemented|taken care of|
        taken up)""",
    "charge": r"""(responsible|in charge|accountable|on <that>|(the|our|its) (right |best |only )?(owner|lead|
        one (who|to|for|doing)|contact|person)|owner|lead|(our|the) (man|woman|one|person|responsible)( for| on)?|
        down for|in for|assigned to|busy with <that>|(good|perfect|best placed) for <that>|fine with (it|that|this|
        doing)|standing in|(ok|able|willing|happy|ready|supposed|meant|due|asked) to (?!(be|have|help)\b)\w+|
        leading on|(doing|taking|handling|drafting|preparing|writing|sorting|collecting|organi[sz]ing|leading|
        managing|finishing|compiling|arranging|translating|dealing with|working on|looking (after|into|at)|
        seeing to|put down|noted|named|listed|sending|making|setting up|putting|getting|calling|contacting|checking|
        updating)(?= \w))""",
    "give": "(assign|give|hand|pass|delegate|leave|allocate|entrust|reassign|transfer|re-assign|offload)",
    "gave": r"(gave|given|giving|handed|handing|passing|delegat\w+|assigning|assigned|entrusted|leaving)",
    "note": """(put|add|stick|pop|jot|log|write(?= <that>)|plan|note|mark|schedule|book|enter|save|record|pencil|
        keep|reserve)""",
    "list": "((on|to) (the|my|our) (list|plan|actions) )?",
    "in charge": """(owner|responsible( person)?|assignee|person in charge|in charge|lead|accountable|whose job|
        responsibility)""",
    "asked": "(ask|want|need|tell|remind|get|allow|asking|instruct|task|request|i('ve| have)? (already )?asked)",
    "month": "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*",
    "season": "(spring|summer|autumn|winter)",
    "end": r"(\W*$|\s*[,.;!])",
    "stop": r"""(\W*$|\s*[,.;!()–-]| (and|to|by|until|till|from|for|please|pls|then|with|in|on|before|instead|due|
        next|because|as|at|tomorrow|today|this|it|that|end|mid|if|who|she|he|deadline|now|when|after|but|the|\d)\b)""",
    "promised": """(agreed|promised|offered|volunteered|committed|undertaken|accepted|offers|volunteers|promises|
        agrees|is happy|is willing|is able|is ready)""",
    "they do": """(s?he|they)('ll| will| can| does| takes| agreed| accepted| said (yes|ok)| has agreed| handles|
         is (on|doing))""",
    "desk": r"""('s\W*$|('s|s?') (job|task|desk|plate|turf|responsibility|list|baby|hands|court|to do|turn|business|
        table|action|work|thing|department)\b)""",
    "it is on": r"""(that|this|it|one|task|action|thing|ball|rest|\d)(<is>|( (should|shall|will|can|must|has to|
        would|may))? <lies>)""",
    "lies": "(sits?|lies?|rests?|goe?s?|falls?|belongs?|remains?|stays?)",
    "due": "(in |within |by |until |till |before |for |after |over |due )?(the )?",
    "no label": "(hi|hello|hey|dear|thanks|regards|name|from|contact|partners?|country|cc|ps|best|cheers)",
    "i will": "i( ?'?ll| (will|shall|can|am going to|gonna)|'m (going to|gonna)) <how>",
    "i would": """i('d| (could|would|should|must|have to|need to|want to|plan to))( (like|love|be happy|
        be glad) to)? <how>""",
    "my deed": r"""(do (<that>|these|those)(?! (step|part|bit|section|question)\b)|do (them|both|number|
        n[or]\.? ?\d|#|\d)|take (<that>|these|them|care|charge|responsibility|on|both|over)(?! (back|out|seriously|
        as)\b)|handle <that>|(finish|write|prepare|draft|send|organi[sz]e|collect|sort|manage|own|lead|complete|
        review|arrange|attend to) (<that>|these|them)\b(?! to you)|take the rest|
        do the (<nth>|rest)( one)?(?! (step|part|bit|section|question)\b)<not back>)""",
    "my task": r"""(do (so|all|the(?! rest)|my best|question)|handle|own|draft|prepare|organi[sz]e|arrange|compile|
        collect|translate|circulate|chase|sort|look (after|into)|see to|deal with|follow|set <that>|
        write(?! to (you|some|an))|finish|send(?! (\w+ ){0,3}(to )?you\b)(?! (it|pdf)\b)|call|contact|phone|ring|
        email|lead|make (sure|it|the)|get (<that>|on it)|work on <that>|be (responsible|in charge|on it|the owner|
        the one)|fill|update|(talk|speak) to (the|our|them)|ask (the|our|them|all|around)|coordinate|complete|
        review)\b""",
    "not back": r"(?! (back|that|out|seriously|as|every|all the time|already|anyway)\b)",
    "not mine is": r"(?! (is|are|was|do|does|have|has|field)\b)",
    "duty": "(job|task|responsibility|turn|desk|plate|action|baby|list|to-?do|part)",
    "no more": r"((?!\b(so|but|therefore)\b)[^,.;])*",
    "span": "(week|month|year|quarter)",
    "over": "(after|into|at|with|to|on|care of|over)",
    "put": "(put|mark|write|note|set|pencil|sign|name|enter)",
    "no promise": """(wants|needs|decides|votes|likes|knows|has|says|sees|thinks|is|meets|goes|comes|leaves|
        depends|works|sits|
        agrees|insists|was|lives|pays|costs|opens|means|remains|closes|retires)""",
    "end or then": r"(\W*$|\s*[,.;!(–-]| (and|by|until|then|please|there|instead)\b)",
}  # fmt: skip
"""What several lines share."""
_BIT = re.compile(r"<([a-z .]+)>")
_SPELT = re.compile(r"\\.|\[[^\]]*\]|\((?!\?)| \?|[ ']")
_READ = {" ?": r"\s*", " ": r"\s+", "'": "['’]", "(": "(?:"}


def read(line: str) -> str:
    """A line as a regular expression; a bit that fills several lines is broken behind a bar."""
    while _BIT.search(line):
        line = _BIT.sub(lambda m: re.sub(r"\n\s*", "", _BITS[m[1]]), line)
    read = _SPELT.sub(lambda m: _READ.get(m[0], m[0]), line)
    front = r"(?<!\w)" if re.match(r"\(*[a-z#<]", line) else ""
    return f"{front}{read}" + (r"(?!\w)" if re.search(r"(?<!\\)[a-z]$", line) else "")


def lines_of(text: str) -> list[str]:
    """The lines that are not empty, without the space around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def any_of(lines: str) -> re.Pattern[str]:
    """What fits one of several lines."""
    return re.compile("|".join(f"(?:{read(line)})" for line in lines_of(lines)), re.IGNORECASE)
