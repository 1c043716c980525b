"""Questions about the vocabulary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Self

from django.db.models import Prefetch

from sinorus.publishing.querysets import RecordQuerySet


def closure(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """Each ancestor with all that stands below it, itself included, from (ancestor, descendant) pairs.

    Loops in the pairs, which bad data may hold, do no harm.
    """
    below: dict[int, set[int]] = defaultdict(set)
    for upper, lower in pairs:
        below[upper].add(lower)
    families = {}
    for upper in below:
        found, todo = {upper}, [upper]
        while todo:
            new = below.get(todo.pop(), set()) - found
            found |= new
            todo.extend(new)
        families[upper] = found
    return families


def _public(model: Any, name: str) -> Prefetch:
    """Evidence lives in a package above this one; its own queryset says what of it is public."""
    return Prefetch(name, model._meta.get_field(name).related_model.objects.public(), to_attr=f"public_{name}")


class ThemedQuerySet(RecordQuerySet):
    """Questions about records that stand under themes."""

    def with_themes(self) -> Self:
        from .models import Theme

        return self.prefetch_related(Prefetch("themes", Theme.objects.public().by_title(), to_attr="public_themes"))

    def for_feed(self) -> Self:
        """With what an entry of a feed tells beside the record itself: its themes."""
        return self.with_themes()


class ActorQuerySet(RecordQuerySet):
    """Questions about actors."""

    def states(self) -> Self:
        return self.filter(kind="state")

    def people(self) -> Self:
        return self.filter(kind="person")

    def organisations(self) -> Self:
        return self.filter(kind="organisation")

    def for_list(self) -> Self:
        return self.prefetch_related("offices__of")

    def for_page(self) -> Self:
        from .models import Succession

        return self.prefetch_related(
            "names",
            "offices__of",
            _public(self.model, "citations"),
            Prefetch("succeeds_links", Succession.objects.public().select_related("predecessor")),
            Prefetch("succeeded_by_links", Succession.objects.public().select_related("successor")),
        )

    def lineages(self) -> dict[int, set[int]]:
        """Each actor that succeeded others, by primary key, with all those it stands for (itself included)."""
        from .models import Succession

        return closure(Succession.objects.public().values_list("successor_id", "predecessor_id"))


class SuccessionQuerySet(RecordQuerySet):
    """Successions have no status of their own: both actors must be public."""

    def public(self) -> Self:
        return self.filter(predecessor__status="published", successor__status="published")


class PlaceQuerySet(RecordQuerySet):
    """Questions about places."""

    def for_list(self) -> Self:
        return self.select_related("within")

    def for_page(self) -> Self:
        return self.select_related("within").prefetch_related("names", _public(self.model, "citations"))

    def regions(self) -> dict[int, set[int]]:
        """Each place that holds others, by primary key, with all those within it (itself included)."""
        return closure(self.model.objects.public().filter(within__isnull=False).values_list("within_id", "pk"))


class FormulaQuerySet(RecordQuerySet):
    """Questions about formulas."""

    def for_page(self) -> Self:
        return self.select_related("proposer").prefetch_related(*(_public(self.model, name) for name in ("citations", "accounts")))

    def by_title(self) -> Self:
        return self.order_by("position", "pk")
