"""From PostgreSQL to SQLite and back: every row with its history and accounts, by the same hash; numbers are never given again."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.often import AT_LENGTH
from tests.operations.sites import Site, drop, site_of_our_own

#: What is hard on the way: every control character but NUL, scripts, JSON within JSON, bytes, numbers with places, a number given out once.
HARD = r"""
from decimal import Decimal
from django.contrib.auth.models import User
from sinorus.desk.models import Import
from sinorus.publishing.models import OldSlug, Revision
from sinorus.vocab.models import Place
text = "".join(map(chr, range(1, 0x100))) + "中俄 Россия \U0001F600 \u2028 \ufeff"
user = User.objects.create_user("mover", "mover@example.org", "a-long-enough-word", is_staff=True)
OldSlug.objects.create(record_type="event", slug=text[:100], record_id=2**40)
Revision.objects.create(record_type="event", record_id=1, number=1, state="applied", status="published", why=text, by=user,
    document={"b": [1, None, True, 0.5, {"z": text, "a": -1}], "a": "", "": {}}, what=[text])
Import.objects.create(name="rows.json", content=bytes(range(256)), records="events", user=user)
Place.objects.update(latitude=Decimal("-0.000001"), longitude=Decimal("179.900000"))
OldSlug.objects.create(record_type="event", slug="gone", record_id=1).delete()
print(OldSlug.objects.order_by("-pk").values_list("pk", flat=True)[0])
"""
NEXT = 'from sinorus.publishing.models import OldSlug; print(OldSlug.objects.create(record_type="event", slug="next", record_id=1).pk)'
AFTER = f"from django.contrib.auth.models import User; {NEXT}; print(User.objects.get().check_password('a-long-enough-word'))"


def told(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text())


@pytest.mark.long
@pytest.mark.postgres
def test_there_and_back(tmp_path: Path, transactional_db: None) -> None:
    server, name = os.environ["DATABASE_URL"], f"moved_{os.getpid()}"
    (tmp_path / "file").mkdir()
    with site_of_our_own(tmp_path, name) as site:
        last = int(site.python(HARD))
        portable = site.backup("--portable")
        assert told(portable)["content"] != ""
        file = Site(tmp_path / "file")
        file.manage("restore", portable)
        moved = file.backup("--portable")
        assert told(moved)["content"] == told(portable)["content"]
        if AT_LENGTH:
            native = site.backup()
            assert told(native)["content"] == told(file.backup())["content"] == told(portable)["content"]
            assert "--portable" in file.manage("restore", native, "--yes", fails=True)
            assert file.manage("search_index", "--verify")
        assert int(file.python(NEXT)) == last + 2  # one was given out and is gone

        drop(server, name)
        site.manage("restore", moved)
        assert told(site.backup("--portable"))["content"] == told(portable)["content"]
        assert site.manage("search_index", "--verify")
        assert site.python(AFTER).split() == [str(last + 2), "True"]
