"""What is read out of people's words as the answer to a checklist question."""

import timeit
from collections import Counter
from pathlib import Path

import pytest

from assistant.dialogue.answer_model import KINDS, VALUES, likelihoods, read_examples, weighing
from assistant.dialogue.answers import AnswerReading, opens_with_answer, read_answer
from assistant.dialogue.wording import expand
from assistant.knowledge.journey import load_journey
from assistant.phrases import LONGEST_NOTE
from assistant.settings import ROOT
from tests.pace import pace

JOURNEY = load_journey(ROOT / "knowledge")
WORDS = {q.id: JOURNEY.words_of(q.id) for step in JOURNEY.definition.steps for q in step.questions}

YES = [
    "yes",
    "Yes.",
    "YES!!",
    "yep",
    "yess",
    "yeah sure",
    "y",
    "ja",
    "oui",
    "of course",
    "done",
    "all done",
    "in place since 2019",
    "we do",
    "ok yes",
    "hmm, yes",
    "well yes I think so",
    "as far as I know yes",
    "yes yes",
    "yes we have",
    "both, yes",
    "yes, since two years",
    "yes, in 2021 and we keep it up to date",
    "yes, and next year we do it again",
    "Yes, thank God",
    "we did last year",
    "we surveyed 40 members in spring",
    "the board signed it off in March",
    "we do it since 2015",
    "is done",
    "our members know the benefits, we explained them at the assembly",
    "we have signed a MoU with the Danish cluster",
    "staff were trained by EEN in March",
    "there is a monitoring plan and we report every quarter",
    "each action has a name and a date next to it",
    "I think we can say yes here",
    "in 2021 we benchmarked with ESCA, bronze",
    "all members back it",
    "we've got that",
    "we have a plan and will renew it next year",
    "our members do support it",
    "we took a baseline before the project started",
]
NO = [
    "no",
    "No.",
    "nope",
    "noooo",
    "n",
    "nein",
    "not yet",
    "not really",
    "not that I know of",
    "unfortunately not",
    "I'm afraid not",
    "to my knowledge no",
    "hmm no",
    "no, no, not at all",
    "absolutely not",
    "no we haven't",
    "no, we should do that",
    "no, but we want to",
    "no but it's planned",
    "no, nobody is working on it",
    "never",
    "never did that",
    "nothing yet",
    "we don't",
    "we dont have",
    "we not have",
    "we haven't started",
    "nobody has the time for this",
    "no plan b exists",
    "we have no budget for exchange of staff",
    "there is no strategy at all",
    "board said no",
    "the board has not decided",
    "planned for next year",
    "we will do it in autumn",
    "we used to have one",
    "had one until 2019",
    "we're only two people so no",
    "our ministry has no such scheme",
    "we can't start without a budget",
    "neither monitoring nor evaluation",
    "don't think so",
    "on the to do list since ages",
    "we lack this",
]
PARTLY = [
    "partly",
    "parlty",
    "sort of",
    "kinda",
    "half half",
    "fifty-fifty",
    "50%",
    "60 percent",
    "3 of 5",
    "three of our five members have signed",
    "only 2 from 7 members",
    "yes and no",
    "yes but not everything",
    "yes but only for two of five sub-clusters",
    "yes, but the board has not approved it",
    "yes, except the budget",
    "yes for some members, no for others",
    "yes for Germany, for Asia nothing",
    "no, but we started with it",
    "no, only a draft",
    "not yet, but we're working on it",
    "members yes, board no",
    "our members, yes; our board, no",
    "the big ones yes the small ones no",
    "officially no, but in practice we do",
    "officially yes, in practice no",
    "monitoring yes, evaluation no",
    "in progress",
    "in proces",
    "the board is on it",
    "the director is working on this now",
    "we are still writing the action plan",
    "started",
    "we began with it",
    "there's a draft plan but no approval",
    "a draft, nothing final",
    "pilot is running",
    "in our heads",
    "on paper",
    "informally yes, nothing written",
    "we have everything except the budget",
    "we have everything but the budget",
    "we have targets, just not measurable",
    "not all of it",
    "not finished",
    "some staff was trained",
    "a few members, not all",
    "one colleague did the training, the others not",
    "it's not that we don't have one, it's just old",
    "not without problems",
    "wait, no, partly",
    "no, partly",
    "we asked, no reply",
    "contacted EEN once",
]
NOT_APPLICABLE = [
    "n/a",
    "N/A for us",
    "na",
    "not applicable",
    "doesn't apply",
    "does not apply to us",
    "not relevant for us",
    "no, not relevant for us",
    "nothing unexpected happened",
    "there were no surprises in the project",
    "no unexpected events so far, so nothing to handle",
    "that's not our job, the agency does that",
    "out of our remit",
    "makes no sense for a ministry",
    "it doesn't fit our situation",
    "doesn't fit for us, we have no employees",
    "not my department",
    "we don't need that",
    "can't be answered, there is no project",
]
NO_NEGATIVE_AT_ALL = [
    "no problems so far",
    "no problem at all",
    "all going smoothly, no delays at all",
    "yes, no problems",
    "yes, without any problems",
    "there is no doubt about it",
    "we don't have any problems",
    "we never go anywhere without a plan",
    "not only do we have it, it's public",
    "not just the board, all members back it",
    "not bad",
    "we never failed to report",
    "without exception all projects have one",
]
UNCLEAR = ["", "   ", "...", "it is complicated", "depends whom you ask", "who knows", "hard to say"]
_MISREAD = 0.06
"""Share of a table that may be misread."""


