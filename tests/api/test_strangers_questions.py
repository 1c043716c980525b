"""Schemathesis finds nothing: whatever the schema allows is answered as the schema says, under all checks."""

from __future__ import annotations

import pytest
import schemathesis

from tests.api import contract

pytestmark = pytest.mark.once

assert schemathesis  # so that this file is left out, loudly, where it is not installed


@pytest.mark.django_db(transaction=True)
def test_every_operation_keeps_its_contract() -> None:
    contract.check(examples=25, of_the_same=10)
