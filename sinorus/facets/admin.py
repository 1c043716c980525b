"""The public facets as the editors' sidebar: the same FilterSet, asked of all records instead of the public ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from .filters import Facet
from .filtersets import Counted, FacetedFilterSet

OWN = ("q", "o", "p", "e", "status__exact", "queue")  # parameters of the changelist itself


class _Bridge(admin.ListFilter):
    """What the two kinds of sidebar boxes share: the question, asked once a request."""

    filterset_class: type[FacetedFilterSet]
    title = _("Question")

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: type[Model], model_admin: admin.ModelAdmin) -> None:
        super().__init__(request, params, model, model_admin)
        kept = [name for name in ("q", "o", "status__exact", "queue") if name not in self.filterset_class.get_filters()]
        self.kept = urlencode([(name, value) for name in kept for value in request.GET.getlist(name)])
        if not hasattr(request, "_question"):
            question = self.filterset_class(request.GET, model_admin.get_queryset(request), also=OWN, request=request)
            if question.errors or question.unknown:
                raise IncorrectLookupParameters(question.errors or question.unknown)
            request._question = question
        self.question: FacetedFilterSet = request._question
        for name in self.expected_parameters():
            params.pop(name, None)

    def expected_parameters(self) -> list[str]:
        return list(self.filterset_class.get_filters())

    def link(self, query: str) -> str:
        return "?" + "&".join(part for part in (query, self.kept) if part)


class QuestionFilter(_Bridge):
    """Applies the whole question, and shows its parts, each with a link that drops it."""

    def has_output(self) -> bool:
        return bool(self.question.pairs())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(pk__in=self.question.narrowed().values("pk"))

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        for chip in self.question.chips():
            yield {"selected": True, "query_string": self.link(chip.query), "display": f"{chip.label}: {chip.value} ✕"}


class FacetFilter(_Bridge):
    """Shows one facet with its counts; the question is applied by QuestionFilter."""

    name: str

    def has_output(self) -> bool:
        return bool(self.counted and self.counted.buckets)

    @property
    def counted(self) -> Counted | None:
        if not hasattr(self.request, "_facets"):
            self.request._facets = {facet.name: facet for facet in self.question.facets()}
        return self.request._facets.get(self.name)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        chosen = any(bucket.selected for bucket in self.counted.buckets)
        yield {
            "selected": not chosen,
            "query_string": self.link(self.question.canonical(page=None, **{self.name: []})),
            "display": _("All"),
        }
        for bucket in self.counted.buckets:
            yield {"selected": bucket.selected, "query_string": self.link(bucket.query), "display": f"{bucket.label} ({bucket.count})"}


def facet_filters(filterset_class: type[FacetedFilterSet]) -> list[type[admin.ListFilter]]:
    """``list_filter`` of an admin: the question, then a box for each facet."""
    boxes = [
        type(f"{name.title()}Filter", (FacetFilter,), {"filterset_class": filterset_class, "name": name, "title": facet.label})
        for name, facet in filterset_class.get_filters().items()
        if isinstance(facet, Facet)
    ]
    return [type("Question", (QuestionFilter,), {"filterset_class": filterset_class}), *boxes]
