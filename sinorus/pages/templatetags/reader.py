"""Small words of the reading pages."""

from __future__ import annotations

from django import template

from sinorus.publishing.models import Record

register = template.Library()


@register.filter
def record_type(record: Record) -> str:
    """What sort of record it is, for readers."""
    return str(record._meta.verbose_name).capitalize()
