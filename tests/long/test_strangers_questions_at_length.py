"""The same as tests/api/test_strangers_questions.py with eight times as many questions, and those at the edges of the schema."""

from __future__ import annotations

import pytest
import schemathesis
from schemathesis.generation import GenerationMode

from tests.api import contract
from tests.records import small_world

assert schemathesis


@pytest.mark.django_db(transaction=True)
def test_every_operation_keeps_its_contract_at_length() -> None:
    small_world()
    asked = contract.check(examples=200) + contract.check(examples=200, mode=GenerationMode.NEGATIVE) + contract.check_edges()
    assert asked >= 12_000
