"""Words as the search compares them: plain, in British spelling, stemmed."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from assistant.knowledge.search.text import STOP, content, plain, stem, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Région", "region"),
        ("VINNVÄXT", "vinnvaxt"),
        ("Öresund", "oresund"),
        ("Øresund", "oresund"),
        ("Łódź", "lodz"),
        ("Æther, œuvre, Straße, Þór, Đuro", "aether, oeuvre, strasse, thor, duro"),
        ("Türkiye", "turkiye"),
        ("İzmir", "izmir"),
        ("Észak-Alföld", "eszak-alfold"),
        ("BERLIN 2020", "berlin 2020"),
        ("Waymark™", "waymarktm"),
        ("", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who pays for a trade-mission?", ["who", "pays", "for", "a", "trade", "mission"]),
        ("the cluster's members' fees", ["the", "cluster", "members", "fees"]),
        ("Japan’s clusters", ["japan", "clusters"]),
        ("we don't know", ["we", "don", "know"]),
        ("R&D, e-mobility and 3P4I", ["r", "d", "e", "mobility", "and", "3p4i"]),
        ("S3_4AlpClusters", ["s3", "4alpclusters"]),
        ("INTER'MAT", ["inter", "mat"]),
        ("€10 million, 20 %", ["10", "million", "20"]),
        ("?! …", []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("american", "british"),
    [
        ("internationalization", "internationalisation"),
        ("organizing", "organising"),
        ("organized", "organised"),
        ("organizes", "organises"),
        ("organize", "organise"),
        ("organizer", "organiser"),
        ("organizers", "organisers"),
        ("organizations", "organisations"),
        ("specialization", "specialisation"),
        ("organizational", "organisational"),
        ("analyzed", "analysed"),
        ("program", "programme"),
        ("programs", "programmes"),
        ("center", "centre"),
        ("Fiber", "fibre"),
    ],
)
def test_american_and_british_spelling_are_one(american: str, british: str) -> None:
    assert words(american) == words(british) == [british.lower()]


@pytest.mark.parametrize("word", ["size", "prize", "prizes", "seize", "sized", "prized"])
def test_short_words_keep_their_z(word: str) -> None:
    assert words(word) == [word]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who has been to Japan with this?", ["japan"]),
        ("Please tell me something about it", []),
        ("how do we find partners", ["find", "partners"]),
        ("it doesn't work", ["work"]),
    ],
)
def test_content_leaves_out_what_says_nothing(text: str, expected: list[str]) -> None:
    assert content(text) == expected


def test_words_that_say_nothing_are_written_as_words_are_compared() -> None:
    assert [word for word in STOP if words(word) != [word]] == []


@pytest.mark.parametrize(
    "family",
    [
        "fund funds funded funding",
        "cluster clusters clustered clustering",
        "internationalise internationalising internationalised",
        "network networks networking",
    ],
)
def test_words_of_a_family_have_one_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("partner", "part"), ("mission", "miss"), ("event", "even")])
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text())
@example("İ")
@example("ŉ")
@example("ﬀ")
@example("Waymark™")
def test_any_text_gives_words_that_stay_as_they_are(text: str) -> None:
    once = words(text)
    assert [again for word in once for again in words(word)] == once
    assert all(once)


@given(st.text())
def test_content_is_what_remains_of_the_words(text: str) -> None:
    assert content(text) == [word for word in words(text) if word not in STOP]


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_capitals_make_no_difference(text: str) -> None:
    assert words(text.upper()) == words(text.lower())
