"""Turns of phrase that answer in other words, and what people tell instead of answering; lists as in wording.

"If only" is a no, "couldn't be better" a yes, "in broad strokes" a partly; "annual plan, updated each January" says
yes without a word of it. The texts are looked for in small letters and with contractions spelt out.
"""

from __future__ import annotations

import re

from assistant.dialogue.wording import ADVERBS, COUNT, alternatives, phrases

__all__ = [
    "DEED",
    "DELEGATED",
    "LAPSED",
    "OFTEN_MISSPELT",
    "PLAIN",
    "REVIVED",
    "SEEN_TO",
    "TOPIC_YES",
    "WITHOUT_CONTENT",
]

_OUT_OF = "(?:out of|of|from|/)"
PLAIN = {
    "yes": re.compile(
        "|".join(
            (
                # Everything counted is a yes, and so is a score, whatever it came to.
                r"(?<![\d.,])100 ?(?:%|per ?cent)(?! of)",
                rf"\b({COUNT}) {_OUT_OF} (?:the |our |its |all )?\1\b(?! ?%)",
                rf"\bscor(?:e|ed|es|ing)(?: \w+)? \d+(?: {_OUT_OF} \d+)?",
                r"\bwho (?:has|have|does|do|did|is|would) not(?=\W*$)",  # "who hasn't?"
                phrases("""
            more often than not, could not (?:be|have been|go|run|work) (?:better|clearer|happier|smoother),
            can not complain, never (?:been )?better, like (?:a dream|clockwork), as clear as day, crystal clear,
            (?:signed|done) and (?:sealed|dusted|delivered), is the pope catholic, does a bear,
            no (?:less|fewer) than,
            not (?:less|fewer) than, no question(?! \\w), no (?:complaints?|objections?),
            by heart, second to none, nothing to add, goes without saying, it runs itself, ticks? all the boxes
        """).pattern,
            )
        ),
        re.IGNORECASE,
    ),
    "no": re.compile(
        "|".join(
            (
                r"\b(?:0|zero|none|no one|nobody) (?:%|per ?cent|out of|of) ?\w*",
                # "If we get the grant, then yes", "once the new director is here": a condition that is not met yet.
                r"\b(?:if|once|unless|until|as soon as|when|provided|after) [^.;!?]*,? (?:then )?yes\W*$",
                r"^\W*(?:only )?(?:if|once|when|as soon as|not before|not until) "
                r"(?:the|we|our|they|somebody|someone|there|a|an) [^,.;!?]*$",
                r"(?<![\d.,])0 ?(?:%|per ?cent)",
                r"\b(\w+)\?+ what \1\b",  # "Training? What training?"
                r"\bwho (?:has|have|got) (?:the )?(?:time|money|staff|people|budget)\b",
                r"\b(?:should|could|would) have(?: been)?(?: \w+)? (?:but|if)\b",
                phrases("""
            if only, i doubt (?:it|that), we (?:really |all )?should(?: do(?: that| it)?)?(?! \\w),
            keeps? (?:talking|postponing|putting)(?: \\w+)?(?: off)?, postpon\\w+,
            (?:we|i|we all|they) (?:only )?wish(?: we| i| it)?, clear as mud, far from (?:it|that|being)?,
            nowhere near,
            anything but(?! the), dream on, in (?:our|my|your) dreams?, wishful thinking,
            pigs? (?:can |might |may |will )?(?:fly|have wings),
            do pigs fly, when hell freezes(?: over)?, hell (?:will )?freezes?, is the sea dry, not in a million years,
            (?:quite |just )?the (?:opposite|contrary),
            (?:a lie|lying|untrue|wrong) (?:to say|if)(?: \\w+)?(?: \\w+)?(?: yes)?,
            from (?:scratch|zero), zilch, nada, niente, on the contrary, you must be (?:joking|kidding),
            are you (?:joking|kidding),
            (?:fat |not a |no )chance, out of the question, a pipe dream, pie in the sky,
            why (?:should|would) (?:we|i|they),
            (?:would|will|should) if (?:we|they|i|it|there|somebody|someone), wish we (?:did|had|were|could),
            would be nice,
            never heard of, no such (?:thing|luck), idea stage, planning stage, (?:just|only|still|is|was) an idea,
            (?:just|only|all|a lot of) talk, talks? only,
            on (?:my|our|his|her|their|the)(?: \\w+)?(?:'s)? (?:desk|agenda|wish[- ]?list|to[- ]?do[- ]?list),
            left to (?:them|others|chance), other (?:priorities|problems|worries|fish to fry),
            back to square one, square one, a blank page, empty (?:page|drawer), the dog ate,
            remains? to be (?:done|seen),
            all vague, problems everywhere, up in the air, too little too late
        """).pattern,
            )
        ),
        re.IGNORECASE,
    ),
    "partly": re.compile(
        "|".join(
            (
                # "A profile that nobody updates": what there is, and is not as it should be.
                r"\b(?:have|has|got|is|are) (?:an?|the|some|one|our) [^,.;!?]+ (?:that|which|who) "
                r"(?:nobody|no one|never|(?:is|are|was|does|do|did|has|have) not)\b[^,.;!?]*",
                r"\b(?:do|does|did) not (?:do|use|know|have|get|meet|see|understand)(?: \w+)? "
                r"(?:much|many|often|a lot|enough|everything|all)\b",
                # "With words, not with money": what is set against each other is each a part.
                r"\b(with|in|for|by|on|at|from) [\w ]{1,40}, (?:but )?not \1\b",
                # "In one case", "for the last two projects": said of some, and so not of all.
                r"^(?:in|for|with|by) (?:the )?(?:last |first |big |large |new |current |main )*"
                rf"(?:{COUNT}|some|certain|a few) "
                r"(?!years?|months?|weeks?|decades?|days?|times?)\w+(?=\W*$)",
                # What is denied of all of it is granted of some of it.
                r"\b(?:fully|solid|completely|entirely|totally|all|all of (?:them|it)|everything|everyone|always|both"
                r"|firmly|officially|formally)(?: \w+)?\? no\b(?! one)",
                phrases(f"""
            so la la, as good as (?:done|ready|finished|signed), just about, undecided, hesitat\\w+,
            made a start, about to (?:start|finish|begin|sign), (?:very |rather |quite )?basic,
            ish, yes ?-?ish, theoretically, in principle, could be worse, wishy ?-?washy, room to improve,
            the (?:essentials|basics),
            the bare (?:minimum|essentials), a handful of, at least (?:for|in|the|some|one|a),
            is all (?:that )?(?:we|they|i) (?:do|have|got),
            not (?:been )?(?:updated|renewed|revised|touched|used|read|looked at)(?: \\w+)?(?: \\w+)? since,
            (?:is |are )?(?:another|a different) (?:matter|story|question), would not call (?:it|that|this|them),
            lukewarm, at best, meh, in broad strokes, broadly, in outline, in outlines, on page \\d+,
            in (?:a|the|some|his|my|our) drawer,
            over a (?:beer|coffee|drink), (?:is|would be|might be|sounds?)(?: perhaps| maybe)?(?: a bit| a little)?
            (?:an? )?(?:exaggerat\\w+|too (?:much|strong|big)|too (?:big|strong|grand|nice) a word|the wrong
            word|saying too much|a big word),
            too much said, (?:too|a) (?:big|grand|strong) (?:a )?word, half ?hearted(?:ly)?,
            (?:hit|hits) (?:and|or) miss(?:es)?, bits and pieces, here and there,
            piecemeal, patchy, rudimentary, embryonic, in its infancy, in (?:its )?early (?:days|stages?), early days,
            once in a (?:blue moon|while), could be better, room for improvement, not as (?!far|long|i)\\w+ as,
            not so \\w+ as, leaves? \\w+ to be desired,
            not (?:for |in |by )?(?:each|every|all|both|everybody|everything), not in so many words,
            not (?:really )?directly,
            not (?:much|many|often|quite|exactly|always), and that is (?:it|all|about it), that is about (?:it|all),
            that is (?:all|it)(?=\\W*$), nothing (?:more|else)(?=\\W*$), nothing beyond that, with gaps,
            has (?:some )?gaps,
            (?:with|by) the (?:board|lawyers?|minister|ministry|council|parliament|management) for
            (?:signature|approval|comments?|decision),
            under (?:discussion|review|negotiation|revision|preparation),
            (?<!all )(?<!all of ){COUNT} of (?:them|those|these|our|us),
            the (?:others?|rest|other \\w+)(?: \\w+)? (?:do|does|did|have|has|are|is|were|will|can) not,
            in (?:discussion|talks|negotiations?|review|work|the pipeline|the works),
            negotiat\\w+, negociat\\w+, awaiting, application (?:is|was|has been) (?:sent|in|filed|submitted|made),
            (?:we )?(?:have )?applied for (?:it|membership),
            (?:are|is) (?:currently |now |slowly )?(?:setting|getting|putting|drawing|writing|building)(?: \\w+)?,
            (?:are|is) (?:currently |now |slowly )?(?:preparing|drafting|developing|collecting|testing)(?: \\w+)?,
            missing (?:the|a|an|one|some|only) \\w+, (?:{COUNT}|some) (?:is|are) missing, short of,
            so so, comme ci comme ca, thinking about (?:it|that|this),
            do(?:es|ing)? (?:what we can|our best|the best we can), our best,
            (?:passive|inactive|sleeping|dormant|silent), (?:it |we |they )(?:sleeps?|slumbers?), to some degree,
            some way to go, a long way to go,
            not (?:there|done|finished|ready|complete) yet but, work to do,
            (?:needs?|need) (?:more )?(?:work|polishing|updating|an update|a refresh)
        """).pattern,
            )
        ),
        re.IGNORECASE,
    ),
}
"""Turns of phrase that say yes, no or partly in other words, where reading word by word would mislead."""

