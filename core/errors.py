"""Typed errors. Each type has a code, and each code has one sentence for the user in bot/locale."""

from __future__ import annotations

from core.outcome import Excerpt, Fault, Phrase


class ChalklineError(Exception):
    """Base of everything that can go wrong with what somebody sent. `code` is stable; `message` is plain English."""

    code = "internal"
    message = "Something went wrong on our side."

    def __init__(self, said: Phrase | str | None = None, place: Excerpt | None = None) -> None:
        """`said`: what exactly is wrong, where that is known; `place`: where in the writing."""
        text = said.text if isinstance(said, Phrase) else said or self.message
        super().__init__(f"{text} {place}" if place else text)
        self.reason = said if isinstance(said, Phrase) else None
        self.place = place

    def fault(self) -> Fault:
        return Fault(self.code, str(self), self.reason, self.place)


class PhotoError(ChalklineError):
    """The bytes cannot be read as a photo of maths."""

    code = "photo"


class EmptyPhoto(PhotoError):
    code = "photo-empty"
    message = "The file is empty."


class NotAPhoto(PhotoError):
    code = "photo-unknown-format"
    message = "This file is not a picture that can be read (JPEG, PNG, WEBP, GIF, BMP, TIFF, HEIC and AVIF can)."


class BrokenPhoto(PhotoError):
    code = "photo-broken"
    message = "The picture is damaged or cut off; please send it again."


class PhotoTooLarge(PhotoError):
    code = "photo-too-large"
    message = "The picture is too large to be read."


class PhotoUnavailable(PhotoError):
    code = "photo-unavailable"
    message = "The picture could not be fetched; please send it again."


class PhotoTooSmall(PhotoError):
    code = "photo-too-small"
    message = "The picture is too small to be read; please send a larger one."


class NoWriting(PhotoError):
    code = "photo-no-writing"
    message = "No handwritten maths was found on the picture."


class PhotoTooDark(PhotoError):
    code = "photo-too-dark"
    message = "The picture is too dark; please take it again with more light."


class PhotoBlurred(PhotoError):
    code = "photo-blurred"
    message = "The picture is out of focus; please hold still and take it again."


class WritingTooSmall(PhotoError):
    code = "photo-writing-too-small"
    message = "The writing is too small to be read; please take the photo from closer by."


class OnlyWords(PhotoError):
    code = "photo-only-words"
    message = "The picture seems to hold words but no maths."


class MathError(ChalklineError):
    """The maths cannot be understood or answered."""

    code = "maths"


class EmptyText(MathError):
    code = "maths-empty"
    message = "There is nothing to solve."


class NotUnderstood(MathError):
    code = "maths-not-understood"
    message = "This could not be understood as maths."


class TooLong(MathError):
    code = "maths-too-long"
    message = "This is too long or too deeply nested."


class TooLarge(MathError):
    code = "maths-too-large"
    message = "The numbers in this would grow too large."


class NoMethod(MathError):
    code = "maths-no-method"
    message = "This kind of problem cannot be solved yet."


class NothingToPlot(MathError):
    code = "maths-nothing-to-plot"
    message = "There is nothing in this that could be plotted."


class OutOfTime(ChalklineError):
    code = "out-of-time"
    message = "This took too long, so it was stopped."


class Crashed(ChalklineError):
    code = "crashed"
    message = "This could not be finished; the problem was too heavy."


class AskingError(ChalklineError):
    """Too much is asked at the moment; the same request may be welcome later."""

    code = "asking"


class Busy(AskingError):
    code = "busy"
    message = "Too many people are asking at the moment; please try again soon."


class TooManyRequests(AskingError):
    code = "too-many-requests"
    message = "These were many requests in a short time; please wait a little."
