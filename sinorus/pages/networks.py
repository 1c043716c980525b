"""The way to the networks: who met whom, what instruments descend from, what led to what."""

from __future__ import annotations

from typing import Any

from django.views.generic import TemplateView

from events import causes, meetings
from events.models import EventLink
from treaties.lineage import LINES
from treaties.models import TreatyLink


class Networks(TemplateView):
    """What hangs together with what, and how much of it is on record."""

    template_name = "pages/networks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "meetings": meetings.meetings().count(),
            "descents": TreatyLink.objects.public().filter(type__in=LINES).count(),
            "causes": EventLink.objects.public().filter(type__in=causes.CAUSES).count(),
        }
