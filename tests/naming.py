"""Every address by which somebody could ask for one record, whether there is such a record or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import reverse

from sinorus.publishing.models import Record
from tests.catalogues import catalogues, routes

_NAMES = "NAME-OF-A-RECORD"


def addresses_of(model: type[Record], slug: str, number: int) -> Iterator[str]:
    """Pages, forms, API, cards, history, lists that are narrowed to it: by its slug, its permanent id, its number."""
    name, public_id = str(model._meta.model_name), f"{model.PREFIX}{number}"
    page, api = (reverse(route, args=[_NAMES]) for route in (f"{name}-detail", f"api:{name}-detail"))
    stems = (page.removesuffix(f"{_NAMES}/"), api.removesuffix(f"{_NAMES}/"))
    for route, _pattern in routes():
        plain = "/" + re.sub(r"<slug:slug>|\(\?P<slug>[^)]*\)", _NAMES, route).replace("^", "").replace("$", "")
        if plain.startswith(stems) and _NAMES in plain:
            yield from (plain.replace(_NAMES, key) for key in (slug, public_id))
    yield api.replace(_NAMES, public_id.lower())
    yield from (f"/{language}{page}".replace(_NAMES, slug) for language in ("zh", "ru"))
    yield from (f"{page}?as_of=2020-06-01".replace(_NAMES, slug), f"/id/{public_id}", f"/changes/{public_id}/")
    yield from (f"/cards/{name}/{slug}.png", f"/embed/{name}/{slug}/", f"/oembed?url=http://testserver{page}".replace(_NAMES, slug))
    yield from (f"{form}?r={public_id}" for form in ("/basket/", "/basket.bib", "/basket.csl.json", "/report/"))
    yield from (f"/report/?record={public_id}", f"/preview/{name}.{number}.0:1vXyZa:forged/", f"/admin/r/{number}/{number}/")
    yield from (f"/networks/causes/?event={slug}", f"/networks/causes.csv?event={slug}", f"/treaties/compare/?t={slug}&t=alliance-1950")
    yield f"/treaties/compare.csv?t={slug}&t=alliance-1950"
    yield from (f"/search/?q={slug}", f"/api/v1/search/?q={slug}", f"/api/v1/suggest/?q={slug}", f"/search/?q={public_id}")


def narrowed_by(slug: str) -> Iterator[str]:
    """Every list by every filter that takes a name, as page and in the API by turns."""
    for catalogue in catalogues().values():
        for turn, field in enumerate(catalogue.filterset.get_filters()):
            yield f"{catalogue.forms[('html', 'api')[turn % 2]]}?{field}={slug}"