LAPSED = phrases("""
    expired, lapsed, ran out, fell (?:through|apart|asleep), fizzled out, scrapped, shelved, quit, withdrew,
    pulled out, dropped out, put on ice, axed, wound down, off the ground,
    discontinued, died, killed (?:it|that|this),
    is dead, (?:is|are) (?:over|gone|history), (?:was|were|has been|have been) (?:closed|shut|wound up|abolished),
    no longer,
    (?:which|that|it|they) (?:has |have )?(?:ended|stopped|closed)(?! (?:up|the|a|our|that)), not any ?more,
    until [^.;!?]+ (?:left|retired|died|ended|stopped|closed|quit),
    in the past(?! (?:year|month|week|few|two|three))
""")
"""What was, and is no more; it outweighs that it was once: "we had one, the crisis killed it"."""
REVIVED = phrases("again, new, newer, replaced, replacement, renewed, now, instead, still, another")
"""Unless something came after it."""  # fmt: skip
DELEGATED = phrases("""
    (?:do|does|did|has done|have
    done|makes?|made|handles?|manages?|runs?|organi[sz]es?|provides?|covers?|offers?|pays?)
    (?:\\w+ )?(?:it|that|this|them|those|one|all of it|everything) for (?:us|me|our \\w+),
    (?:do|does|did|makes?|made|handles?|manages?|runs?|organi[sz]es?|provides?|covers?|offers?) for (?:us|me),
    (?:it|that|this|them|those|everything) for (?:us|me), for (?:us|me) by (?:the|our|an?|its),
    takes? care of (?:it|that|this|them|those|everything), looks? after (?:it|that|this|them),
    took care of (?:it|that|this|them), outsourced, subcontracted, contracted out, commissioned
""")
"""What others do for them is in place all the same; who does it is kept as a note."""
_SEEN_TO = """
    (?:chapter|section|annex|page|table|appendix) \\w+, all in (?:there|it), in there, in writing,
    in black and white, in our (?:statute|statutes|charter),
    (?:every|each)
    (?:day|week|month|quarter|half-year|year|spring|summer|autumn|winter|season|time|meeting|\\w+day|two|three|six|other),
    yearly, annual(?:ly)?, monthly, weekly, quarterly, daily, twice a, once a (?:year|month|quarter|week),
    all the time, usually, generally,
    normally, as a rule, most of the time, constantly, continuously, permanently, routinely, always,
    for (?:years|ages|decades|many years),
    for (?:\\d+|two|three|four|five|six|ten|several) years, since \\w+ years?,
    since (?:the beginning|day one|years|long|ever|last|\\w+ary|\\w+ember),
    last (?:year|month|week|spring|summer|autumn|winter|january|february|march|
    april|may|june|july|august|september|october|november|december),
    this (?:morning|week|month|year|spring|summer|autumn), yesterday, today, (?:\\w+ )?(?:years|months|weeks) ago,
    in (?:19|20)\\d\\d, from (?:19|20)\\d\\d, since \\d\\d,
    (?:gold|silver|bronze)(?: \\w+)? (?:label|certificate|award), label, certificate, iso ?\\d+,
    top (?:three|five|ten|\\d+), comes? first, first(?! \\w)
"""
SEEN_TO = phrases(_SEEN_TO)
"""Short of a plain statement, what people say of things that are there: how often, since when,
where it is written."""
_NO_DEED = """
    are, am, is, was, were, be, want, wants, need, needs, hope, wish, think, thought, guess, doubt, wonder, plan,
    plans, intend, leave, left, lack, miss, can,
    could, should, would, will, must, might, may, cannot, feel, fear, struggle, struggled, fail, failed, complain,
    improvise, panic\\w*, wait, like,
    love, believe, mean, say, said, see, suppose, try, tried, talk, talked, sleep, not, never, only, just, still, do,
    did, does, don, depend,
    rely, worry, suffer, ask, have, had, has, hate, forget, forgot, prefer, expect, dream, avoid, refuse, stopped,
    agree, disagree, live,
    come, work, got, dont, understand, really, also, even, sorry, no, or, and, at, to, in, on, of, as, for, with,
    the, a, an, who, all, both
"""
DEED = re.compile(
    rf"\b(?:we|i|they)(?: (?:{alternatives(ADVERBS)}))? (?!(?:{alternatives(_NO_DEED)})(?!\w))(?:go|[a-z]{{3,}})"
    r"(?= (?:\w|$)|$)"
)
"""What they say they do, by a verb of which the lists know nothing: "we survey firms two years after"."""
TOPIC_YES = re.compile(
    r"(?:^|[,;:.!?] ?|\bbut |\band )(?!(?:i|we|it|that|this|think|say|well|of|now|so|as|then|who|what)\b)"
    r"(?:for |in |with |on |the |our |to )*(?!(?:us|me|is|part|sure|am)\b)\w[\w ]{2,60} (?:yes|we do|i do)"
    r"(?=\s*(?:[,;:.!?–—-]|and|but|$))"
)
""" "Monitoring yes, evaluation ...": who sets one thing apart means that it is otherwise with the rest."""

OFTEN_MISSPELT = """
    absolutely definitely completely certainly partially partly finished approved planned started unfortunately
    sometimes
    already progress everything everybody nothing nobody relevant applicable mostly almost exactly occasionally
    regularly
    different probably depends documented signed written course ongoing halfway unfinished
""".split()
"""Words that decide an answer and are easy to get wrong."""

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
