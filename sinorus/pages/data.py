"""The page of the data: releases, live files, the API with its recipes, the dictionary."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from sinorus.releases.answers import LISTS
from sinorus.releases.offer import releases
from sinorus.releases.papers import kind_of
from sinorus.releases.tables import tables

#: File → (language, what it does). The tests run them.
RECIPES: Final = {
    "ask.sh": ("curl", _("Ask a question")),
    "fetch.sh": ("curl", _("Fetch everything, and again only what is new")),
    "list.py": ("Python", _("Read every record of a question")),
    "by_year.py": ("Python", _("Count by year, and say what is not known")),
    "mirror.py": ("Python", _("Keep a copy in step")),
    "list.R": ("R", _("Tables of events and treaties")),
}


def recipe(name: str, site: str) -> str:
    """The text of a recipe for a site, such as https://example.org."""
    return render_to_string(f"pages/recipes/{name}", {"site": site})


class Data(TemplateView):
    """Downloads, the API, how to cite, the data dictionary."""

    template_name = "pages/data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        site = self.request.build_absolute_uri("/").rstrip("/")
        return super().get_context_data(**kwargs) | {
            "releases": releases(),
            "lists": [_list(name) for name in LISTS],
            "recipes": [(language, title, str(recipe(name, site))) for name, (language, title) in RECIPES.items()],
            "rate": settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]["anon"].partition("/")[0],
            "tables": tables(),
            "licence": settings.LICENCE,
            "site": site,
            "today": datetime.date.today(),
        }


def _list(name: str) -> dict[str, Any]:
    """A record type: its heading, how many there are, its forms, its fields."""
    view = LISTS[name]
    fields = [(field, kind_of(one), str(one.help_text or "")) for field, one in view.serializer_class().fields.items()]
    return {
        "name": name,
        "heading": view.heading,
        "count": view.model.objects.public().count(),
        "route": f"{view.model._meta.model_name}-list",
        "api": f"api:{view.model._meta.model_name}-list",
        "forms": [form for form in view.forms if form.of_lists],
        "fields": fields,
    }
