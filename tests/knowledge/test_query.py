"""What a question names: places, sectors, steps, the kind of thing that is wanted, and words that are misspelt."""

from __future__ import annotations

from collections import Counter

import hypothesis.strategies as st
import pytest
import yaml
from hypothesis import given

from assistant.knowledge.entries import Places, Sectors
from assistant.knowledge.library import Library
from assistant.knowledge.search import Search
from assistant.knowledge.search.query import Gazetteer, QueryReader
from assistant.knowledge.search.text import words
from tests.knowledge.small import PLACES, SECTORS

VOCABULARY = Counter(
    words(
        "A partner abroad is found at a matchmaking event. Denmark and Japan have clusters of biotech firms. The "
        "organisation of a mission needs funding, partners and money. Internationalisation of a cluster begins with a "
        "strategy. Interreg paid for benchmarking, VINNOVA for the mission. Mission after mission was organised."
    )
)


@pytest.fixture(scope="module")
def reader() -> QueryReader:
    places, sectors = Places(**yaml.safe_load(PLACES)), Sectors(**yaml.safe_load(SECTORS))
    return QueryReader(
        VOCABULARY,
        {place.key: place for place in (*places.regions, *places.countries)},
        {sector.key: sector for sector in sectors.sectors},
    )


# --- places ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("who went to Japan", ["JP"]),
        ("who went to japan", ["JP"]),
        ("a Japanese cluster", ["JP"]),
        ("Denmark's clusters and the Danes", ["DK"]),
        ("from Sweden or Denmark to Korea", ["SE", "DK", "KR"]),
        ("South Korea", ["KR"]),
        ("Georgian film", ["GE"]),
        ("South Georgia & South Sandwich Islands", ["GS"]),
        ("the Nordic countries", ["nordic"]),
        ("Nordic countries", ["nordic"]),
        ("SCANDINAVIA", ["nordic"]),
        ("a partner abroad", []),
        ("dane", []),
        ("", []),
    ],
)
def test_places_are_named(reader: QueryReader, text: str, named: list[str]) -> None:
    assert list(reader.read(text).named_places) == named


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("clusters in Denmark", {"DK"}),
        ("clusters in Scandinavia", {"nordic", "DK", "SE"}),
        ("clusters in Asia or France", {"asia", "JP", "KR", "FR"}),
        ("clusters in the whole world", {"world"}),
    ],
)
def test_a_region_stands_for_the_countries_in_it(reader: QueryReader, text: str, places: set[str]) -> None:
    assert reader.read(text).places == places


@pytest.mark.parametrize(
    ("text", "named", "sectors"),
    [
        ("who can help us", [], []),
        ("US clusters", ["US"], []),
        ("clusters in the US", ["US"], []),
        ("clusters in the USA", ["US"], []),
        ("American clusters", ["US"], []),
        ("is it for Danish firms", ["DK"], []),
        ("Danish IT firms", ["DK"], ["ict"]),
        ("IT", [], ["ict"]),
        ("It helps us", [], []),
        ("Us and It", [], []),
        ("an AUDIT in FOCUS", [], []),
        ("US-based IT, PLUS STATUS", ["US"], ["ict"]),
        ("CAN ANYBODY HELP US WITH IT", [], []),
        ("CAN ANYBODY IN JAPAN HELP US WITH SOFTWARE", ["JP"], ["ict"]),
        ("US IT CLUSTERS", ["US"], ["ict"]),
    ],
)
def test_a_short_name_in_capitals_is_found_in_capitals_only(
    reader: QueryReader, text: str, named: list[str], sectors: list[str]
) -> None:
    query = reader.read(text)
    assert (list(query.named_places), list(query.sectors)) == (named, sectors)


def test_a_name_is_found_at_its_longest() -> None:
    gazetteer = Gazetteer({"food": ["food"], "drink": ["food and drink"], "both": ["drink"]})
    assert gazetteer.find("food and drink, then food, then drink") == ["drink", "food", "both"]
    assert gazetteer.find("food and") == ["food"]


def test_a_name_is_found_without_its_accents() -> None:
    gazetteer = Gazetteer({"CI": ["Côte d’Ivoire"], "TR": ["Türkiye"]})
    assert gazetteer.find("cote d'ivoire and TURKIYE") == ["CI", "TR"]


