"""Never says the same twice running: what would be a repetition is said to be one, and then said otherwise.

Somebody who asks the same again did not get what they wanted the first time. The first repetition says
that it is one; the second says so instead of the whole text, and offers a person.
"""

from __future__ import annotations

from collections.abc import Sequence

from actions.composing import text
from assistant.replies import LONGEST_TEXT, MOST_BUTTONS, Button, Reply, payload

__all__ = ["unlike"]


def unlike(last: Sequence[str], replies: Sequence[Reply]) -> list[Reply]:
    """The replies of a turn, changed if they say what the turn before said.

    Args:
        last: the texts of the replies of the turn before.
        replies: what would be said now.
    """
    said = [reply.text for reply in replies]
    again = text("small.again")
    if not last or said[1:] != list(last[1:]):
        return list(replies)
    if said[0] == last[0]:
        return [_led(replies[0], again), *replies[1:]]
    if last[0] == _led(replies[0], again).text:
        return [_instead(replies[-1])]
    return list(replies)


def _led(reply: Reply, lead: str) -> Reply:
    """The reply with some words before it; where they do not fit, they stand for it."""
    longer = f"{lead} {reply.text}"
    return reply.model_copy(update={"text": longer if len(longer) <= LONGEST_TEXT else text("small.again_above")})


def _instead(reply: Reply) -> Reply:
    """One short reply instead of saying it all a third time, with the choices there were and a person to write to."""
    person = Button(title=text("person.button_leave"), payload=payload("leave_message"))
    kept = [button for button in reply.flat_buttons() if button.payload != person.payload][: MOST_BUTTONS - 1]
    buttons = [*kept, person]
    rows = tuple(tuple(buttons[i : i + 3]) for i in range(0, len(buttons), 3))
    return reply.model_copy(update={"text": text("small.again_enough"), "buttons": rows, "citations": ()})
