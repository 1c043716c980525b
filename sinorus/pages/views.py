"""Home, about, and what is said where there is nothing."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import TemplateView

from events.models import Event
from sinorus.facets.problems import problem_page
from sinorus.sources.models import Assessment, Source
from sinorus.vocab.models import Formula, Theme
from treaties.models import FormulaUse, Treaty

from .catalogues import about_counts, this_month
from .search import near_address


class Home(TemplateView):
    """What this is, the ladder in small, this month in history, latest changes, themes."""

    template_name = "pages/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = datetime.date.today()
        day, month = this_month(today)
        first_uses = FormulaUse.objects.public().filter(first=True).order_by("treaty__signed_earliest")
        return super().get_context_data(**kwargs) | {
            "counts": about_counts(),
            "essential": Event.objects.public().filter(importance=3).for_list().chronological().reverse()[:6],
            "first_uses": [use for use in first_uses if use.formula.type == Formula.Type.RUNG],
            "this_day": day,
            "this_month": month[: max(1, 6 - len(day))],
            "today": today,
            "latest": Event.objects.public().for_list().order_by("-updated", "-pk")[:5],
            "latest_treaties": Treaty.objects.public().for_list().order_by("-updated", "-pk")[:3],
            "themes": Theme.objects.public().by_title(),
        }


class About(TemplateView):
    """What is and is not here, editorial policy, licence."""

    template_name = "pages/about.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = about_counts() | {"sources": Source.objects.public().count(), "assessments": Assessment.objects.public().count()}
        return super().get_context_data(**kwargs) | {"counts": counts}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 as a page, or as a problem document for programs."""
    ours = exception.args and isinstance(exception.args[0], str) and not isinstance(exception.__context__, ObjectDoesNotExist)
    detail = str(exception.args[0]) if ours else ""  # what Django says of a query that found nothing tells a reader nothing
    if request.path.startswith("/api/"):
        return problem_page(404, detail or "There is nothing at this address.", instance=request.path[:200])
    return render(request, "404.html", {"detail": detail, "near": near_address(request.path_info)}, status=404)
