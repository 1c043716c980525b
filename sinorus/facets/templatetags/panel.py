"""The fieldsets of the filter form, drawn. In Python, since a list has some hundreds of values and a template takes ten times as long."""

from __future__ import annotations

from functools import cache, lru_cache
from html import escape

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .catalogue import Control, Group, Value, fallback_lang
from .histogram import pictured

register = template.Library()

MOST = 5_000  # values of a facet whose drawing is kept


@register.simple_tag(takes_context=True)
def fieldset(context: template.Context, group: Group) -> SafeString:
    """A facet with its values, the controls that change how it is read, and for the dates their histogram."""
    name, wrong = escape(group.name), bool(group.errors)
    own = "f-dates" if group.name == "dates" else f"f-{name}-set"
    described = f' aria-describedby="f-{name}-error"' if wrong else ""
    parts = [f'<fieldset class="facet facet-{name}{" wrong" if wrong else ""}" id="{own}"{described}>']
    if group.legend:
        parts.append(f"<legend>{escape(group.legend)}</legend>")
    if wrong:
        parts.append(f'<p class="error" id="f-{name}-error">{escape(" ".join(group.errors))}</p>')
    if group.shown:
        target = f' id="f-{name}" tabindex="-1"' if wrong else ""
        parts.append(f'<ul class="values"{target}>\n{_values(group.name, group.shown)}\n</ul>')
        parts += [_more(group)] if group.rest else []
        parts += [_every(name, group.every, get_language())] if group.multiple else []
    parts += [_control(control, get_language()) for control in group.controls]
    if group.name == "dates":
        parts.append(render_to_string("facets/_histogram.html", pictured(context["question"], context["list_url"])))
    return SafeString("\n".join([*parts, "</fieldset>"]))


@lru_cache(2_000)
def _control(control: Control, _language: str) -> str:
    return render_to_string("facets/_control.html", {"control": control}).strip()


def _more(group: Group) -> str:
    number = len(group.rest)
    said = escape(ngettext("%(count)s more", "%(count)s more", number) % {"count": number})
    summary = f'<summary>{said}<span class="visually-hidden"> ({escape(group.legend)})</span></summary>'
    values = f'<ul class="values">\n{_values(group.name, group.rest)}\n</ul>'
    return f'<details class="more" id="{escape(group.id)}-more">{summary}\n{values}\n</details>'


@lru_cache(1_000)
def _every(name: str, every: bool, _language: str) -> str:
    said = escape(_("Match all that are ticked"))
    box = f'<input type="checkbox" id="f-all-{name}" name="all" value="{name}"{" checked" if every else ""}>'
    return f'<p class="all-of"><label>{box} <span>{said}</span></label></p>'


def _values(name: str, some: list[Value]) -> str:
    drawn, found = _drawn(name, get_language()), []
    for id_, value, label, count, selected in some:
        known = drawn.get(value)
        if known is None or known[0] != (id_, label, selected):
            known = drawn[value] = (id_, label, selected), *_value(name, id_, value, label, selected)
        number = "" if count is None else f' <span class="value-count">{count}</span>'
        found.append(f"{known[1]}{number}{known[2]}")
    if len(drawn) > MOST:
        drawn.clear()
    return "\n".join(found)


@cache
def _drawn(_name: str, _language: str) -> dict[str, tuple[tuple[str, str, bool], str, str]]:
    """The values of a facet that were drawn last: the number alone changes from question to question."""
    return {}


def _value(name: str, id_: str, value: str, label: str, selected: bool) -> tuple[str, str]:
    """A value up to its number, and what follows."""
    lang = fallback_lang(label)
    checked = " checked" if selected else ""
    box = f'<input type="checkbox" id="{escape(id_)}" name="{escape(name)}" value="{escape(value)}"{checked}>'
    return f'<li><label>{box} <span class="value-label"{lang}>{escape(label)}</span>', "</label></li>"
