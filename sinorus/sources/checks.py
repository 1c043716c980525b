"""Whether the bibliography holds a text twice, or a locator that leads to nothing by itself.

Run by ``manage.py check --database default``, and by ``migrate``. Each finding is a warning: two texts may share a title and a day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from sinorus.search.fold import fold

from .models import Assessment, Evidence, Source

#: Words that lead from one note to the one before it, which on a page of its own there is not.
IBID: Final = re.compile(r"\b(?:ibid|ibidem|idem|op\. ?cit|loc\. ?cit|там же|указ\. соч)\b|同上", re.IGNORECASE)
_SIGNS = re.compile(r"[^\w]+")


@register(Tags.database)
def check_bibliography(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Sources that seem to be one, and locators that name another note; drafts included."""
    if not databases:
        return []
    try:
        return [*_twice(), *_ibid()]
    except DatabaseError:
        return []  # The tables are not there yet, or not yet as the models say.


def _twice() -> Iterator[CheckMessage]:
    sources = list(Source.objects.order_by("pk"))
    by_address = _alike((source, same_address(source.url)) for source in sources)
    seen = {frozenset(one.pk for one in some) for some in by_address}
    for some in by_address:
        yield _warning(1, some, "have the same address")
    by_title = _alike(
        (source, (same_title(source), source.issued_edtf, fold(source.container))) for source in sources if source.issued_edtf
    )
    for some in by_title:
        if frozenset(one.pk for one in some) not in seen:
            yield _warning(2, some, "have the same title, date and container")


def _alike(keyed: Iterable[tuple[Source, Any]]) -> list[list[Source]]:
    """Groups of sources with the same key."""
    groups: dict[Any, list[Source]] = defaultdict(list)
    for source, key in keyed:
        if key:
            groups[key].append(source)
    return [some for some in groups.values() if len(some) > 1]


def same_address(url: str) -> str:
    """An address without what does not change where it leads: scheme, "www.", a slash at the end, a fragment, escapes."""
    parts = urlsplit(url)
    if not parts.hostname:
        return ""
    query = f"?{unquote(parts.query)}" if parts.query else ""
    return f"{parts.hostname.removeprefix('www.')}{unquote(parts.path).rstrip('/')}{query}"


def same_title(source: Source) -> str:
    """The title as printed, without case, accents, spaces and punctuation, in simplified characters."""
    return _SIGNS.sub("", fold(source.original_title or source.title))


def _ibid() -> Iterator[CheckMessage]:
    for model in [*_evidence(), Assessment]:
        for row in model._default_manager.exclude(locator="").select_related("source"):
            if IBID.search(row.locator):
                yield Warning(
                    f"The locator “{row.locator}” leads to another note.",
                    hint="Name the page, article or paragraph itself.",
                    obj=row,
                    id="sinorus.W053",
                )


def _evidence() -> list[type[Any]]:
    """The concrete citations and accounts of every record type."""
    return [relation.related_model for relation in Source._meta.related_objects if issubclass(relation.related_model, Evidence)]


def _warning(number: int, some: list[Source], what: str) -> CheckMessage:
    names = ", ".join(source.slug for source in some)
    return Warning(
        f"Sources {names} {what}.",
        hint="If they are one text, cite one of them and delete the other.",
        obj=some[0],
        id=f"sinorus.W05{number}",
    )