SAID_AGAIN = [
    ("1.benefits", "we are clear about that", "yes"),
    ("1.benefits", "we are not clear about that", "not_yet"),
    ("1.evidence", "we have gathered solid evidence", "yes"),
    ("1.evidence", "we haven't gathered any evidence", "not_yet"),
    ("1.evidence", "we have some evidence but not on market failure", "partly"),
    ("1.priorities", "our priorities are clear", "yes"),
    ("1.priorities", "the priorities are not clear", "not_yet"),
    ("2.diagnostic", "we have done the diagnostic", "yes"),
    ("2.diagnostic", "we did not use the diagnostic", "not_yet"),
    ("2.gaps", "we know our gaps", "yes"),
    ("2.gaps", "we don't know our gaps", "not_yet"),
    ("3.support", "our members support it", "yes"),
    ("3.support", "our members don't support it", "not_yet"),
    ("4.plan", "the plan is finished", "yes"),
    ("4.plan", "we have no plan", "not_yet"),
    ("4.plan", "the plan is nearly finished", "partly"),
    ("4.targets", "the targets are clear", "yes"),
    ("4.targets", "there are no targets in the plan", "not_yet"),
    ("4.monitoring", "we do monitor that", "yes"),
    ("4.monitoring", "monitoring is not in the plan", "not_yet"),
    ("5.training", "our staff has been trained", "yes"),
    ("5.training", "our staff has not been trained", "not_yet"),
    ("5.training-plan", "we have a training plan", "yes"),
    ("5.training-plan", "we don't have a training plan", "not_yet"),
    ("6.networks", "we are active in TCI", "yes"),
    ("6.networks", "we are not in any network", "not_yet"),
    ("6.een", "we work with EEN", "yes"),
    ("6.een", "we don't work with EEN", "not_yet"),
    ("6.online-tools", "we use the ECCP", "yes"),
    ("6.online-tools", "we don't use online tools", "not_yet"),
    ("6.collaborations", "we have formed three collaborations", "yes"),
    ("6.collaborations", "we have not formed any collaboration", "not_yet"),
    ("7.tools", "we use the tools", "yes"),
    ("7.tools", "we use some of the tools", "partly"),
    ("8.smooth", "our projects are running smoothly", "yes"),
    ("8.smooth", "our projects are not running smoothly", "not_yet"),
    ("8.skills", "we have a good project manager", "yes"),
    ("8.skills", "we don't have the skills", "not_yet"),
    ("8.plan-b", "we have a plan B", "yes"),
    ("8.plan-b", "we have no plan B", "not_yet"),
    ("9.quality", "we have the bronze label", "yes"),
    ("9.quality", "we don't have a label", "not_yet"),
    ("9.baseline", "we set a baseline", "yes"),
    ("9.baseline", "there is no baseline", "not_yet"),
    ("9.evaluation", "we have an evaluation plan", "yes"),
    ("9.evaluation", "we have no evaluation plan", "not_yet"),
    ("10.follow-on", "the collaboration led to new projects", "yes"),
    ("10.follow-on", "nothing came of it", "not_yet"),
    ("f.programmes", "we know the programmes", "yes"),
    ("f.programmes", "we don't know the programmes", "not_yet"),
    ("f.expert-help", "we have an expert for that", "yes"),
    ("f.expert-help", "we have no expert", "not_yet"),
]
"""The question said again as a statement; written before any of the like was learnt from."""


