"""What is said: from an Outcome to the words and the picture of one reply. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass

from bot.captions import caption, explain, written
from bot.locale.catalogue import Sentences
from bot.markup import PLAIN_CAPTION
from core.limits import PhotoLimits
from core.outcome import Outcome, Picture

__all__ = ["Reply", "compose", "explain"]


@dataclass(frozen=True)
class Reply:
    """One message. `text` is plain, never markup; what stands for the picture in words is `picture.alt`."""

    text: str
    picture: Picture | None = None


def compose(outcome: Outcome, say: Sentences, photo_limits: PhotoLimits) -> Reply:
    """The reply to one request: for each problem what was read, then what was found and how it was checked."""
    paragraphs = caption(outcome, say, photo_limits)
    return Reply(written(paragraphs, say, PLAIN_CAPTION, pictured=outcome.picture is not None), outcome.picture)
