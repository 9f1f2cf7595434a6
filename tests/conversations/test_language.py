"""The language of the conversation files: what is refused, what a claim finds, what README.md explains."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from actions.context import journey_knowledge
from assistant.journey import Audience, JourneyState, Value, answer, begin
from assistant.replies import Button, Cite, Reply
from tests.conversations.claims import Stored, check_claim
from tests.conversations.language import BARE, KEYWORDS, ScriptError, read_script
from tests.conversations.manners import faults

_FOLDER = Path(__file__).parent
_WAY_ON = ((Button(title="Continue", payload="/continue"),),)


@pytest.fixture
def stored() -> Stored:
    definition = journey_knowledge().definition
    begun = begin(definition, JourneyState(), Audience.CLUSTER_ORGANISATION).state
    answered = answer(definition, begun, "1.benefits", Value.PARTLY, "12 members").state
    return Stored(answered, begun, False, False, date(2026, 3, 2))


def _script(tmp_path: Path, words: str) -> Path:
    path = tmp_path / "it.txt"
    path.write_text(words, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("you: hi\nbot: hello", "begin with a line"),
        ("# Says hello.\nyuo: hi\nbot: hello", "it.txt:2.*did you mean 'you'"),
        ("# Says hello.\nhello there\nbot: hello", "it.txt:2.*no instruction"),
        ("# Says hello.\nyou: hi", "nothing is checked"),
    ],
)
def test_a_file_that_cannot_be_read_names_its_line(tmp_path: Path, words: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message):
        read_script(_script(tmp_path, words))


def test_a_known_fault_is_told_apart_from_what_is_shown(tmp_path: Path) -> None:
    script = read_script(_script(tmp_path, "# Known fault: it is deaf.\n# Says hello.\nyou: hi\nbot: hello"))
    assert (script.shows, script.fault) == ("Says hello.", "it is deaf.")


@pytest.mark.parametrize(
    "claim",
    [
        "role cluster organisation",
        "current 1",
        "round 1",
        "not stopped",
        "not paused",
        "step 1 in progress",
        "steps 2 to 10 not started",
        "answer 1.benefits = partly",
        'answer 1.benefits = partly note "12 members"',
        "answer 1.evidence = none",
        "answers 1",
        "set aside nothing",
        "next asks 1.evidence",
        "list empty",
        "route project-failed none",
        "no lesson",
    ],
)
def test_true_claims(stored: Stored, claim: str) -> None:
    assert check_claim(stored, claim) is None


@pytest.mark.parametrize(
    ("claim", "instead"),
    [
        ("unchanged", "revision 1 became 2"),
        ("not begun", "cluster_organisation|CLUSTER_ORGANISATION"),
        ("role policy maker", "cluster organisation"),
        ("current 2", "it is 1"),
        ("round 2", "it is 1"),
        ("stopped", "not stopped"),
        ("paused", "not paused"),
        ("step 1 passed", "in progress"),
        ("steps 1 to 3 not started", "step 1 is in progress"),
        ("answer 1.benefits = yes", "it is partly"),
        ('answer 1.benefits = partly note "12"', "12 members"),
        ("answer 1.benefits = partly without note", "12 members"),
        ("answer 1.evidence = yes", "no answer"),
        ("answer 1.benefits = none", "PARTLY"),
        ("answers 2", "it is 1"),
        ("set aside 1.evidence", "it is"),
        ("next asks 1.priorities", "next is ask 1.evidence"),
        ("next offers results-measured", "next is ask"),
        ("next leads to 2", "next is ask"),
        ("next is nothing", "next is ask"),
        ("list 1.benefits", "on the list"),
        ("declined work for 1.benefits", "declined"),
        ("route project-failed taken", "none"),
        ('lesson "a"', "lessons"),
    ],
)
def test_false_claims_say_what_is_so(stored: Stored, claim: str, instead: str) -> None:
    found = check_claim(stored, claim)
    assert found is not None
    assert any(part in found for part in instead.split("|"))


def test_what_is_no_claim_is_refused(stored: Stored) -> None:
    with pytest.raises(ValueError, match="no claim"):
        check_claim(stored, "step 1 is fine")


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (Reply(text="Well done!", buttons=_WAY_ON), "exclamation"),
        (Reply(text="Noted."), "no way on"),
        (Reply(text="x" * 601, buttons=_WAY_ON), "601 characters"),
        (Reply(text="It is not_yet.", buttons=_WAY_ON), "shows through"),
        (Reply(text="Noted: {value}.", buttons=_WAY_ON), "shows through"),
        (Reply(text="So it says.¹", buttons=_WAY_ON), "footnote ¹ is not there"),
        (
            Reply(
                text="So it says.",
                buttons=_WAY_ON,
                citations=(Cite(n=1, source="tactics", title="T", where="W", lines="1"),),
            ),
            "nowhere in the text",
        ),
        (
            Reply(
                text="So it says.¹",
                buttons=_WAY_ON,
                citations=(Cite(n=1, source="hearsay", title="T", where="W", lines="1"),),
            ),
            "unknown source",
        ),
    ],
)
def test_bad_manners_are_found(reply: Reply, fault: str) -> None:
    assert any(fault in found for found in faults([reply], failing=False))


def test_good_manners_are_left_in_peace() -> None:
    assert faults([Reply(text="You said “great!”. Go on?")], failing=False) == []
    assert faults([], failing=False) == ["no reply"]


def test_the_readme_explains_every_keyword() -> None:
    readme = (_FOLDER / "README.md").read_text(encoding="utf-8")
    missing = [word for word in sorted(KEYWORDS | BARE | {"as", "break"}) if f"`{word}" not in readme]
    assert missing == []
