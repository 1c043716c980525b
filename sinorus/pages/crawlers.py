"""What crawlers are told: where they may go, every address with the day of its last change, and a guide for language models."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sinorus.publishing.language import LANGUAGES
from sinorus.releases.answers import LISTS

A_FILE: Final = 10_000  # records in one file; each has an address in three languages, and 50,000 addresses are allowed
PAGES: Final = ("home", "about", "data", "timeline", "map", "networks", "meeting-list", "treaty-provisions", "changes")
_XML: Final = "application/xml; charset=utf-8"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Every record may be visited; combinations of filters, which are without end, may not."""
    return render(request, "pages/robots.txt", {"site": _site(request)}, content_type="text/plain; charset=utf-8")


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """A guide in Markdown (https://llmstxt.org)."""
    lists = [{"name": name, "heading": view.heading, "route": f"{view.model._meta.model_name}-list"} for name, view in LISTS.items()]
    return render(request, "pages/llms.txt", {"site": _site(request), "lists": lists}, content_type="text/markdown; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index: a file for the pages, and for each record type as many as it needs."""
    parts = [
        f"{_HEAD}<sitemapindex {_SITEMAP}>\n<sitemap><loc>{_site(request)}{reverse('sitemap-part', args=['pages', 1])}</loc></sitemap>\n"
    ]
    for name, view in LISTS.items():
        told = view.model.objects.public().aggregate(last=Max("pk"), updated=Max("updated"))
        for page in range(1, (told["last"] or 0) // A_FILE + 2):
            loc = f"<loc>{_site(request)}{reverse('sitemap-part', args=[name, page])}</loc>"
            parts.append(f"<sitemap>{loc}{_lastmod(told['updated'])}</sitemap>\n")
    return HttpResponse([*parts, "</sitemapindex>\n"], content_type=_XML)


@require_safe
def sitemap_part(request: HttpRequest, name: str, page: int) -> HttpResponse:
    """Addresses of the pages, or of the records of a type whose numbers lie in a span that never shifts."""
    if name == "pages" and page == 1:
        addresses: Iterable[tuple[str, Any]] = (
            (reverse(route), None) for route in PAGES + tuple(f"{_name(view)}-list" for view in LISTS.values())
        )
    elif name in LISTS and page:
        view = LISTS[name]
        span = view.model.objects.public().filter(pk__gte=(page - 1) * A_FILE, pk__lt=page * A_FILE).order_by("pk")
        rows = span.values_list("slug", "updated").iterator(chunk_size=1_000)
        addresses = ((reverse(f"{_name(view)}-detail", args=[slug]), updated) for slug, updated in rows)
    else:
        raise Http404
    return StreamingHttpResponse(_urls(_site(request), addresses), content_type=_XML)


def _urls(site: str, addresses: Iterable[tuple[str, datetime.datetime | None]]) -> Iterator[str]:
    """Each address in each language, with the same page in the others."""
    yield f'{_HEAD}<urlset {_SITEMAP} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for path, updated in addresses:
        places = {lang: site + ("" if code == "en" else f"/{code}") + path for code, (_django, lang, _own) in LANGUAGES.items()}
        others = "".join(f'<xhtml:link rel="alternate" hreflang="{lang}" href="{place}"/>' for lang, place in places.items())
        yield "".join(f"<url><loc>{place}</loc>{_lastmod(updated)}{others}</url>\n" for place in places.values())
    yield "</urlset>\n"


def _lastmod(moment: datetime.datetime | None) -> str:
    return f"<lastmod>{moment.isoformat(timespec='seconds')}</lastmod>" if moment else ""


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _name(view: Any) -> str:
    return str(view.model._meta.model_name)
