"""The style guide: every component in every state, in three scripts, for those who work on the pages."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse

from events import causes
from events.filters import EventFilterSet
from events.models import Event
from sinorus.dates.value import HistoricalDate
from sinorus.facets.views import CatalogueView
from treaties import lifebar
from treaties.models import Treaty

DATES = ("1996-04-25", "1996-04-24/1996-04-26", "1996-04", "1950s", "195X~", "1991/..", "../1969", "1957?")
#: Tokens of colour, as static/css/tokens.css names them.
INKS = ("paper", "paper-deep", "ink", "muted", "faint", "hairline", "rule", "highlight", "cinnabar", "lapis", "third", "error")
STEPS = ("step-4", "step-3", "step-2", "step-1", "step-0", "control", "step--1")
TITLES = (
    ("en", "Treaty of Good-Neighbourliness and Friendly Cooperation"),
    ("zh-Hans", "中俄睦邻友好合作条约"),
    ("ru", "Договор о добрососедстве, дружбе и сотрудничестве"),
)
PROSE = (
    (
        "en",
        "Each record gives its date as precisely as it is known and no more. In 1996 the sides “resolved to develop” a partnership.",
    ),
    ("zh-Hans", "每条记录只按所知的精确程度标明日期。1996年，双方“决心发展”面向二十一世纪的战略协作伙伴关系。"),
    (
        "ru",
        "Каждая запись даёт дату настолько точно, насколько она известна. В 1996 году стороны решили «развивать» партнёрство.",
    ),
)


class _Lists(CatalogueView):
    """What a list page gives its parts."""

    model = Event
    filterset_class = EventFilterSet


def _question(query: str) -> dict[str, Any]:
    """A question of the chronicle with what the parts of its page need."""
    question = EventFilterSet(QueryDict(query), Event.objects.public())
    return {"question": question, "errors": question.errors, "chips": question.chips(), "sentence": question.describe()}


def page(request: HttpRequest) -> HttpResponse:
    """The style guide, for staff."""
    event = next((one for one, _number in causes.starts()), None)
    treaty = Treaty.objects.public().for_page().filter(in_force_earliest__isnull=False).first()
    asked, wrong = _question("kind=summit&date_after=1996"), _question("kind=sumit&date_after=soon")
    context = {
        "inks": INKS,
        "steps": STEPS,
        "titles": TITLES,
        "prose": PROSE,
        "dates": [HistoricalDate.of(text) for text in DATES],
        "asked": asked,
        "wrong": wrong,
        "facets": asked["question"].facets(),
        "some_events": Event.objects.public().for_list().order_by("-importance", "date_earliest", "pk")[:3],
        "bar": lifebar.life_bar(treaty) if treaty else None,
        "drawing": causes.of(event) if event else None,
        "heats": range(6),
        "view": _Lists(request=request),
        "list_url": "/events/",
        "today": datetime.date.today(),
    }
    return TemplateResponse(request, "pages/styleguide.html", context)


#: Staff log in; nobody else is shown it.
styleguide = admin.site.admin_view(page)
