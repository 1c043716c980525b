"""The recipes in R work as they stand, with jsonlite, too. Debian: apt-get install r-base-core r-cran-jsonlite."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from tests import records as make
from tests.api.test_recipes_run import run


@pytest.mark.django_db(transaction=True)
def test_recipes_in_r(live_server: LiveServer, tmp_path: Path) -> None:
    make.small_world()
    told = run("list.R", live_server, tmp_path)
    assert "summit" in told, "the kinds of events by decade"
    assert "alliance-1950" in told, "the treaties, which jsonlite reads"
