"""The forms in which records are told: one registry for the list of a question and for a single record.

A record type names its forms once, as ``forms`` of its list view; routes, links on pages and tests follow from that.
A form is a suffix, a media type and a writer: a function from a `Telling` to text. The same writer serves the list
(``/events.bib``) and the record (``/events/<slug>.bib``), which is a list of one.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import urlencode
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from rest_framework.serializers import Serializer

from . import snapshot
from .fields import OnceField, one_of, read_day
from .filtersets import FacetedFilterSet
from .gathering import Gathering
from .kept import CHUNK, MOST, tell, tell_long, variant
from .snapshot import Snapshot
from .templatetags.addresses import plain

PIECE = 1 << 16  # bytes that are sent at once
FEW = MOST // 10  # records that are told in one piece, and of each of which what is told is kept


class Options(forms.Form):
    """Parameters that a form of a list has beside those of the question."""

    @property
    def problems(self) -> list[dict[str, Any]]:
        """What is wrong with them, as errors of a problem document."""
        allowed = {name: one.allowed() if hasattr(one, "allowed") else [] for name, one in self.fields.items()}
        return [{"name": name, "message": " ".join(messages), "allowed": allowed[name]} for name, messages in self.errors.items()]


class RecordOptions(Options):
    """The parameters of a single record in any form; others are refused, as those of a list are."""

    known: tuple[str, ...] = ()  # names that are allowed, where they are not those of the fields

    lang = OnceField(read=one_of("en", "zh", "ru"), allowed=["en", "zh", "ru"], initial="en", required=False)
    as_of = OnceField(read=read_day, required=False)

    @property
    def problems(self) -> list[dict[str, Any]]:
        known, message = list(self.known or self.fields), _("There is no parameter of this name.")
        unknown = [{"name": name[:80], "message": message, "allowed": known} for name in sorted(set(self.data) - set(known))[:20]]
        return super().problems + unknown


class View(Protocol):
    """What a form needs to know of the view that it is asked of."""

    request: HttpRequest
    serializer_class: Any
    heading: Any


@dataclass(frozen=True)
class Telling:
    """Some records, and what is said above them all.

    ``question`` asks for the records; where it is None, they are ``given``, each with everything of ``for_page``. ``page`` is
    the address of the same for readers.
    """

    request: HttpRequest
    given: Sequence[Any]
    serializer_class: Any
    heading: str
    page: str
    name: str
    question: FacetedFilterSet | None = None
    sentence: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    view: Any = None
    read: Snapshot | None = None  # what is read when the question is asked

    @classmethod
    def of_question(cls, view: View, question: FacetedFilterSet, options: dict[str, Any]) -> Telling:
        """The whole result of a question."""
        request, query = view.request, question.canonical(page=None, page_size=None)
        page = request.build_absolute_uri(in_language(request.path.rsplit(".", 1)[0] + "/")) + (f"?{query}" if query else "")
        return cls(
            request,
            (),
            view.serializer_class,
            str(view.heading),
            page,
            plain(request.path).strip("/").rsplit(".", 1)[0].replace("/", "-"),
            question,
            question.describe(),
            options,
            view,
            snapshot.current(),
        )

    @classmethod
    def of_record(cls, view: View, record: Any, options: dict[str, Any]) -> Telling:
        """One record, as its page shows it."""
        page = view.request.build_absolute_uri(in_language(record.get_absolute_url()))
        return cls(view.request, [record], view.serializer_class, record.local_title, page, record.slug, options=options, view=view)

    @property
    def edition(self) -> int:
        return getattr(self.request, "edition", 0)

    @property
    def language(self) -> str:
        """The language of words: en, zh or ru."""
        return (get_language() or "en")[:2]

    @property
    def title(self) -> str:
        """What is told, in words: "Chronicle: State: China; from 1996"."""
        return f"{self.heading}: {self.sentence}" if self.sentence else self.heading

    @cached_property
    def serializer(self) -> Serializer:
        context = self.question.context() if self.question else {}
        return self.serializer_class(context={"request": self.request} | context)

    def page_of(self, record: Any) -> str:
        """The address of a record's page in the language of the answer."""
        return self.request.build_absolute_uri(in_language(record.get_absolute_url()))

    @cached_property
    def keys(self) -> Sequence[int]:
        """The primary keys of what a question asks for, read at once: they are those of the edition that the answer names."""
        return keys_of(self.question) if self.question else ()

    @property
    def few(self) -> bool:
        """Whether all of it is made while the edition is read, and then sent in one piece."""
        return len(self.keys) <= FEW

    @property
    def source(self) -> Iterable[Any]:
        """The records, each with everything of ``for_page`` and to be used before the next is asked for."""
        return _in_chunks(self.keys, Gathering(self.question.queryset.model)) if self.question else self.given

    def each(self, form: Hashable, make: Callable[[Any], Any]) -> Iterable[Any]:
        """What ``make`` tells of each record, in order; of few it is kept, by ``form``: no number of the edition may stand in it."""
        question = self.question
        if question is None:
            return (make(record) for record in self.given)
        told, gathering = variant(self.request, form, tuple(question.context().items()), ()), Gathering(question.queryset.model)

        def made(keys: Sequence[int]) -> dict[int, Any]:
            return {record.pk: make(record) for record in _in_chunks(keys, gathering)}

        return tell(gathering.model, self.keys, told, made) if self.few else tell_long(self.read, gathering.model, self.keys, told, made)

    def told(self) -> Iterable[dict[str, Any]]:
        """Every record as the API tells it."""
        return self.each(self.serializer_class, self.serializer.to_representation)

    def header(self) -> list[str]:
        """Lines for forms that have comments: what was asked, the edition, where it stands, the licence."""
        edition = _("edition %(number)s") % {"number": self.edition}
        return [f"sinorus, {edition}", self.title, self.page, f"{settings.LICENCE['name']}, {settings.LICENCE['url']}"]


