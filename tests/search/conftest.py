"""The library, made once for a module; each test rolls back to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.search.library import library


@pytest.fixture(scope="module")
def _library(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        library()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def shelves(_library: None, db: None) -> None:
    """Some dozens of records, indexed."""