def read(said: str, question: str = "") -> AnswerReading:
    """An answer, weighed by the real model; to a question, if one is named by its id."""
    return read_answer(said, weighing(WORDS.get(question, "")))


def test_reads_turns_of_phrase() -> None:
    """What is learnt may forget a line or two when it is learnt anew; more is too many."""
    groups = {"yes": [*YES, *NO_NEGATIVE_AT_ALL], "not_yet": NO, "partly": PARTLY, "not_applicable": NOT_APPLICABLE}
    said = [(text, value) for value, texts in groups.items() for text in texts]
    misread = [(text, value, read(text).value) for text, value in said if read(text).value != value]
    assert len(misread) <= len(said) * _MISREAD, misread


@pytest.mark.parametrize(
    ("said", "value"),
    [("yes", "yes"), ("No.", "not_yet"), ("hmm, not yet", "not_yet"), ("partly", "partly"), ("n/a", "not_applicable"),
     ("ja", "yes"), ("of course", "yes"), ("kinda", "partly"), ("YES!!", "yes"), ("yes no", None), ("", None)],
)  # fmt: skip
def test_reads_a_bare_answer_by_its_words(said: str, value: str | None) -> None:
    assert read(said).value == value


def test_reads_the_plainest_answers() -> None:
    misread = [(said, value, read(said, question).value) for question, said, value in SAID_AGAIN]
    misread = [each for each in misread if each[1] != each[2]]
    assert len(misread) <= len(SAID_AGAIN) * _MISREAD, misread


@pytest.mark.parametrize("said", UNCLEAR)
def test_does_not_guess(said: str) -> None:
    assert read(said).value is None


@pytest.mark.parametrize(
    ("question", "said", "value"),
    [
        ("6.een", "each on his own", "not_yet"),
        ("4.plan", "80 per cent", "partly"),
        ("5.training", "Maria was trained, the other two not", "partly"),
        ("f.innovation-express", "never heard of it", "not_yet"),
        ("8.smooth", "no trouble so far", "yes"),
        ("8.smooth", "one is half a year late", "partly"),
        ("1.evidence", "the consultant is to start in January", "not_yet"),
        ("8.plan-b", "we run no projects abroad", "not_applicable"),
        ("10.revitalise", "that would be a long story", "unclear"),
    ],
)
def test_reads_an_answer_with_its_question(question: str, said: str, value: str) -> None:
    assert (read(said, question).value or "unclear") == value


def test_what_is_learnt_from_is_what_is_asked() -> None:
    """Every answer of ``data/answers`` has a value that there is, and a question that is asked, or none."""
    examples = read_examples(ROOT / "data" / "answers")
    assert len(examples) > 10_000
    assert {example.question for example in examples} - {""} <= set(WORDS)
    assert Counter(example.value for example in examples).keys() == set(VALUES)


