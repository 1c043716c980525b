"""Form fields that read query parameters, and say clearly what is wrong with one."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable, Collection
from typing import Any, Self

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHOWN = 80  # characters of a bad value that are repeated in its message


class AllValues(forms.Widget):
    """Reads every value that a name was given."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [value for value in ([values] if isinstance(values, str) else values) if value != ""]


class _Own(forms.Field):
    """A field that a form need not copy, since reading changes nothing of it."""

    def __deepcopy__(self, memo: Any) -> Self:
        return self


class ValuesField(_Own):
    """Any number of values out of a vocabulary; the order in which they were given does not matter."""

    widget = AllValues

    def __init__(self, *, known: Callable[[Collection[str]], Collection[str]], allowed: Callable[[], list[str]], **kwargs: Any) -> None:
        self.known, self.allowed = known, allowed
        super().__init__(**kwargs)

    def clean(self, value: list[str]) -> list[str]:
        values = sorted(set(value))
        if len(values) > settings.FACETS["MAX_VALUES"]:
            raise ValidationError(
                _("%(count)s values; at most %(limit)s are allowed."),
                code="count",
                params={"count": len(values), "limit": settings.FACETS["MAX_VALUES"]},
            )
        strange = [one for one in values if len(one) > 200 or not one.isprintable()]
        known = set() if strange else set(self.known(values)) if values else set()
        if wrong := [one for one in values if one not in known]:
            raise ValidationError([self._error(one) for one in wrong])
        return values

    def _error(self, value: str) -> ValidationError:
        near = difflib.get_close_matches(value[:SHOWN], self.allowed(), n=3, cutoff=0.6)
        message = (
            _("“%(value)s” is not a value of this filter; near it: %(near)s.") if near else _("“%(value)s” is not a value of this filter.")
        )
        return ValidationError(message, code="unknown", params={"value": value[:SHOWN], "near": ", ".join(near)})


class OnceField(_Own):
    """A value that may be given once only. ``read`` makes of the text what is meant, or raises ValidationError."""

    widget = AllValues

    def __init__(self, *, read: Callable[[str], Any], initial: Any = None, allowed: list[str] | None = None, **kwargs: Any) -> None:
        self.read, self.allowed = read, (lambda: allowed or [])
        super().__init__(initial=initial, **kwargs)

    def clean(self, value: list[str]) -> Any:
        if len(set(value)) > 1:
            raise ValidationError(
                _("Given %(count)s times with different values; give it once."), code="once", params={"count": len(value)}
            )
        return self.read(value[0]) if value else self.initial


def one_of(*allowed: str) -> Callable[[str], str]:
    """A reader for OnceField: the value itself, if it is one of those allowed."""

    def read(value: str) -> str:
        if value not in allowed:
            raise ValidationError(
                _("“%(value)s” is not allowed here; allowed are: %(allowed)s."),
                code="choice",
                params={"value": value[:SHOWN], "allowed": ", ".join(allowed)},
            )
        return value

    return read


def read_day(text: str) -> datetime.date:
    """A reader for OnceField: a day, 2026-04-25."""
    try:
        if len(text) != 10 or not text.isascii():
            raise ValueError
        return datetime.date.fromisoformat(text)
    except ValueError:
        message = _("“%(value)s” is not a day; write it as 2026-04-25.")
        raise ValidationError(message, code="day", params={"value": text[:SHOWN]}) from None


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """A reader for OnceField: a whole number in ASCII digits within bounds, both allowed."""

    def read(value: str) -> int:
        if not (value.isascii() and value.isdigit() and len(value) <= 12 and least <= int(value) <= most):
            raise ValidationError(
                _("“%(value)s” is not a whole number from %(least)s to %(most)s."),
                code="number",
                params={"value": value[:SHOWN], "least": least, "most": most},
            )
        return int(value)

    return read