@given(st.text())
def test_any_text_can_be_searched_for_names(text: str) -> None:
    assert set(Gazetteer({"DK": ["Denmark"], "US": ["US"]}).find(text)) <= {"DK", "US"}


# --- sectors, steps, kinds ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("life sciences", ["life-sciences"]),
        ("biotech and wine", ["life-sciences", "agrifood"]),
        ("Textiles, fashion", ["textiles-fashion"]),
        ("software for electronics", ["ict", "electronics"]),
        ("a partner", []),
    ],
)
def test_sectors_are_named(reader: QueryReader, text: str, sectors: list[str]) -> None:
    assert list(reader.read(text).sectors) == sectors


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("what comes in step 6", {"6"}),
        ("Step 10", {"10"}),
        ("step 1 and step 2", {"1", "2"}),
        ("the step Utilise funding", {"funding"}),
        ("utilize funding", {"funding"}),
        ("step 11", set()),
        ("step 0", set()),
        ("footstep 3", set()),
        ("6 steps", set()),
        ("who pays", set()),
    ],
)
def test_steps_are_named(reader: QueryReader, text: str, steps: set[str]) -> None:
    assert reader.read(text).steps == steps


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("examples from Japan", "case"),
        ("Has anybody done this before?", "case"),
        ("others like us", "case"),
        ("who pays for a mission", "funding"),
        ("is there money for travel", "funding"),
        ("co-financing", "funding"),
        ("which network should we join", "network"),
        ("who can help us in Korea", "network"),
        ("is there a template", "tool"),
        ("matchmaking in Berlin", "event"),
        ("what does consortium mean", "term"),
        ("what is a meta-cluster?", "term"),
        ("what is a meta-cluster", "term"),
        ("What's smart specialisation ?", "term"),
        ("how do we choose partners", "guide"),
        ("how many clusters are there", "statistic"),
        ("which skills does a manager need", "skill"),
        ("what are the biggest mistakes", "factor"),
        ("what would you recommend", "recommendation"),
        ("services for members", "service"),
    ],
)
def test_the_kind_of_thing_that_is_wanted(reader: QueryReader, text: str, kind: str) -> None:
    assert kind in reader.read(text).wants


@pytest.mark.parametrize("text", ["Japan", "clusters in Denmark", "biotech", ""])
def test_a_bare_name_asks_for_no_kind(reader: QueryReader, text: str) -> None:
    assert reader.read(text).wants == frozenset()


# --- words -------------------------------------------------------------------------------


def test_words_are_what_the_question_is_about(reader: QueryReader) -> None:
    assert reader.read("Who has been to Japan with a mission, and who paid the mission?").words == (
        "japan",
        "mission",
        "paid",
    )
    assert reader.read("Can you help me with this?").words == ()


def test_words_that_nothing_has_are_unknown(reader: QueryReader) -> None:
    query = reader.read("a mission for zebras")
    assert query.words == ("mission", "zebra")
    assert query.unknown == ("zebra",)


@pytest.mark.parametrize("word", ["missions", "organising", "organized", "clustering", "beginning"])
def test_another_form_of_a_known_word_is_neither_unknown_nor_misspelt(reader: QueryReader, word: str) -> None:
    query = reader.read(word)
    assert (query.unknown, query.mended) == ((), ())


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("partnrs in denmark", "partners in denmark"),
        ("Denmrak", "denmark"),
        ("misson to Japan", "mission to Japan"),
        ("intereg, vinova", "interreg, vinnova"),
        ("clsuter", "cluster"),
        ("bencmarking?", "benchmarking?"),
        ("internatonalisation of clusters", "internationalisation of clusters"),
        ("internatonalization of clusters", "internationalisation of clusters"),
        ("orgnised by a cluster", "organised by a cluster"),
        ("a stratgey", "a strategy"),
    ],
)
def test_a_misspelt_word_is_mended(reader: QueryReader, text: str, mended: str) -> None:
    query = reader.read(text)
    assert query.text == mended
    assert query.unknown == ()
    assert all(better in mended for _, better in query.mended)
    assert query.mended


def test_a_misspelt_country_is_named(reader: QueryReader) -> None:
    assert reader.read("who went to Jappan from denmrak").named_places == ("JP", "DK")


