"""Cards for other sites: a record or a short chronicle in a frame, and oEmbed, by which sites find them.

The only pages that may be framed. They need no script, and fit the frame that they are given.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from csp.constants import HEADER
from csp.utils import build_policy
from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic.base import TemplateResponseMixin, View

from sinorus.facets.problems import problem_page
from sinorus.publishing.language import LANGUAGES
from sinorus.publishing.models import Record, record_types
from sinorus.publishing.views import RecordView
from sinorus.releases.answers import LISTS

WIDTH, HEIGHT, LIST_HEIGHT = 480, 240, 420  # px of a frame unless less is asked for
SHOWN: Final = 30  # records of a list; the rest is a link away


class _Card(TemplateResponseMixin, View):
    def card(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = self.render_to_response(context, **kwargs)
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        response["X-Robots-Tag"] = "noindex"
        response.headers[HEADER] = build_policy(replace={"frame-ancestors": ["*"]})  # a header, since of an answer that is kept no more is
        response.xframe_options_exempt = True
        return response


class RecordCard(_Card):
    """A record as a card."""

    template_name = "embed/record.html"

    def get(self, request: HttpRequest, kind: str, slug: str) -> HttpResponse:
        model = record_types().get(kind)
        if model is None:
            raise Http404
        record = get_object_or_404(model.objects.public().for_list(), slug=slug)
        return self.card({"record": record, "date": _date_of(record), "kind": model._meta.verbose_name})


class ListCard(_Card):
    """The answer to a question as a short chronicle."""

    template_name = "embed/list.html"

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        view = LISTS.get(name)
        if view is None:
            raise Http404
        question = view.filterset_class(request.GET, view.model.objects.public(), request=request)
        query = question.canonical(page=None, page_size=None)
        address = reverse(f"{view.model._meta.model_name}-list") + (f"?{query}" if query else "")
        context = {"question": question, "heading": view.heading, "sentence": question.describe(), "address": address}
        if question.errors:
            return self.card(context | {"rows": []}, status=400)
        rows = [(record, _date_of(record)) for record in question.results().for_list()[:SHOWN]]
        return self.card(context | {"rows": rows, "more": max(0, question.count - SHOWN)})


def _date_of(record: Record) -> Any:
    """The date that a record is known by, where its type has one."""
    return next((date for name in ("date", "signed", "issued", "life") if (date := getattr(record, name, None))), None)


class OEmbedForm(forms.Form):
    """What a consumer of oEmbed asks (https://oembed.com); what else it sends is none of our business."""

    url = forms.CharField(validators=[MaxLengthValidator(2_000)])
    maxwidth = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    maxheight = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    format = forms.CharField(required=False, max_length=20)


class OEmbed(View):
    """The frame for a page of this site."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = OEmbedForm(request.GET)
        if not form.is_valid():
            wrong = [{"name": name, "message": " ".join(messages), "allowed": []} for name, messages in form.errors.items()]
            return problem_page(400, _("The request was not understood."), errors=wrong)
        if form.cleaned_data["format"] not in ("", "json"):
            return problem_page(501, _("Only JSON is offered."))
        response = JsonResponse(self._told(form.cleaned_data), json_dumps_params={"ensure_ascii": False})
        response["Access-Control-Allow-Origin"] = "*"
        return response

    def _told(self, asked: dict[str, Any]) -> dict[str, Any]:
        title, card, height = _page(self.request, asked["url"])
        width, height = min(WIDTH, asked["maxwidth"] or WIDTH), min(height, asked["maxheight"] or height)
        frame = '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" style="border:0;max-width:100%"></iframe>'
        told = {"version": "1.0", "type": "rich", "title": title, "provider_name": "sinorus", "width": width, "height": height}
        told |= {"provider_url": self.request.build_absolute_uri("/"), "cache_age": 3600, "license": settings.LICENCE["url"]}
        return told | {"html": format_html(frame, self.request.build_absolute_uri(card), width, height, title)}


def _page(request: HttpRequest, url: str) -> tuple[str, str, int]:
    """(title, address of the card, height) of a page of this site. Raises Http404 for any other address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Http404(_("That is no address of this site.")) from None
    code, _slash, rest = parts.path.removeprefix("/").partition("/")
    prefix, path = (f"/{code}", f"/{rest}") if code in LANGUAGES and code != "en" else ("", parts.path)
    if parts.netloc != request.get_host():
        raise Http404(_("That is no address of this site."))
    try:
        match = resolve(path)
    except Resolver404:
        raise Http404(_("There is nothing at that address.")) from None
    view = getattr(match.func, "view_class", None)
    with override(LANGUAGES[code][0] if prefix else "en"):
        if isinstance(view, type) and issubclass(view, RecordView) and "slug" in match.kwargs:
            record = get_object_or_404(view.model.objects.public(), slug=match.kwargs["slug"])
            return record.local_title, prefix + reverse("embed-record", args=[record._meta.model_name, record.slug]), HEIGHT
        if name := next((name for name, one in LISTS.items() if one is view), None):
            query = f"?{parts.query}" if parts.query else ""
            return str(view.heading), prefix + reverse("embed-list", args=[name]) + query, LIST_HEIGHT
    raise Http404(_("That page has no card."))
