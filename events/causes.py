"""What led to what around an event, two steps each way: as a drawing and as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinorus.facets.fields import OnceField, one_of
from sinorus.publishing.arcs import Drawing, Link, around, draw

from .models import Event, EventLink

STEPS: Final = 2
MOST: Final = 24  # events drawn around one
STARTS: Final = 16  # events offered to begin with
#: To belong to the same series, or to be part of something larger, is no cause.
CAUSES: Final = (EventLink.Type.LED_TO, EventLink.Type.BACKGROUND_TO, EventLink.Type.RESPONSE_TO)

DATE: Final = attrgetter("date")


def _links(*conditions: Q) -> Iterator[Link]:
    """Relations from cause to effect."""
    return _told(EventLink.objects.public().named().filter(*conditions, type__in=CAUSES).order_by("pk"))


def _told(links: Iterable[EventLink]) -> Iterator[Link]:
    """Those of cause and effect, whichever of the two records them."""
    for link in links:
        if link.type == EventLink.Type.RESPONSE_TO:
            yield Link(link.target, link.event, link.type, link.reverse_label.lower())
        elif link.type in CAUSES:
            yield Link(link.event, link.target, link.type, str(link.get_type_display()).lower())


def of(event: Event, own: Iterable[EventLink] | None = None) -> Drawing | None:
    """The events within two steps of cause and effect; None where none is on record. ``own`` are its links, where they are known."""
    first = None if own is None else _told(own)
    links, away = around(event.pk, lambda keys: _links(Q(event__in=keys) | Q(target__in=keys)), STEPS, first)
    return draw(links, DATE, centre=event.pk, away=away, most=MOST, directed=True) if links else None


def starts() -> list[tuple[Event, int]]:
    """The events with the most causes and effects on record, by date, each with their number."""
    numbers: Counter[Event] = Counter(end for link in _links() for end in (link.source, link.target))
    most = sorted(numbers.items(), key=lambda one: (-one[1], one[0].pk))[:STARTS]
    return sorted(most, key=lambda one: (one[0].date.earliest or one[0].date.latest, one[0].pk))


class CausesForm(forms.Form):
    """``event=<slug>``: which event to look around."""

    event = OnceField(
        read=lambda text: _find(text),
        required=False,
        label=_("Event"),
        help_text=_("The last part of its address, such as zhenbao-1969, its number, such as E12, or its title."),
    )
    lang = OnceField(read=one_of("en", "zh", "ru"), required=False)

    @property
    def chosen(self) -> Event | None:
        return self.cleaned_data["event"] if self.is_valid() else None

    @property
    def problems(self) -> list[dict[str, Any]]:
        """What is wrong with the question, for programs; names that it does not know are wrong too."""
        wrong = [{"name": name, "message": " ".join(messages), "allowed": []} for name, messages in self.errors.items()]
        if not wrong and not self.chosen:
            wrong = [{"name": "event", "message": str(_("Name an event: event=slug.")), "allowed": []}]
        message = str(_("There is no parameter of this name."))
        return wrong + [
            {"name": name[:80], "message": message, "allowed": list(self.fields)} for name in self.data if name not in self.fields
        ]

    @property
    def text(self) -> str:
        """What was written in the field."""
        return next(iter(self["event"].value() or []), "")[:80]


def _find(text: str) -> Event:
    """The public event of a slug, a permanent id or a title. Raises ValidationError where there is none."""
    asked = text.strip()
    rows = Event.objects.public()
    if asked.isprintable() and len(asked) <= 300:
        number = asked[1:] if asked[:1] in "Ee" and asked[1:].isascii() and asked[1:].isdigit() and len(asked) < 12 else "0"
        named = Q(slug=asked.lower()) | Q(pk=int(number)) | Q(title__iexact=asked) | Q(title_zh=asked) | Q(title_ru__iexact=asked)
        if found := rows.filter(named).order_by("pk").first():
            return found
    message = _("“%(value)s” is no event of the chronicle.")
    raise forms.ValidationError(message, code="unknown", params={"value": asked[:80]})


def lines(drawing: Drawing | None) -> Iterator[Sequence[Any]]:
    """Relations of a drawing as lines, cause first."""
    yield "cause", "cause_date", "relation", "effect", "effect_date"
    for edge in drawing.edges if drawing else []:
        cause, effect = edge.link.source, edge.link.target
        yield cause.slug, cause.date.edtf, edge.link.type, effect.slug, effect.date.edtf