@pytest.mark.parametrize("text", ["Wroclaw", "Bosch", "Mitsubishi", "Zagreb", "Interpol", "vinn0va", "eventful"])
def test_what_is_too_unlike_is_left_as_it_is(reader: QueryReader, text: str) -> None:
    query = reader.read(text)
    assert (query.text, query.mended) == (text, ())


@pytest.mark.parametrize("text", ["mony", "evnt", "japn", "fond"])
def test_a_short_word_is_left_as_it_is(reader: QueryReader, text: str) -> None:
    query = reader.read(text)
    assert (query.text, query.mended) == (text, ())


def test_the_first_letter_is_taken_to_be_right(reader: QueryReader) -> None:
    assert reader.read("bission").text == "bission"


def test_of_two_words_as_like_the_more_frequent_is_meant() -> None:
    reader = QueryReader(Counter({"winter": 1, "winder": 9}), {}, {})
    assert reader.read("winfer").mended == (("winfer", "winder"),)
    reader = QueryReader(Counter({"winter": 9, "winder": 1}), {}, {})
    assert reader.read("winfer").mended == (("winfer", "winter"),)


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    reader = QueryReader(VOCABULARY, {}, {})
    query = reader.read(text)
    assert set(query.unknown) <= set(query.words)
    assert reader.read(query.text).mended == (), "what is mended needs no mending"


# --- the real lists ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Danish clusters", "DK"),
        ("in the Netherlands", "NL"),
        ("Dutch flowers", "NL"),
        ("UK contacts", "GB"),
        ("British firms", "GB"),
        ("Scotland", "GB"),
        ("Korean partners", "KR"),
        ("Brazilian sport", "BR"),
        ("Moroccan clusters", "MA"),
        ("Ivory Coast", "CI"),
        ("Côte d'Ivoire", "CI"),
        ("cote d'ivoire", "CI"),
        ("Czech Republic", "CZ"),
        ("Turkey", "TR"),
        ("USA", "US"),
        ("the U.S.", "US"),
        ("Burma", "MM"),
        ("Russian fairs", "RU"),
        ("EU programmes", "eu"),
        ("around the Baltic Sea", "baltic-sea"),
        ("African clusters", "africa"),
        ("South America", "latin-america"),
    ],
)
def test_places_of_the_real_list(search: Search, text: str, key: str) -> None:
    assert key in search.read(text).named_places


@pytest.mark.parametrize(
    "text",
    [
        "who can help us with it",
        "can you give us an example",
        "no idea where to begin",
        "what is in it for me",
        "as a rule",
        "to be or not to be",
        "WE NEED YOU TO TELL US WHAT TO DO NEXT",
    ],
)
def test_ordinary_words_are_no_places(search: Search, text: str) -> None:
    assert search.read(text).named_places == ()


def test_every_country_is_found_by_its_names_and_in_its_regions(library: Library, search: Search) -> None:
    places = library.entries.places
    for place in places.values():
        for name in (place.name, *place.also):
            assert place.key in search.read(name).places, name
    for place in places.values():
        for region in place.within:
            assert place.key in search.read(places[region].name).places, (place.key, region)


def test_every_sector_is_found_by_its_names(library: Library, search: Search) -> None:
    for sector in library.entries.sectors.values():
        for name in (sector.name, *sector.also):
            assert sector.key in search.read(name).sectors, name


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("intereg", "interreg"),
        ("vinnowa", "vinnova"),
        ("Medicom Valley", "medicon Valley"),
        ("fundng for misions", "funding for missions"),
        ("consortum", "consortium"),
        ("enterpise europe network", "enterprise europe network"),
        ("matchmakng evnts", "matchmaking events"),
    ],
)
def test_words_of_the_real_knowledge_base_are_mended(search: Search, text: str, mended: str) -> None:
    assert search.read(text).text == mended


@pytest.mark.parametrize(
    "name",
    ["Siemens", "Nokia", "Basel", "Tesla", "Kyoto", "Ghent", "Pfizer", "Volvo", "Ruritania", "Łódź", "Zagreb", "Delft"],
)
def test_names_are_not_mended_into_other_words(search: Search, name: str) -> None:
    assert search.read(f"clusters near {name}").text == f"clusters near {name}"
