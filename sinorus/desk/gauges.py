"""How long the queues of the desk are, for the metrics."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count

from sinorus.operations.gauges import Labels, gauge

from .models import Import, Report


@gauge("sinorus_reports", "Readers' reports by state; new and in-hand wait for an answer.")
def reports() -> Mapping[Labels, float]:
    return _by_state(Report)


@gauge("sinorus_imports", "Imports by state; waiting has not been looked at, checked not been agreed to.")
def imports() -> Mapping[Labels, float]:
    return _by_state(Import)


def _by_state(model: type[Report] | type[Import]) -> Mapping[Labels, float]:
    counted = dict(model._default_manager.values_list("state").annotate(Count("pk")).order_by())
    return {(("state", state),): counted.get(state, 0) for state in model.State.values}
