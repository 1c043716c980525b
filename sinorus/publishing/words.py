"""What may stand in a field of words, in every form of the desk and in every form for readers whose words are kept."""

from __future__ import annotations

import re
from typing import Final, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sinorus.dates.errors import quoted

Form = TypeVar("Form", bound=type[forms.BaseForm])
#: Control characters, halves of characters, and what stands for a byte that was none: XML cannot say them, nobody can read them.
NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")


def _is_text(value: str) -> None:
    if NO_TEXT.search(value):
        raise ValidationError(_("“%(text)s” contains an unprintable character."), code="text", params={"text": quoted(value)})


def takes_text(form: Form) -> Form:
    """Have every field of words of a form refuse what is no text."""
    for field in form.base_fields.values():
        if isinstance(field, forms.CharField) and _is_text not in field.validators:  # fields that a form declares are shared by all
            field.validators.append(_is_text)
    return form
