"""A timeline as SVG: inside its page, where style sheets give the inks, and as a file that stands alone.

Attributes and classes only, for the policy of the pages forbids styles in the markup. In Python, since there are some thousand
elements. Inside the page places are in percent and lengths of text in pixels, so that a wider window only gives more room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from .layout import AXIS, HEAD, ROW, SIZES, THICK, Layout, Mark

INKS = {"both": "#1d1b18", "chinese": "#a8321f", "russian": "#1f4f8f"}
COLOURS = {"label": "#1d1b18", "muted": "#5f594f", "rule": "#b9b09e", "paper": "#fbf9f4"}
SANS = "Liberation Sans, Noto Sans, Noto Sans CJK SC, Arial, sans-serif"
FADES = {"in": ((0, 0.05), (1, 0.9)), "out": ((0, 0.9), (1, 0.05)), "maybe": ((0, 0.12), (0.5, 0.75), (1, 0.12))}


@dataclass(frozen=True)
class Dress:
    """How a place and an ink are written: for the page in percent and classes, for the file in pixels and colours."""

    x: Callable[[float], str]
    alone: bool

    def ink(self, name: str, kind: str = "fill") -> str:
        colour = INKS.get(name) or COLOURS[name]
        return f'{kind}="{colour}"' if self.alone else f'class="{"ink" if name in INKS else "tone"}-{name}"'


def page_dress(width: float) -> Dress:
    return Dress(lambda x: f"{x * 100 / width:.3f}%", alone=False)


FILE_DRESS = Dress(lambda x: f"{x:.1f}", alone=True)


def fades(dress: Dress) -> str:
    """The gradients that soften an edge where a date is imprecise, for each ink."""
    found = []
    for ink, colour in INKS.items():
        own = f' stop-color="{colour}"' if dress.alone else f' class="stop-{ink}"'
        for name, stops in FADES.items():
            inside = "".join(f'<stop offset="{offset}" stop-opacity="{opacity}"{own}/>' for offset, opacity in stops)
            found.append(f'<linearGradient id="{name}-{ink}">{inside}</linearGradient>')
    return f"<defs>{''.join(found)}</defs>"


def draw(layout: Layout, dress: Dress, *, links: bool = True) -> SafeString:
    """What is inside the picture."""
    parts = [fades(dress), *_ground(layout, dress)]
    for mark in layout.marks:
        inside = "".join(_mark(mark, layout.axis.width, dress))
        title = f"<title>{escape(f'{mark.item.when}: {mark.item.record.local_title}')}</title>"
        href = escape(mark.item.record.get_absolute_url())
        parts.append(f'<a href="{href}" tabindex="-1">{title}{inside}</a>' if links else f"<g>{title}{inside}</g>")
    anchor = f'text-anchor="middle" {dress.ink("muted")}'
    parts += [f'<text x="{dress.x(more.x)}" y="{more.y + 16}" {anchor}>+{more.count}</text>' for more in layout.more]
    return SafeString("".join(parts))


def _ground(layout: Layout, dress: Dress) -> Iterator[str]:
    """The years, and the names of the lanes."""
    line, muted = dress.ink("rule", "stroke"), dress.ink("muted")
    for x, year in layout.axis.ticks(64 if dress.alone else 150):  # in the page they must keep apart in narrow windows too
        at = dress.x(x)
        yield f'<line x1="{at}" x2="{at}" y1="{AXIS - 6}" y2="{layout.height}" {line} stroke-opacity="0.5"/>'
        yield f'<text x="{at}" dx="4" y="{AXIS - 10}" {muted}>{year}</text>'
    for lane in layout.lanes:
        yield f'<line x1="0" x2="{dress.x(layout.axis.width)}" y1="{lane.top}" y2="{lane.top}" {line}/>'
        yield f'<text x="0" y="{lane.top + HEAD - 7}" {muted} font-weight="600">{escape(lane.name)}</text>'


def _mark(mark: Mark, width: float, dress: Dress) -> Iterator[str]:
    ink, weight = mark.item.ink, mark.item.weight
    if mark.is_day:
        yield _day(mark, width, dress)
    else:
        y, height = mark.y + ROW - 7, THICK[weight]
        sure = mark.begun <= mark.ending
        stretches = [
            (mark.x, mark.begun if sure else mark.end, "in" if sure else "maybe"),
            (mark.begun, mark.ending, ""),
            (mark.ending, mark.end, "out"),
        ][: 3 if sure else 1]
        for start, end, fade in stretches:
            left, right = max(start, 0.0), min(end, width)
            if right > left or (not fade and right == left):
                fill = f'fill="url(#{fade}-{ink})"' if fade else dress.ink(ink)
                yield f'<rect x="{dress.x(left)}" y="{y}" width="{dress.x(max(right - left, 1))}" height="{height}" {fill}/>'
    if mark.label:
        y = mark.y + (16 if mark.is_day else 13)
        lang = escape(mark.item.record.local_title_language)
        yield f'<text x="{dress.x(mark.label_x)}" y="{y}" lang="{lang}" {dress.ink("label")}>{escape(mark.label)}</text>'


def _day(mark: Mark, width: float, dress: Dress) -> str:
    """A day, or days too few to be a bar: a square of the Chinese side, a disc of the Russian, a lozenge of both; pale if imprecise."""
    size, y = SIZES[mark.item.weight], mark.y + ROW / 2 - 1
    soft = ' fill-opacity="0.45"' if mark.item.when.is_imprecise else ""
    ink, at = dress.ink(mark.item.ink), max(0.0, min(mark.x, width - size * 1.2))  # whole, at the edge too
    if mark.item.ink == "russian":
        return f'<circle cx="{dress.x(at + size / 2)}" cy="{y}" r="{size / 2}" {ink}{soft}/>'
    half = size / 2 if mark.item.ink == "chinese" else size * 0.58
    corner = "" if mark.item.ink == "chinese" else f' rx="{half * 0.45:.1f}"'
    return f'<rect x="{dress.x(at)}" y="{y - half}" width="{2 * half:.1f}" height="{2 * half:.1f}"{corner} {ink}{soft}/>'


def as_file(layout: Layout, title: str, lines: list[str]) -> str:
    """The picture as a document of its own: title above, who says so below."""
    width, head = int(layout.axis.width), 56
    height = layout.height + head + 20 * len(lines) + 24
    foot = "".join(
        f'<text x="24" y="{layout.height + head + 20 * (number + 1)}" fill="{COLOURS["muted"]}" font-size="12">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width + 48}" height="{height}" viewBox="0 0 {width + 48} {height}" '
        f'font-family="{SANS}" font-size="14"><title>{escape(title)}</title>'
        f'<rect width="{width + 48}" height="{height}" fill="{COLOURS["paper"]}"/>'
        f'<text x="24" y="34" font-size="20" fill="{COLOURS["label"]}">{escape(title)}</text>'
        f'<g transform="translate(24 {head})">{draw(layout, FILE_DRESS, links=False)}</g>{foot}</svg>\n'
    )
