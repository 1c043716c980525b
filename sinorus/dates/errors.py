"""The one family of errors this package raises about what somebody wrote."""

from typing import Any

SHOWN = 40


def quoted(text: str) -> str:
    """``text`` fit to stand inside a message: at most 40 characters, nothing unprintable."""
    short = text[:SHOWN] + ("…" if len(text) > SHOWN else "")
    return "".join(character if character.isprintable() else "�" for character in short)


class DateError(ValueError):
    """What was written cannot be kept as a date; ``str()`` says what is wrong and what is allowed.

    The message stays untranslated until it is shown, so that it appears in the language of whoever reads it.
    """

    def __init__(self, message: Any, **params: Any) -> None:
        super().__init__(message, params)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        message = str(self.message)
        return message % self.params if self.params else message
