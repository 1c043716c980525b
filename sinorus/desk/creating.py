"""Autocomplete that can also make what is not there: “Create the person …”, as a draft, without leaving the form."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinorus.publishing.history import Edit
from sinorus.publishing.models import Record
from sinorus.publishing.words import takes_text
from sinorus.sources.models import Source
from sinorus.vocab.models import Actor, Place

from .lookup import Lookup
from .shape import TABLES

#: What can be made so, with what must be known beside the title: field and value, and how it is offered.
OFFERS: Final[dict[type[Record], list[tuple[str, str, Any]]]] = {
    Actor: [
        ("kind", "person", gettext_lazy("Create the person “%(title)s”")),
        ("kind", "state", gettext_lazy("Create the state “%(title)s”")),
        ("kind", "organisation", gettext_lazy("Create the organisation “%(title)s”")),
    ],
    Place: [
        ("kind", "city", gettext_lazy("Create the city “%(title)s”")),
        ("kind", "site", gettext_lazy("Create the site “%(title)s”")),
        ("kind", "country", gettext_lazy("Create the country “%(title)s”")),
    ],
    Source: [("", "", gettext_lazy("Create the source “%(title)s”"))],
}
_HAN, _CYRILLIC = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[\u0400-\u04ff]")


class CreatingAutocomplete(AutocompleteJsonView):
    """After the last result, what could be made of the words; ids that begin with ``+`` are for ``admin/create.js``."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().get(request, *args, **kwargs)
        model, title = self.model_admin.model, self.term.strip()
        if self.get_context_data()["page_obj"].has_next() or len(title) < 2 or not self.model_admin.has_add_permission(request):
            return answer
        found = [{"id": str(one.pk), "text": str(one)} for one in self.get_context_data()["page_obj"]]
        found += [
            {"id": f"+{model._meta.model_name}:{value}:{title}", "text": str(words) % {"title": title}}
            for _field, value, words in OFFERS.get(model, ())
        ]
        return JsonResponse({"results": found, "pagination": {"more": False}})


@takes_text
class CreateForm(forms.Form):
    """What an offer says: type, kind, title."""

    type = forms.ChoiceField(choices=[(model._meta.model_name, model._meta.model_name) for model in OFFERS])
    kind = forms.CharField(required=False)
    title = forms.CharField(max_length=300)

    def made(self) -> Record:
        """The draft, not saved. Raises ValidationError for a kind that is not offered and for what the model refuses."""
        model = next(model for model in OFFERS if model._meta.model_name == self.cleaned_data["type"])
        offer = next((one for one in OFFERS[model] if one[1] == self.cleaned_data["kind"]), None)
        if offer is None:
            allowed = ", ".join(value for _field, value, _words in OFFERS[model])
            raise ValidationError(_("Not a kind. Allowed: %(allowed)s.") % {"allowed": allowed})
        title = " ".join(self.cleaned_data["title"].split())
        record = model(title=title, **({offer[0]: offer[1]} if offer[0] else {}))
        if _HAN.search(title):
            record.title_zh = title
        if _CYRILLIC.search(title):
            record.title_ru = title
        record.slug = Lookup().new_slug(next(name for name, type_ in TABLES.items() if type_.model is model), title)
        record.full_clean()
        return record


def create_draft(request: HttpRequest, site: Any) -> JsonResponse:
    """``POST type, kind, title``: the draft, as ``{"id", "text"}``; 400 with ``error``, 403 for who may not add such records."""
    form = CreateForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": " ".join(message for messages in form.errors.values() for message in messages)}, status=400)
    try:
        record = form.made()
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=400)
    if not site.get_model_admin(type(record)).has_add_permission(request):
        return JsonResponse({"error": _("You may not add such records.")}, status=403)
    with transaction.atomic():
        edit = Edit(by=request.user)
        record.save()
        edit.finish([record])
    return JsonResponse({"id": str(record.pk), "text": str(record)})