def records(question: FacetedFilterSet) -> Iterator[Any]:
    """Every record asked for, in order, with everything of ``for_page``.

    The keys are read at once; the records are fetched some hundred at a time: no cursor and no transaction stays open for a
    slow reader. What is withdrawn meanwhile is left out.
    """
    return _in_chunks(keys_of(question), Gathering(question.queryset.model))


def keys_of(question: FacetedFilterSet) -> Sequence[int]:
    """The primary keys of all that is asked for, in order."""
    return array("q", question.counter.keys(question, 0, sys.maxsize))


def _in_chunks(keys: Sequence[int], gathering: Gathering) -> Iterator[Any]:
    """The records, each to be used before the next is asked for.

    A record and its parts point at each other, and such circles wait for Python's collector, which comes the later the more
    there is; so each is emptied when it is done with, and memory stays where it was.
    """
    public = gathering.model._default_manager.public()
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        found = {record.pk: record for record in gathering.fetch(public.filter(pk__in=chunk).for_page().order_by())}
        for key in chunk:
            if record := found.pop(key, None):
                yield record
                record.__dict__.clear()


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form that records are told in.

    ``suffix`` ends the address ("csl.json"), ``name`` is what readers call it, ``write`` yields text or bytes. ``of_lists``
    and ``of_records`` say where it is offered; ``options`` are the parameters that only it has.
    """

    suffix: str
    name: str
    content_type: str
    write: Callable[[Telling], Iterable[str | bytes]]
    of_lists: bool = True
    of_records: bool = True
    options: type[Options] = Options
    record_options: type[RecordOptions] = RecordOptions

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0]

    @property
    def parameters(self) -> list[str]:
        """Names of its own parameters."""
        return list(self.options.base_fields)

    def answer(self, telling: Telling) -> HttpResponseBase:
        """All of it as an answer: in one piece, or streamed where it is long."""
        parts = self.write(telling)
        if telling.few:
            whole = b"".join(part.encode() if isinstance(part, str) else part for part in parts)
            response: HttpResponseBase = HttpResponse(whole, content_type=self.content_type)
        else:
            response = StreamingHttpResponse(_speaking(parts), content_type=self.content_type)
        return self.labelled(response, telling)

    def labelled(self, response: HttpResponseBase, telling: Telling) -> HttpResponseBase:
        """Headers that say what this is: a name to keep it under, the page, the licence, the question in words."""
        named = f"sinorus-{telling.name}" + (f"-edition-{telling.edition}" if telling.question else "")
        response["Content-Disposition"] = f'inline; filename="{named}.{self.suffix}"'
        response["Link"] = f'<{telling.page}>; rel="alternate"; type="text/html", <{settings.LICENCE["url"]}>; rel="license"'
        response["X-Question"] = urlencode({"": telling.title})[1:].replace("+", "%20")
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link, X-Edition, X-Question"
        return response


def _speaking(parts: Iterable[str | bytes]) -> Iterator[bytes]:
    """A stream in pieces of some size, each made in the language of the request, which is over by then.

    A record by itself is small: to send each alone takes longer than to tell it from what is kept, and packs badly.
    """
    language, rest = get_language(), iter(parts)
    return iter(lambda: _piece(rest, language), b"")


def _piece(parts: Iterator[str | bytes], language: str | None) -> bytes:
    found, size = [], 0
    with override(language):
        for part in parts:
            found.append(part.encode() if isinstance(part, str) else part)
            size += len(found[-1])
            if size >= PIECE:
                break
    return b"".join(found)


def in_language(address: str) -> str:
    """The address of a page in the language of the answer, from a data form, which has none in its own."""
    code = (get_language() or "en")[:2]
    return address if code == "en" else f"/{code}{plain(address)}"
