"""What a channel can carry. Rendering asks this, never the channel's name."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["TERMINAL", "WEB", "Capabilities"]


@dataclass(frozen=True)
class Capabilities:
    """The limits of one channel.

    Args:
        buttons: whether it shows buttons that can be pressed; otherwise they are numbered.
        markdown: whether it shows bold, italic and lists.
        longest_text: characters that one message may have.
        images: whether it shows pictures.
    """

    buttons: bool
    markdown: bool
    longest_text: int
    images: bool


WEB = Capabilities(buttons=True, markdown=True, longest_text=100_000, images=True)
TERMINAL = Capabilities(buttons=False, markdown=False, longest_text=100_000, images=False)
