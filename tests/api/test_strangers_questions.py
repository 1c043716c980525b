"""Schemathesis finds nothing: whatever the schema allows, and what it does not, is answered as the schema says, under all checks."""

from __future__ import annotations

import pytest
import schemathesis
from schemathesis.generation import GenerationMode

from tests.api import contract
from tests.records import small_world

pytestmark = pytest.mark.once

assert schemathesis  # so that this file is left out, loudly, where it is not installed


@pytest.mark.django_db(transaction=True)
def test_every_operation_keeps_its_contract() -> None:
    small_world()  # committed, since the server answers from a connection of its own
    assert contract.check(examples=25, of_the_same=10) > 400
    assert contract.check(examples=8, of_the_same=2, mode=GenerationMode.NEGATIVE) > 100
