"""The page of the timeline, and the same picture as a file and as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from events.models import Event
from events.serializers import EventSerializer
from sinorus.facets.exports import csv_form
from sinorus.facets.forms import Form, Telling
from sinorus.facets.pages import Page
from sinorus.facets.views import CatalogueView

from .drawing import as_file
from .items import timeline
from .layout import axis_of, lay_out
from .question import TimelineFilterSet

WIDTH = 1600  # pixels of the picture as a file


def _svg(telling: Telling) -> Iterator[str]:
    page, question = timeline(telling.question), telling.question
    layout = lay_out(page.records, page.lanes, axis_of(page.records, question.span, WIDTH))
    yield as_file(layout, telling.title, telling.header()[:1] + telling.header()[2:])


def _lines(telling: Telling) -> Iterator[Sequence[str]]:
    """What stands on the timeline, a record a line; dates in EDTF and the days of its bar."""
    yield "type", "id", "slug", "title", "date", "first", "begun", "ending", "last", "weight"
    for item in timeline(telling.question).records:
        days = [day.isoformat() if day else "" for day in item.extent]
        yield item.type, item.record.public_id, item.record.slug, item.record.local_title, item.when.edtf, *days, str(item.weight)


SVG = Form(suffix="svg", name="SVG", content_type="image/svg+xml; charset=utf-8", write=_svg, of_records=False)
CSV = csv_form(_lines)


class Timeline(CatalogueView):
    """Events and the lives of instruments on one axis."""

    model = Event
    filterset_class = TimelineFilterSet
    serializer_class = EventSerializer
    forms = (SVG, CSV)
    api_name = None
    heading = _("Timeline")
    template_name = "pages/timeline.html"

    def page(self, question: TimelineFilterSet) -> Page:
        return timeline(question)
