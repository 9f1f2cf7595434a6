"""The pipeline of the project: lemmas, and what a message names. Our own examples; tests/nlu judges by others'."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.context import library
from assistant.dialogue.entities import EntityReader, words_known
from assistant.dialogue.language import RULED, Lemmas, build_language
from assistant.dialogue.linking import Found, settle
from assistant.dialogue.paraphrase import names_of_steps
from assistant.dialogue.vocabulary import patterns
from assistant.knowledge.journey import load_journey
from assistant.knowledge.library import load_library
from assistant.settings import ROOT
from benchmarks.intents import DEVELOPMENT, examples_of

FRIDAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def reader() -> EntityReader:
    known = words_known(library(), ["tell me about the train to the fair"] * 3)
    journey = library().journey
    return EntityReader(build_language(journey, known), library(), names_of_steps(journey))


def named(reader: EntityReader, text: str, *labels: str) -> list[tuple[str, str]]:
    found = [(f.label, f.value) for f in reader.read(text, FRIDAY)]
    return [pair for pair in found if not labels or pair[0] in labels]


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("strategies", "strategy"),
        ("Clusters", "cluster"),
        ("partners", "partner"),
        ("identified", "identify"),
        ("running", "run"),
        ("measuring", "measure"),
        ("matches", "match"),
        ("took", "take"),
        ("programs", "programme"),
        ("news", "news"),
        ("businesses", "business"),
        ("status", "status"),
        ("Baden", "baden"),
        ("U.K.", "uk"),
        ("…", "…"),
    ],
)
def test_a_lemma_is_a_word_that_is_known(word: str, lemma: str) -> None:
    known = "strategy cluster partner identify run measure match take programme new business statu bad bade".split()
    assert Lemmas(known).lemma(word) == lemma


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("step 4", "4"),
        ("stp 10", "10"),
        ("step no. 3", "3"),
        ("the 5th step", "5"),
        ("the seventh stage", "7"),
        ("assessing readiness", "2"),
        ("go to training", "5"),
        ("let's do funding now", "funding"),
        ("who pays?", "funding"),
        ("clusters' strategies", "4"),
        ("open matchmaking with other clusters", "6"),
        ("the money step", "funding"),
        ("the part about trust", "7"),
        ("the bit about who pays", "funding"),
        ("take me to where we look for partners", "6"),
        ("the stage where we write the strategy", "4"),
        ("the section on skills", "5"),
        ("the phase of finding markets", "3"),
        ("explain the part with the indicators", "9"),
        ("the part that deals with keeping the network alive", "10"),
        ("the chapter about staying in touch", "10"),
        ("the part about why we do this", "1"),
        ("the step about running the projects", "8"),
    ],
)
def test_steps_by_number_name_and_paraphrase(reader: EntityReader, text: str, step: str) -> None:
    assert named(reader, text, "step") == [("step", step)]


@pytest.mark.parametrize(
    "text",
    [
        "a step forward",
        "step by step",
        "the next step",
        "of course",
        "we took the train",
        "is there money for training our members",
        "who pays for training?",
        "the part about tax",
        "the part where you talk about the weather",
        "where do we stand",
        "the first part of the question",
    ],
)
def test_words_that_name_no_step(reader: EntityReader, text: str) -> None:
    assert named(reader, text, "step") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("is there money for that in poland", [("place", "PL")]),
        ("what did the Koreans do", [("place", "KR")]),
        ("Danish clusters of life science", [("place", "DK"), ("sector", "life-sciences")]),
        ("Denmrak or Porugal", [("place", "DK"), ("place", "PT")]),
        ("firms in the UK and in us", [("place", "GB")]),
        ("clusters in the US", [("place", "US")]),
        ("U.S. partners", [("place", "US")]),
        ("eu money", [("place", "eu")]),
        ("Cote d'Ivoire", [("place", "CI")]),
        ("partners in turkey", [("place", "TR")]),
        ("polish partners", [("place", "PL")]),
        ("Polish clusters", [("place", "PL")]),
        ("texiles", [("sector", "textiles-fashion")]),
        ("IT firms", [("sector", "ict")]),
        ("the film industry", [("sector", "digital-media")]),
        ("food and drink", [("sector", "agrifood")]),
        ("what does the COSME programme pay for", [("entry", "funding/cosme")]),
        ("kosme", [("entry", "funding/cosme")]),
        ("Inovation Express", [("entry", "funding/innovation-express")]),
        ("bioXcluster", [("entry", "case/bioxclusters")]),
        ("the enterprise europe netwrok", [("entry", "network/enterprise-europe-network")]),
        ("Georgian Furniture Cluster", [("entry", "case/georgian-furniture-cluster")]),  # the longest name wins
        ("market failures", [("term", "term/market-failure")]),
        ("what is a mou", [("term", "term/mou")]),
        ("what is a cluster?", [("term", "term/cluster")]),
    ],
)
def test_names_of_the_knowledge_base(reader: EntityReader, text: str, found: list[tuple[str, str]]) -> None:
    assert named(reader, text, "place", "sector", "entry", "term") == found


@pytest.mark.parametrize(
    "text",
    [
        "can you help us with it",
        "CAN YOU HELP US WITH IT PLEASE",
        "I had a turkey sandwich",
        "how long does a turkey take in the oven",
        "polish the text",
        "we may win, life is good",
        "give us a star",
        "we are on social media",
        "is there space for questions",
        "the design of the plan",
        "our cluster members want more",
        "it is a smart idea",
        "what is your surname",
        "we finish on time",
        "a nice reading",
    ],
)
def test_words_of_every_day_are_no_names(reader: EntityReader, text: str) -> None:
    assert named(reader, text, "place", "sector", "entry", "term") == []


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("I work for a ministry", "policy_maker"),
        ("we are a cluster organisation from Graz", "cluster_organisation"),
        ("as a policy maker, what next?", "policy_maker"),
        ("cluster manager", "cluster_organisation"),
        ("the ministry", "policy_maker"),
        ("what has the ministry to do?", None),
        ("I am looking for a cluster in Japan", None),
        ("our cluster has eighty members", None),
        ("Danish clusters", None),
    ],
)
def test_an_audience_is_named_where_somebody_says_who_they_are(
    reader: EntityReader, text: str, audience: str | None
) -> None:
    assert [value for _, value in named(reader, text, "audience")] == ([audience] if audience else [])


@pytest.mark.parametrize(
    ("text", "number"),
    [("the second one", "2"), ("question 3", "3"), ("q5", "5"), ("the last one", "last"), ("the 3rd of them", "3"),
     ("first of all", None), ("second thoughts", None)],
)  # fmt: skip
def test_ordinals(reader: EntityReader, text: str, number: str | None) -> None:
    assert [value for _, value in named(reader, text, "ordinal")] == ([number] if number else [])


@pytest.mark.parametrize(
    ("text", "owner", "due"),
    [
        ("Maria will do it", "Maria", None),
        ("assign it to Jan Kowalski", "Jan Kowalski", None),
        ("our intern takes care of that", "our intern", None),
        ("I'll do it myself", "me", None),
        ("leave it to me", "me", None),
        ("let's give that to Anna", "Anna", None),
        ("put that on the list, Maria by end of March", "Maria", "2027-03-31"),
        ("maria will do it by friday", "maria", "2026-11-27"),
        ("our board will do it in June", "our board", "2027-06-30"),
        ("my colleague Anna will prepare it by 15.3.", "Anna", "2027-03-15"),
        ("Petra Novak is responsible for it", "Petra Novak", None),
        ("owner: Tomasz", "Tomasz", None),
        ("with Maria as owner", "Maria", None),
        ("get the secretariat to do that", "the secretariat", None),
        ("ok, Jan, by Friday", "Jan", "2026-11-27"),
        ("plan it for Marek, next week", "Marek", "2026-11-27"),
        ("add it, Jürgen Müller, mid May", "Jürgen Müller", "2027-05-15"),
        ("put Anna down for it", "Anna", None),
        ("Anna and Ben will do it", "Anna and Ben", None),
        ("Sofia will do it", "Sofia", None),  # and no capital of Bulgaria
        ("who will do it", None, None),
        ("should I do it?", None, None),
        ("I can't do it", None, None),
        ("Maria has done it", None, None),
        ("that will do", None, None),
        ("we will do it by March", None, "2027-03-31"),
        ("the market will grow", None, None),
        ("Japan will do it", None, None),
        ("I'll take the second one", None, None),
        ("what will happen next?", None, None),
    ],
)
def test_owners_and_due_dates(reader: EntityReader, text: str, owner: str | None, due: str | None) -> None:
    wanted = ([("owner", owner)] if owner else []) + ([("due", due)] if due else [])
    assert named(reader, text, "owner", "due") == wanted
    if owner == "Sofia":
        assert named(reader, text, "place") == []


def test_what_overlaps_is_settled_once_and_the_longest_stands() -> None:
    long, short, apart = Found("entry", "a", 0, 20), Found("place", "b", 5, 10), Found("place", "c", 21, 25)
    assert settle([short, apart, long]) == [long, apart]
    assert settle([Found("entry", "a", 0, 5), Found("place", "b", 0, 5)]) == [Found("place", "b", 0, 5)]


def test_an_organisations_own_entry_is_linked_without_training() -> None:
    names = {"Blue Lagoon Circle", "BLC"}
    assert not {name for item in library().items for name in item.names} & names
    own = load_library(ROOT / "knowledge")
    item = next(i for i in own.items if i.type == "network")
    made = replace(item, id="network/blue-lagoon-circle", title="Blue Lagoon Circle", names=tuple(sorted(names)))
    extended = replace(own, items=(*own.items, made))
    known = words_known(own, [])
    fresh = EntityReader(build_language(own.journey, known), extended, names_of_steps(own.journey))
    for text in ("what does Blue Lagoon Circle do", "blue lagoon cirle", "tell me about BLC"):
        assert named(fresh, text, "entry") == [("entry", "network/blue-lagoon-circle")], text


@pytest.mark.parametrize("piece", ["a", "zqxwv ", "where we ", "the part about ", "by ", "Maria ", "the Polish "])
def test_long_nonsense_is_read_quickly(reader: EntityReader, piece: str) -> None:
    message = (piece * 2000)[:2000]
    reader.read(message, FRIDAY)
    began = time.perf_counter()
    reader.read(message, FRIDAY)
    assert time.perf_counter() - began < 0.5


_WORDS = st.sampled_from(
    "Maria will do it by the end of March step 4 part about trust where we look for turkey in US Polish COSME "
    "Denmrak , . "
    "cluster what is a MoU second one put on list our intern I'll 15.3. ’s é".split()
)


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(max_size=60), st.lists(_WORDS, min_size=1, max_size=14).map(" ".join)))
def test_any_text_gives_entities_inside_it(reader: EntityReader, text: str) -> None:
    for found in reader.read(text, FRIDAY):
        assert 0 <= found.start < found.end <= len(text)
        assert found.value


def test_the_ruler_finds_what_spacys_own_finds(tmp_path: Path) -> None:
    journey = load_journey(ROOT / "knowledge")
    language = build_language(journey, ["strategy", "partner"])
    theirs = build_language(journey, ["strategy", "partner"])
    theirs.remove_pipe("waymark_ruler")
    span_ruler: Any = theirs.add_pipe(
        "span_ruler", config={"spans_key": RULED, "phrase_matcher_attr": "LEMMA", "spans_filter": None}
    )
    span_ruler.add_patterns([{k: v for k, v in each.items() if k != "needs"} for each in patterns(journey)])
    language.to_disk(tmp_path)
    texts = [text for _, text in examples_of(DEVELOPMENT)]
    texts += ["step no. 7", "the 3rd stage", "s10, then STEP 2 and step5", "the part about the money", "Courses?", ""]
    some = 0
    for ours in (language, spacy.load(tmp_path)):
        for text in texts:
            docs = [each(text) for each in (ours, theirs)]  # spans live no longer than these
            found = [[(s.start, s.end, s.label_, s.id_) for s in doc.spans[RULED]] for doc in docs]
            assert found[0] == found[1], text
            some += len(found[0])
    assert some > len(texts) / 5
