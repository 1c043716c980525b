"""The same as tests/api/test_strangers_questions.py, with eight times as many questions."""

from __future__ import annotations

import pytest
import schemathesis

from tests.api import contract

assert schemathesis


@pytest.mark.django_db(transaction=True)
def test_every_operation_keeps_its_contract_at_length() -> None:
    contract.check(examples=200)