def test_a_value_that_there_is_not_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "mine.yml").write_text('answers:\n  - {value: "maybe", text: "who knows"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"mine\.yml: expected one of .* for 'who knows', found 'maybe'"):
        read_examples(tmp_path)


def test_how_likely_each_kind_is_adds_up() -> None:
    likely = likelihoods("the board signed it in May", WORDS["4.plan"])
    assert tuple(likely) == KINDS
    assert sum(likely.values()) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("said", ["who has done this in Spain?", "show me where we are", "bye, see you tomorrow"])
def test_hears_that_it_is_no_answer(said: str) -> None:
    assert read(said, "4.plan").other > 0.5


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("yes", None),
        ("yes we have", None),
        ("not relevant for us", None),
        ("nothing unexpected happened", None),
        ("we don't", None),
        ("sort of, we surveyed 40 members in spring but nothing on market failure",
         "we surveyed 40 members in spring but nothing on market failure"),
        ("yes but only for two of five sub-clusters", "only for two of five sub-clusters"),
        ("Yes, we asked ESCA. Bronze label!", "we asked ESCA. Bronze label"),
        ("yes, since 2019", "since 2019"),
        ("no, no, our board never liked it", "our board never liked it"),
        ("well,  yes ,\n we   did it in May", "we did it in May"),
        ("yes — Aarhus, København and Łódź signed", "Aarhus, København and Łódź signed"),
        ("yes, the board’s in favour", "the board’s in favour"),
        ("we surveyed 40 members in spring", "we surveyed 40 members in spring"),
        ("members yes, board no", "members yes, board no"),
        ("yes, and who pays for this?", "who pays for this"),
    ],
)  # fmt: skip
def test_keeps_what_goes_beyond_the_answer(said: str, note: str | None) -> None:
    assert read(said).note == note


def test_a_long_note_is_cut() -> None:
    note = read("yes, " + "word " * 400).note
    assert note is not None
    assert len(note) <= LONGEST_NOTE
    assert note.endswith("…")


@pytest.mark.parametrize(
    ("said", "opens", "bare"),
    [
        ("yes", True, True),
        ("no, never!", True, True),
        ("hmm, not yet", True, True),
        ("yes, I think", True, True),
        ("yes please", True, False),
        ("no I want to stop here", True, False),
        ("done with that action", False, False),
        ("never mind, go on", False, False),
        ("no plan b", False, False),
        ("sure we have, a 30 page document", True, False),
        ("correct the answer on targets", False, False),
        ("we are a cluster", False, False),
        ("👍 yes", True, True),
    ],
)
def test_knows_a_plain_answer_at_the_start(said: str, opens: bool, bare: bool) -> None:
    assert (opens_with_answer(said), read(said).bare) == (opens, bare)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("We haven't", "we have not"),
        ("we havent", "we have not"),
        ("I don’t think so", "i do not think so"),
        ("can't, cannot, won't", "can not, can not, will not"),
        ("we've got it and they're glad", "we have got it and they are glad"),
        ("it's  done", "it is done"),
        ("I'm, im", "i am, i am"),
    ],
)
def test_spells_contractions_out(said: str, plain: str) -> None:
    assert expand(said) == plain


@pytest.mark.parametrize(
    "piece",
    [
        "no ",
        "we ",
        " ",
        ",",
        "no, ",
        "yes but ",
        "not yet ",
        "a, ",
        "not a b c d ",
        "I've ",
        "so ",
        "half ",
        "'",
        "1/",
        "wait, ",
    ],
)
def test_is_quick_whatever_is_sent(piece: str) -> None:
    message = (piece * 2000)[:2000]
    assert min(timeit.repeat(lambda: read(message), number=1, repeat=3)) < 0.05 * pace()
