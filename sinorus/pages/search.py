"""Search across every record type: the page, and the API's search and suggestions."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from events.models import Event
from sinorus.dossiers.models import Dossier
from sinorus.facets.fields import OnceField, one_of
from sinorus.facets.problems import BadQuestion
from sinorus.publishing.language import LANGUAGES
from sinorus.publishing.serializers import absolute
from sinorus.search.analyze import STOPWORDS
from sinorus.search.find import Found, Group, find
from sinorus.search.fold import CJK, fold
from sinorus.search.query import Query, parse
from sinorus.search.snippets import Hit, Marked
from sinorus.search.spelling import did_you_mean
from sinorus.search.suggest import suggest
from sinorus.sources.models import Assessment, Source
from sinorus.vocab.models import Actor, Formula, Place, Theme
from treaties.models import Treaty

from .answers import FoundSerializer, SuggestionsSerializer

#: In the order in which groups with equally good hits stand.
MODELS = (Actor, Event, Treaty, Formula, Place, Theme, Dossier, Assessment, Source)
SHOWN = 5  # hits of each type
_CHINESE = re.compile(f"[{CJK}]")
#: Of labels and titles, as in every list; which language is answered in the middleware has decided.
_LANGUAGE = OnceField(read=one_of(*LANGUAGES), initial="en", allowed=list(LANGUAGES), required=False)


def scopes() -> list[QuerySet]:
    """What readers can find."""
    return [model.objects.public() for model in MODELS]


def _language() -> str:
    return (get_language() or "en")[:2]


def ask(text: str) -> tuple[Query | None, list[str]]:
    """The query, and what is wrong with it."""
    try:
        return parse(text), []
    except ValidationError as error:
        return None, error.messages


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """``/search/?q=``."""
    text = next(iter(request.GET.getlist("q")), "")
    query, errors = ask(text)
    found = find(query, scopes(), _language(), SHOWN) if query else None
    context: dict[str, Any] = {"text": text[:200], "errors": errors, "found": found, "sections": _sections(found)}
    if query and found and not found.groups:
        better = did_you_mean(query, scopes())
        context |= {"better": better, "better_query": urlencode({"q": better}), "without": _without_one(query)}
    return render(request, "pages/search.html", context, status=400 if errors else 200)


def near_address(path: str) -> list[Hit]:
    """Records whose titles or names say what an address says that leads nowhere: all its words, or all but one of three or more."""
    *_before, section, last = ["", *path.rstrip("/").split("/")]
    if "." in last:  # a file, which nobody misspells
        return []
    words = list(dict.fromkeys(word for word in re.split(r"[\W_]+", fold(last[:100])) if word and word not in STOPWORDS))[:6]
    fewer = [words[:place] + words[place + 1 :] for place in range(len(words))] if len(words) > 2 else []
    where = scopes()
    for wanted in (words, _respelt(words, where), *fewer):
        if hits := [hit for hit in _hits(" ".join(wanted), where) if _says(hit, wanted)]:
            return sorted(hits, key=lambda hit: f"/{section}/" not in hit.record.get_absolute_url())[:SHOWN]
    return []


def _hits(text: str, where: list[QuerySet]) -> list[Hit]:
    query, errors = ask(text)
    return [hit for group in find(query, where, _language(), SHOWN).groups for hit in group.hits] if query and not errors else []


def _respelt(words: list[str], where: list[QuerySet]) -> list[str]:
    query, errors = ask(" ".join(words))
    return did_you_mean(query, where).split() if query and not errors else []


def _says(hit: Hit, words: list[str]) -> bool:
    """Whether its title, the name through which it was found or its own address has each word; Chinese has no gaps between words."""
    said = fold(f"{hit.title} {hit.also or ''} {hit.record.slug.replace('-', ' ')}")
    return all(word in said if _CHINESE.search(word) else re.search(rf"\b{re.escape(word)}\b", said) for word in words)


def _sections(found: Found | None) -> list[dict[str, Any]]:
    if found is None:
        return []
    query = urlencode({"q": str(found.query)})
    return [
        {
            "group": group,
            "name": group.model._meta.model_name,
            "label": group.model._meta.verbose_name_plural,
            "url": f"{reverse(f'{group.model._meta.model_name}-list')}?{query}",
        }
        for group in found.groups
    ]


def _without_one(query: Query) -> list[tuple[str, str]]:
    """(word, query without it) for each word of a query that found nothing."""
    terms = query.terms
    rest = [(term.text, " ".join(one.text for one in terms if one is not term)) for term in terms] if len(terms) > 1 else []
    return [(word, urlencode({"q": text})) for word, text in rest]


class _Asked(APIView):
    """One query, read strictly."""

    pagination_class = None

    def get(self, request: Request) -> Response:
        known = ["q", "lang"]
        errors = [
            {"name": name[:80], "message": _("There is no parameter of this name."), "allowed": known}
            for name in sorted(set(request.query_params) - set(known))
        ]
        values = request.query_params.getlist("q")
        if len(set(values)) > 1:
            errors.append({"name": "q", "message": _("Given %(count)s times; give it once.") % {"count": len(values)}, "allowed": []})
        try:
            _LANGUAGE.clean([value for value in request.query_params.getlist("lang") if value])
        except ValidationError as error:
            errors.append({"name": "lang", "message": " ".join(error.messages), "allowed": _LANGUAGE.allowed()})
        text = values[0] if values else ""
        query, wrong = ask(text)
        if not query and not wrong and self.needs_query:
            wrong = [_("Say what to search for.")]
        if errors or wrong:
            raise BadQuestion(errors + [{"name": "q", "message": message, "allowed": []} for message in wrong])
        return Response(self.answer(request, text, query))

    needs_query = True

    def answer(self, request: Request, text: str, query: Query | None) -> dict[str, Any]:
        raise NotImplementedError


_TEXT = {"type": "string", "maxLength": settings.SEARCH["MAX_LENGTH"]}
_Q = OpenApiParameter(
    "q",
    _TEXT,
    required=True,
    description=f"Words in any form; “exact phrase”, -excluded, prefix*. At most {_TEXT['maxLength']} characters.",
)
_BEGINNING = OpenApiParameter(
    "q", _TEXT, description=f"How a title or name begins; for nothing nothing is suggested. At most {_TEXT['maxLength']} characters."
)
_LANG = OpenApiParameter("lang", str, enum=list(LANGUAGES), description="Of labels and titles.")


class SearchApi(_Asked):
    """Search across every record type."""

    @extend_schema(parameters=[_Q, _LANG], responses=FoundSerializer, operation_id="search")
    def get(self, request: Request) -> Response:
        return super().get(request)

    def answer(self, request: Request, text: str, query: Query | None) -> dict[str, Any]:
        assert query is not None
        found = find(query, scopes(), _language(), SHOWN)
        return {
            "query": str(query),
            "count": found.count,
            "best": _told(request, found.best) if found.best else None,
            "groups": [_group(request, query, group) for group in found.groups],
            "did_you_mean": (did_you_mean(query, scopes()) or None) if not found.groups else None,
        }


class SuggestApi(_Asked):
    """Records whose title or name begins as the text does, best first: at most ten."""

    needs_query = False

    @extend_schema(parameters=[_BEGINNING, _LANG], responses=SuggestionsSerializer, operation_id="suggest")
    def get(self, request: Request) -> Response:
        return super().get(request)

    def answer(self, request: Request, text: str, query: Query | None) -> dict[str, Any]:
        found = suggest(text, scopes())
        told = [{**_record(request, one.record), "label": _marked(one.label), "language": one.label.language} for one in found]
        return {"query": text, "suggestions": told}


def _group(request: Request, query: Query, group: Group) -> dict[str, Any]:
    name, asked = group.model._meta.model_name, urlencode({"q": str(query)})
    return {
        "type": name,
        "label": str(group.model._meta.verbose_name_plural),
        "count": group.count,
        "url": f"{absolute({'request': request}, f'api:{name}-list')}?{asked}",
        "page": f"{request.build_absolute_uri(reverse(f'{name}-list'))}?{asked}",
        "results": [_told(request, hit) for hit in group.hits],
    }


def _record(request: Request, record: Any) -> dict[str, Any]:
    name = record._meta.model_name
    return {
        "type": name,
        "type_label": str(record._meta.verbose_name),
        "id": record.public_id,
        "slug": record.slug,
        "title": record.local_title,
        "url": absolute({"request": request}, f"api:{name}-detail", record.slug),
        "page": request.build_absolute_uri(record.get_absolute_url()),
    }


def _told(request: Request, hit: Hit) -> dict[str, Any]:
    told = _record(request, hit.record)
    part = {"anchor": hit.anchor, "label": hit.part} if hit.anchor else None
    return told | {
        "page": f"{told['page']}#{hit.anchor}" if part else told["page"],
        "titles": {language: title or None for language, title in hit.record.titles.items()},
        "snippet": _marked(hit.snippet),
        "also_known_as": {"text": str(hit.also), "language": hit.also.language} if hit.also else None,
        "part": part,
    }


def _marked(marked: Marked | None) -> list[dict[str, Any]]:
    return [{"text": text, "match": matched} for text, matched in marked.pieces] if marked else []
