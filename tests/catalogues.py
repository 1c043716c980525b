"""Every catalogue of the site, read off the routes, and how to read the ids out of each form that it answers in."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import icalendar
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from sinorus.facets.api import CatalogueViewSet
from sinorus.facets.views import CatalogueView


def routes(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the site with its whole pattern."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, prefix + str(one.pattern))
        else:
            yield prefix + str(one.pattern), one


@dataclass
class Catalogue:
    """A record type with its list in every form: form → address."""

    model: Any
    filterset: Any
    forms: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.model._meta.model_name


def catalogues() -> dict[str, Catalogue]:
    """Catalogues by the name of their model, with the addresses of pages, downloads, API and admin."""
    found: dict[str, Catalogue] = {}
    for route, pattern in routes():
        view = getattr(pattern.callback, "view_class", None) or getattr(pattern.callback, "cls", None)
        if not isinstance(view, type) or not issubclass(view, (CatalogueView, CatalogueViewSet)):
            continue
        name, form = view.model._meta.model_name, _form_of(pattern)
        api = issubclass(view, CatalogueViewSet)
        if pattern.name != (f"{name}-list" if api or form == "html" else f"{name}-{form}"):
            continue  # the record's page; another view of the same question, such as the matrix of provisions
        catalogue = found.setdefault(name, Catalogue(view.model, view.filterset_class))
        assert catalogue.filterset is view.filterset_class, f"{route} asks another question than the other forms"
        catalogue.forms["api" if api else form] = reverse(f"api:{pattern.name}") if api else f"/{route}"
    for catalogue in found.values():
        meta = catalogue.model._meta
        catalogue.forms["admin"] = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return found


def _form_of(pattern: URLPattern) -> str:
    form = getattr(pattern.callback, "view_initkwargs", {}).get("form")
    return form.suffix if form else "html"


def body_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


# How to read the ids of a form ----------------------------------------------------------------------------------------


def _html(body: str) -> list[str]:
    """A list names each record in a heading that links to it."""
    links = re.findall(
        r'<h3[^>]*>\s*<a\b[^>]*?href="([^"#?]+)"', body[body.index('<section class="results"') :] if "results" in body else ""
    )
    return [_id_at(link) for link in links]


def _id_at(address: str) -> str:
    path = re.sub(r"^/(zh|ru)/", "/", urlsplit(address).path)
    match = resolve(path)
    return match.func.view_class.model.objects.get(slug=match.kwargs["slug"]).public_id


def _atom(body: str) -> list[str]:
    feed = ElementTree.fromstring(body)
    return [one.text.rsplit("/", 1)[1] for one in feed.findall("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}id")]


def _xlsx(body: bytes) -> list[str]:
    openpyxl = pytest.importorskip("openpyxl")
    names, *rows = openpyxl.load_workbook(io.BytesIO(body), read_only=True).worksheets[0].iter_rows(values_only=True)
    return [row[names.index("id")] for row in rows]


def _geojson(body: str) -> list[str]:
    return [one["id"] for one in pytest.importorskip("geojson").loads(body)["features"]]


def _ics(body: str) -> list[str]:
    return [str(one["UID"]).partition("@")[0] for one in icalendar.Calendar.from_ical(body).subcomponents]


#: Forms that come in pages; all others are whole.
BINARY = ("xlsx",)
PAGED = ("html", "api", "atom")
READERS: dict[str, Callable[[Any], list[str]]] = {
    "html": _html,
    "api": lambda body: [record["id"] for record in json.loads(body)["results"]],
    "csv": lambda body: [row["id"] for row in csv.DictReader(io.StringIO(body, newline=""))],
    "jsonl": lambda body: [json.loads(line)["id"] for line in body.split("\n") if line],
    "atom": _atom,
    "ics": _ics,
    "geojson": _geojson,
    "xlsx": _xlsx,
    "bib": lambda body: re.findall(r"^@\w+\{(\w+),", body, re.MULTILINE),
    "ris": lambda body: re.findall(r"^ID  - (\w+)", body, re.MULTILINE),
    "csl.json": lambda body: [item["id"] for item in json.loads(body)],
}


def ids(client: Client, form: str, address: str) -> list[str]:
    """The ids that a form of a list tells, in its order."""
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code} {body_of(answer)[:500]!r}"
    body = body_of(answer)
    return READERS[form](body if form in BINARY else body.decode())


def admin_ids(client: Client, address: str) -> list[str]:
    """The ids that the editors' list holds, on all its pages."""
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code} {answer.get('Location', '')}"
    return [record.public_id for record in answer.context_data["cl"].queryset]
