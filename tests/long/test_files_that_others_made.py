"""Tables that nobody here wrote, in the dry run of the import: each is read or refused with a reason, and nothing of it is written.

Wants a folder of CSV, XLSX or JSON files, which SAMPLES names.
"""

from __future__ import annotations

import os
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sinorus.desk import jobs
from sinorus.desk.models import Import
from sinorus.desk.shape import TABLES
from sinorus.desk.tables import FORMATS
from tests.desk.test_importing_in_the_admin import importer, page, upload  # noqa: F401

#: The examples of the docs: each fits one file that is about, and is told of any other what it lacks.
MAPPINGS = {path.name: path.read_bytes() for path in sorted((Path(settings.BASE_DIR) / "docs/mappings").glob("*.yaml"))}

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def samples() -> list[Path]:
    folder = os.environ.get("SAMPLES", "")
    found = [path for path in sorted(Path(folder).iterdir()) if path.suffix.lower()[1:] in FORMATS] if folder else []
    if not found:
        pytest.fail(f"SAMPLES names no folder with tables of somebody else: {', '.join(FORMATS)}")
    return found


def rows() -> Counter[str]:
    return Counter({name: type_.model._default_manager.count() for name, type_ in TABLES.items()})


def test_each_is_read_or_refused(world: Any, importer: Client, samples: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(jobs, "AT_ONCE", 10**9)  # here and not in a process of its own
    User.objects.filter(username="editor").update(is_superuser=True)  # so that no file is refused for want of a right
    before = rows()
    for path, how in product(samples, (*TABLES, *MAPPINGS)):
        number = Import.objects.count()
        asked = {"records": how} if how in TABLES else {"records": "", "mapping_file": SimpleUploadedFile("m.yaml", MAPPINGS[how])}
        answer = upload(importer, path.read_bytes(), path.name, **asked)
        assert answer.status_code == 200, (path.name, how)
        if Import.objects.count() == number:
            assert "errorlist" in page(answer), (path.name, how)
            print(path.name, how, "refused by the form")
            continue
        job = Import.objects.order_by("-pk")[0]
        troubles = job.report["troubles"]
        assert job.state == (Import.State.REFUSED if troubles else Import.State.CHECKED), (path.name, how)
        assert all(message for _row, _column, message in troubles), (path.name, how)
        print(path.name, how, job.state, job.report.get("encoding"), job.report["counts"], len(troubles), troubles[:1])
    assert rows() == before
