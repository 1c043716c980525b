"""What is asked of a comparison: which instruments."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from sinorus.facets.fields import AllValues, OnceField, one_of
from sinorus.publishing.models import OldSlug

from .models import Treaty

LEAST, MOST = 2, 4
SHOWN: Final = 80  # characters of a bad value that are repeated in its message


class InstrumentsField(forms.Field):
    """Two to four instruments by slug, or by a title as it stands in the list of choices; in the order of signature."""

    widget = AllValues

    def clean(self, value: list[str]) -> list[Treaty]:
        given = [one.strip() for one in value if one.strip()]
        if not given:
            return []
        found = [_find(one) for one in given[: MOST + 1]]
        if missing := [text for text, one in zip(given, found, strict=False) if one is None]:
            raise ValidationError([self._unknown(text) for text in missing])
        if len({one.pk for one in found}) < len(found):
            raise ValidationError(_("An instrument is given twice; choose different ones."), code="twice")
        if not LEAST <= len(given) <= MOST:
            message = _("%(count)s given; two, three or four instruments can be compared.")
            raise ValidationError(message, code="count", params={"count": len(given)})
        return list(in_order(one.pk for one in found))

    def _unknown(self, text: str) -> ValidationError:
        near = difflib.get_close_matches(text[:SHOWN].lower(), Treaty.objects.public().values_list("slug", flat=True), n=3, cutoff=0.5)
        message = (
            _("“%(value)s” is not an instrument of the register; near it: %(near)s.")
            if near
            else _("“%(value)s” is not an instrument of the register.")
        )
        return ValidationError(message, code="unknown", params={"value": text[:SHOWN], "near": ", ".join(near)})


def _find(text: str) -> Treaty | None:
    """The instrument of a slug, of a slug that it had, or of a title in one of the languages."""
    if len(text) > 300 or not text.isprintable():
        return None
    public = Treaty.objects.public()
    if one := public.filter(slug=text.lower()).first():
        return one
    if old := OldSlug.objects.filter(record_type="treaty", slug=text.lower()).first():
        return public.filter(pk=old.record_id).first()
    named = [public.filter(**{f"{name}__iexact": text}) for name in ("title", "title_zh", "title_ru")]
    return next((one for rows in named if (one := rows.first())), None)


def in_order(keys: Iterable[int]) -> Any:
    """Instruments by date of signature with all that a comparison tells."""
    order = (F("signed_earliest").asc(nulls_first=True), F("signed_latest").asc(nulls_last=True), "pk")
    return Treaty.objects.public().filter(pk__in=list(keys)).for_page().order_by(*order)


class CompareForm(forms.Form):
    """``t=<slug>`` two to four times."""

    t = InstrumentsField(required=False, label=_("Instruments"))
    bom = OnceField(read=one_of("1"), required=False)
    lang = OnceField(read=one_of("en", "zh", "ru"), required=False)

    @property
    def given(self) -> list[tuple[str, bool]]:
        """What was written in the fields and whether it is wrong, with empty ones up to four."""
        errors = self.errors.as_data().get("t", [])
        strange = {error.params["value"] for error in errors if error.code == "unknown"}
        given = [(one[:SHOWN], one[:SHOWN] in strange if strange else bool(errors)) for one in self["t"].value() or []][:MOST]
        return given + [("", False)] * (MOST - len(given))

    @property
    def choices(self) -> Any:
        """(slug, title, signed) of every instrument that can be chosen."""
        return Treaty.objects.public().chronological()

    @cached_property
    def instruments(self) -> list[Treaty]:
        return self.cleaned_data["t"] if self.is_valid() else []

    @property
    def canonical(self) -> str:
        """The one query of this comparison, in whatever order it was clicked together."""
        return urlencode([("t", one.slug) for one in self.instruments])

    @property
    def is_canonical(self) -> bool:
        return [one.slug for one in self.instruments] == self["t"].value()

    @property
    def status(self) -> int:
        """404 for what is not there, 400 for what cannot be asked, else 200."""
        codes = {error.code for errors in self.errors.as_data().values() for error in errors} if not self.is_valid() else set()
        return 404 if "unknown" in codes else 400 if codes else 200

    @property
    def problems(self) -> list[dict[str, Any]]:
        """What is wrong with the question, for programs; names that it does not know are wrong too."""
        wrong = [{"name": name, "message": " ".join(messages), "allowed": []} for name, messages in self.errors.items()]
        if not wrong and not self.instruments:
            wrong = [{"name": "t", "message": str(_("Name two, three or four instruments: t=slug&t=slug.")), "allowed": []}]
        message = str(_("There is no parameter of this name."))
        return wrong + [
            {"name": name[:SHOWN], "message": message, "allowed": list(self.fields)} for name in self.data if name not in self.fields
        ]
