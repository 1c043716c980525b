"""An edition is raised inside the transaction that it belongs to."""

from __future__ import annotations

import pytest

from sinorus.publishing import editions


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_refuses() -> None:
    with pytest.raises(RuntimeError):
        editions.raise_edition()
