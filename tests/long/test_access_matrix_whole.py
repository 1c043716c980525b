"""Every cell of tests/access_matrix.yaml: each route by each method as each role."""

from __future__ import annotations

import pytest

from tests.matrix import Entry, disagreements
from tests.roles import ROLES, Everybody

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
def test_every_cell(everybody: Everybody, matrix: list[Entry], role: str) -> None:
    assert "\n".join(disagreements(everybody, matrix, role, whole=True)) == ""
