"""The Atom feed of a question: the same records in the same order as its page, with links to the pages after."""

from __future__ import annotations

import datetime
import re
from typing import Any, ClassVar, Final, NamedTuple

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .filtersets import FacetedFilterSet
from .forms import Form, Telling
from .kept import tell, variant
from .pages import page_of

#: What XML has no way to say; the desk refuses it, but a record may be older than that.
_UNSAYABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _said(told: dict[str, Any]) -> dict[str, Any]:
    """What is told in a feed, without what cannot be said there."""
    given = {name: [_UNSAYABLE.sub("", one) for one in value] if name == "categories" else value for name, value in told.items()}
    return {name: _UNSAYABLE.sub("", value) if isinstance(value, str) else value for name, value in given.items()}


class _PagedAtom(Atom1Feed):
    """Atom with links to the next and previous page (RFC 5005) and to the HTML page."""

    def write(self, outfile: Any, encoding: str) -> None:
        self.feed, self.items = _said(self.feed), [_said(item) for item in self.items]
        super().write(outfile, encoding)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item.get("content"):
            handler.addQuickElement("content", item["content"], {"type": "html"})

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for rel in ("next", "previous"):
            if href := self.feed[rel]:
                handler.addQuickElement("link", "", {"rel": rel, "href": href})

    def latest_post_date(self) -> datetime.datetime:
        """When the newest entry changed; an empty feed was never changed, rather than now, at every request anew."""
        return super().latest_post_date() if self.items else datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def _content(item: Any, date: Any) -> SafeString:
    """Everything that a reader of feeds gets without coming here: when, the summary, the text."""
    parts = [format_html("<p>{}</p>", text) for text in (date.text() if date else "", item.summary) if text]
    # body_html was sanitised when the record was saved.
    return SafeString("".join(parts) + getattr(item, "body_html", ""))


class Entry(NamedTuple):
    """What a feed tells of one record."""

    title: str
    link: str
    description: str
    content: SafeString
    guid: str
    updated: datetime.datetime
    published: datetime.datetime
    categories: list[str]


class CatalogueFeed(Feed):
    """Feed of one question, each entry with its whole text. Subclasses say what an entry is called and where the list stands."""

    feed_type = _PagedAtom
    heading: ClassVar[Any] = ""
    list_name: ClassVar[str] = ""

    def __init__(self, question: FacetedFilterSet) -> None:
        self.question = question

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.request = request
        return page_of(self.question, lambda records: records.for_feed())

    def title(self, page: Any) -> str:
        sentence = self.question.describe()
        return f"{self.heading}: {sentence}" if sentence else str(self.heading)

    def link(self, page: Any) -> str:
        query = page.query(page.number)
        return reverse(self.list_name) + (f"?{query}" if query else "")

    def feed_url(self, page: Any) -> str:
        return self._url(page.query(page.number))

    def feed_guid(self, page: Any) -> str:
        return self.request.build_absolute_uri(self._url(page.query(page.number)))

    def _url(self, query: str) -> str:
        return self.request.path + (f"?{query}" if query else "")

    def feed_extra_kwargs(self, page: Any) -> dict[str, Any]:
        links = {"next": page.next_query, "previous": page.previous_query}
        return {rel: None if query is None else self.request.build_absolute_uri(self._url(query)) for rel, query in links.items()}

    def items(self, page: Any) -> list[Entry]:
        records = page.records
        told = variant(self.request, type(self), self.question.dated)
        return tell(records.model, records.keys, told, lambda keys: {pk: self.entry(one) for pk, one in records.some(keys).items()})

    def entry(self, item: Any) -> Entry:
        """A record as an entry."""
        return Entry(
            title=item.local_title,
            link=item.get_absolute_url(),
            description=item.summary,
            content=_content(item, getattr(item, self.question.dated, None)),
            guid=self.by_name("by-id", item.PREFIX, item.pk),
            updated=item.updated,
            published=item.published or item.created,
            categories=[theme.title for theme in getattr(item, "public_themes", [])],
        )

    def by_name(self, name: str, *args: Any) -> str:
        """The whole address of a route."""
        return self.request.build_absolute_uri(reverse(name, args=args))

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_link(self, item: Entry) -> str:
        return item.link

    def item_description(self, item: Entry) -> str:
        return item.description

    def item_extra_kwargs(self, item: Entry) -> dict[str, Any]:
        return {"content": item.content}

    def item_guid(self, item: Entry) -> str:
        return item.guid

    def item_updateddate(self, item: Entry) -> datetime.datetime:
        return item.updated

    def item_pubdate(self, item: Entry) -> datetime.datetime:
        return item.published

    def item_categories(self, item: Entry) -> list[str]:
        return item.categories


class _FeedForm(Form):
    """The one form that comes in pages: those of the question."""

    def answer(self, telling: Telling) -> HttpResponseBase:
        return self.labelled(telling.view.feed_class(telling.question)(telling.request), telling)


ATOM = _FeedForm(suffix="atom", name="Atom", content_type="application/atom+xml; charset=utf-8", write=lambda telling: (), of_records=False)
