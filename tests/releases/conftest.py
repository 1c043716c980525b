"""A release of the small world, drafts and hidden sources among it, made once for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from sinorus.publishing import editions
from sinorus.publishing.models import OldSlug
from sinorus.releases.make import make
from tests.test_public_boundary import hide_canaries


@pytest.fixture(scope="module")
def release(world: Any, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the release."""
    with django_db_blocker.unblock(), transaction.atomic():
        hide_canaries(world)
        OldSlug.objects.create(record_type="event", slug="once-called-so", record_id=world.visit_1996.pk)
        editions.raise_edition()
        yield make(tmp_path_factory.mktemp("releases"))
        transaction.set_rollback(True)
