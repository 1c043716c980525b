"""Cards: the picture that shows where a link to a page is shared. Drawn by the server, since such sites want a PNG of fixed size.

A card says what its page says at its head and nothing else: kind, date, title. It is written with the two fonts beside this file; a
title with a character that they lack is given in English instead, never with empty boxes.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache as kept
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont

from sinorus.publishing.models import Record
from sinorus.publishing.views import record_models

WIDTH, HEIGHT = 1200, 630  # pixels, the size that sites which show cards ask for
LEFT, RIGHT, TOP, BOTTOM = 96, 1104, 88, 560
PAPER, INK, MUTED, RULE, CINNABAR, LAPIS = "#fbf9f4", "#1d1b18", "#5f594f", "#b9b09e", "#a8321f", "#1f4f8f"
SIZES: Final = (68, 60, 52, 44)  # of a title, the largest at which it has room
LEADING, ROOM = 1.25, 290  # height of a line in sizes of its letters; pixels for a title
KEPT: Final = 24 * 3600  # seconds; a card belongs to an edition, so it is never wrong, only forgotten
NOT_AT_START: Final = frozenset("，。、；：？！）》」』”’%…—·,.;:?!)")
#: Pages that have a card of their own, by the name of their route.
PAGES: Final = {
    "home": gettext_lazy("Chinese–Russian relations, dated and sourced"),
    "event-list": gettext_lazy("Chronicle"),
    "treaty-list": gettext_lazy("Register of treaties"),
    "treaty-provisions": gettext_lazy("What instruments say on what"),
    "formula-list": gettext_lazy("Partnership formulas"),
    "actor-list": gettext_lazy("States, organisations, people"),
    "place-list": gettext_lazy("Places"),
    "theme-list": gettext_lazy("Themes"),
    "source-list": gettext_lazy("Bibliography"),
    "assessment-list": gettext_lazy("Assessments"),
    "dossier-list": gettext_lazy("Dossiers"),
    "meeting-list": gettext_lazy("Who met whom"),
    "timeline": gettext_lazy("Timeline"),
    "map": gettext_lazy("Map"),
    "networks": gettext_lazy("Networks"),
    "coverage": gettext_lazy("What is covered, and what is not"),
    "about": gettext_lazy("About and editorial policy"),
}


@dataclass(frozen=True)
class Card:
    """What is written on a card."""

    kicker: str
    date: str
    title: str
    foot: str


def of(record: Record) -> Card:
    """The card of a record, in the reader's language."""
    date = next((value for name in ("date", "signed", "life", "issued") if (value := getattr(record, name, None))), "")
    kind = record.get_kind_display() if hasattr(record, "get_kind_display") else record._meta.verbose_name
    place = getattr(record, "place", None)
    foot = place.local_title if place and place.is_public else ""
    title = record.local_title if written(record.local_title) else record.title
    return Card(capfirst(str(kind)), str(date), title, foot if written(foot) else "")


def written(text: str) -> bool:
    """Whether the fonts have every character of a text."""
    face = _face(text)
    return all(_has(face, letter) for letter in text)


def _face(text: str) -> str:
    return "zh" if any(ord(letter) > 0x2E00 for letter in text) else "latin"


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(Path(__file__).parent / f"fonts/serif-{face}.otf", size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has(face: str, letter: str) -> bool:
    """Whether a font has a character: one that it lacks is drawn like one that no font has."""
    font = _font(face, 20)
    return letter.isspace() or bytes(font.getmask(letter)) != bytes(font.getmask("\ue000"))


def _shown(text: str, face: str) -> str:
    """A text in the characters of a font: a letter with a mark that it lacks without the mark, what it lacks altogether not at all."""
    bare = (letter if _has(face, letter) else unicodedata.normalize("NFD", letter)[0] for letter in text)
    return "".join(letter for letter in bare if _has(face, letter))


def wrapped(text: str, face: str, size: int, width: int) -> list[str]:
    """A text in lines that fit: broken between words, or, in Chinese, between characters."""
    font, lines = _font(face, size), [""]
    pieces = list(text) if face == "zh" else [f"{word} " for word in text.split()]
    for piece in pieces:
        if lines[-1] and piece not in NOT_AT_START and font.getlength((lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def draw(card: Card) -> bytes:
    """The card as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    _mark(pen)
    _line(pen, (LEFT + 92, TOP - 43), "sinorus", 44, INK)
    face, size, lines = _fitted(card.title)
    height = round(size * LEADING)
    top = TOP + 130 + (ROOM - height * len(lines)) // 2
    _line(pen, (LEFT, top - 62), " · ".join(filter(None, (card.kicker, card.date))), 32, MUTED)
    for number, line in enumerate(lines):
        _line(pen, (LEFT, top + number * height), line, size, INK, face)
    pen.line((LEFT, BOTTOM - 26, RIGHT, BOTTOM - 26), RULE, 2)
    _line(pen, (LEFT, BOTTOM - 8), card.foot or _("Chinese–Russian relations, dated and sourced"), 28, MUTED)
    out = io.BytesIO()
    image.quantize(32, Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


def _fitted(title: str) -> tuple[str, int, list[str]]:
    face = _face(title)
    title = _shown(title, face)
    for size in SIZES:
        lines = wrapped(title, face, size, RIGHT - LEFT)
        if len(lines) * round(size * LEADING) <= ROOM:
            return face, size, lines
    most = ROOM // round(SIZES[-1] * LEADING)
    return face, SIZES[-1], [*lines[: most - 1], f"{lines[most - 1].rstrip(' ,.;:，。')} …"]


def _line(pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, ink: str, face: str = "") -> None:
    face = face or _face(text)
    pen.text(at, _shown(text, face), ink, _font(face, size))


def _mark(pen: ImageDraw.ImageDraw) -> None:
    """The square, the line and the disc of the masthead."""
    pen.rectangle((LEFT, TOP - 24, LEFT + 28, TOP + 4), CINNABAR)
    pen.line((LEFT + 38, TOP - 28, LEFT + 38, TOP + 8), INK, 2)
    pen.ellipse((LEFT + 48, TOP - 25, LEFT + 77, TOP + 4), LAPIS)


def types() -> dict[str, type[Record]]:
    """Record types by the name that stands in addresses of cards."""
    return {model._meta.model_name: model for model in record_models().values()}


@require_safe
def record_card(request: HttpRequest, type_name: str, slug: str) -> HttpResponse:
    """The card of a published record."""
    model: Any = types().get(type_name)
    if model is None:
        raise Http404
    related = [field.name for field in model._meta.fields if field.name == "place" and issubclass(field.related_model, Model)]
    return _answer(request, of(get_object_or_404(model.objects.public().select_related(*related), slug=slug)))


@require_safe
def page_card(request: HttpRequest, name: str) -> HttpResponse:
    """The card of a page."""
    if name not in PAGES:
        raise Http404
    return _answer(request, Card("", "", str(PAGES[name]), ""))


def _answer(request: HttpRequest, card: Card) -> HttpResponse:
    """A card, drawn once for an edition, a version and a language."""
    key = f"card:{getattr(request, 'edition', 0)}:{settings.VERSION}:{get_language()}:{request.path}"
    picture = kept.get(key)
    if picture is None:
        picture = draw(card)
        kept.set(key, picture, KEPT)
    response = HttpResponse(picture, content_type="image/png")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is made to be shown elsewhere
    return response
