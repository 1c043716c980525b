"""The basket: records that a reader put aside, at an address that names them; it is kept in the browser, and nowhere here."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateResponseMixin, View

from sinorus.facets.fields import OnceField, ValuesField, one_of
from sinorus.facets.forms import Form, Telling
from sinorus.facets.problems import problem_page
from sinorus.facets.templatetags.addresses import form_urls
from sinorus.publishing.models import Record
from sinorus.publishing.views import record_models
from sinorus.sources.formats import CITING, entry_of
from sinorus.sources.styles import STYLES
from treaties.models import Treaty

TO_COMPARE = range(2, 5)  # instruments that fit side by side


def records_of(ids: Collection[str]) -> dict[str, Record]:
    """Public records by their permanent ids; what is no id, or not public, is left out."""
    wanted: dict[type[Record], list[int]] = {}
    for one in ids:
        model, number = record_models().get(one[:1]), one[1:]
        if model and number.isascii() and number.isdigit() and len(number) < 19:
            wanted.setdefault(model, []).append(int(number))
    found = [record for model, keys in wanted.items() for record in model.objects.public().filter(pk__in=keys)]
    return {record.public_id: record for record in found}


class RecordsField(ValuesField):
    """Any number of permanent ids."""

    def _error(self, value: str) -> ValidationError:
        return ValidationError(_("There is no published record “%(value)s”; ids are such as E12 or T7."), params={"value": value[:20]})


class BasketForm(forms.Form):
    """``r=<permanent id>``, any number of times; ``lang`` for the forms that have no language in their address."""

    r = RecordsField(known=lambda values: records_of(values), allowed=list, required=False, label=_("Records"))
    lang = OnceField(read=one_of("en", "zh", "ru"), allowed=["en", "zh", "ru"], initial="en", required=False)

    @cached_property
    def records(self) -> list[Record]:
        """In order of their types and titles; those of an address that was not understood in part are its good part."""
        given = [value for value in self.data.getlist("r") if len(value) < 20][:100]
        return sorted(records_of(given).values(), key=lambda record: (record.PREFIX, record.local_title, record.pk))

    @property
    def problems(self) -> list[dict[str, Any]]:
        """What is wrong, as errors of a problem document."""
        return [{"name": name, "message": " ".join(messages), "allowed": []} for name, messages in self.errors.items()]

    def query(self, without: Record | None = None) -> str:
        return urlencode([("r", record.public_id) for record in self.records if record != without])


class Basket(TemplateResponseMixin, View):
    """The records of an address, to cite, to compare, to take along."""

    template_name = "pages/basket.html"
    form: Form | None = None
    heading = _("Basket")
    serializer_class = None

    def get(self, request: HttpRequest) -> HttpResponseBase:
        asked = BasketForm(request.GET)
        if self.form and asked.errors:
            return problem_page(400, str(_("The question was not understood.")), errors=asked.problems)
        if self.form:
            return self.form.answer(
                Telling(request, asked.records, None, str(self.heading), request.build_absolute_uri(), "basket", view=self)
            )
        return self.render_to_response(page(request, asked), status=400 if asked.errors else 200)


def page(request: HttpRequest, asked: BasketForm) -> dict[str, Any]:
    """What the page shows: each record with its citation and the address without it, and what may be done with all of them."""
    style = STYLES[0]
    rows = [(record, style.html(entry_of(record, request)), asked.query(without=record)) for record in asked.records]
    treaties = [record.slug for record in asked.records if isinstance(record, Treaty)]
    compare = f"{reverse('treaty-compare')}?{urlencode([('t', slug) for slug in treaties])}" if len(treaties) in TO_COMPARE else ""
    forms_of_all = form_urls(request.path, CITING, asked.query())
    return {"asked": asked, "rows": rows, "compare": compare, "forms": forms_of_all if rows else []}
