"""The pair of inputs for a historical date: the date as written, and what it means.

The two columns give these widgets to every form made from a model, the admin's included. While an editor types, the
script ``admin/dates.js`` asks the view :func:`sinorus.dates.views.read_date` what was understood and shows it in the
``<output>`` after the second input, which screen readers announce. Without the script the pair works all the same: the
words are read when the form is sent.

The view has to be mounted under the name in :data:`READING_URLS`, or there is no live reading.
"""

from typing import Any, ClassVar

from django import forms
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

#: URL names under which the view may be mounted; the first that exists is used.
READING_URLS = ("admin:dates-read", "dates-read")


def reading_url() -> str:
    """The address of the live reading, "" when it is not mounted."""
    for name in READING_URLS:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


class _DateInput(forms.TextInput):
    """What the two inputs share: the hooks for the script, the script itself, and how the admin lays it out."""

    part = ""
    hint: Any = ""
    size = 40

    class Media:
        js: ClassVar = ["admin/dates.js"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the hooks: which of the pair this is, where to ask, and what not to guess at."""
        context = super().get_context(name, value, attrs)
        hooks = {
            "data-date-reading": self.part,
            "autocomplete": "off",
            "spellcheck": "false",
            "size": self.size,
            "placeholder": self.hint,
        }
        if url := reading_url():
            hooks["data-date-url"] = url
        context["widget"]["attrs"] = {**hooks, **context["widget"]["attrs"]}
        return context


class WordsInput(_DateInput):
    """The date as written."""

    part = "text"
    hint = _("e.g. late 1950s, 25 April 1996")


class EdtfInput(_DateInput):
    """What the date means, in EDTF, followed by the place where the script says what was understood."""

    part = "edtf"
    hint = _("read from the words when empty")
    size = 30

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The input and, after it, an empty ``<output>``."""
        field = super().render(name, value, attrs, renderer)
        target = (attrs or {}).get("id") or f"id_{name}"
        output = format_html('<output class="date-reading" for="{}" data-date-reading="output" aria-live="polite"></output>', target)
        return format_html("{}{}", field, output)
