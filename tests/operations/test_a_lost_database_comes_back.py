"""The drill: a backup while others write, the database lost, the backup restored; pages are the same, byte for byte."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.often import AT_LENGTH, often
from tests.operations.sites import Site, drop

pytestmark = pytest.mark.once

PATHS = ("/", "/events/", "/events/?q=Beijing", "/treaties/", "/timeline/", "/api/v1/events/", "/api/v1/events/facets/", "/api/v1/changes/")
#: Writes as long as it may; says which rows are committed.
WRITER = """
from sinorus.publishing.models import OldSlug
for number in range(1_000_000):
    OldSlug.objects.create(record_type="event", slug=f"once-{number}", record_id=1)
    print(number, flush=True)
"""


def answers(site: Site) -> dict[str, tuple]:
    """What the first pages answer, and the records that they lead to; at length two hundred of those that maps of the site name, too."""
    paths = {*PATHS}
    for path in PATHS[:4]:
        paths |= {one.decode() for one in re.findall(rb'href="(/(?:events|treaties|actors)/[a-z0-9-]+/)"', site.get(path)[2])}
    if AT_LENGTH:
        maps = b"".join(site.get(f"/sitemaps/{name}-1.xml")[2] for name in ("events", "treaties", "actors"))
        named = sorted({urlsplit(one.decode()).path for one in re.findall(rb"<loc>([^<]*)</loc>", maps)})
        paths |= {*named[:: len(named) // 200 or 1]}
    assert len(paths) > often(200, 12)
    found = {path: site.get(path) for path in sorted(paths)}
    assert {status for status, _headers, _body in found.values()} == {200}
    return {path: (headers.get("ETag"), headers["X-Edition"], body) for path, (_status, headers, body) in found.items()}


def lose(site: Site) -> None:
    """The database is gone; of SQLite the log stays behind, as it does when somebody removes what looks like the database."""
    if site.url:
        drop(f"{site.url.rpartition('/')[0]}/postgres", urlsplit(site.url).path[1:])
    else:
        log = Path(f"{site.file}-wal")
        kept = log.read_bytes() if log.exists() else b"\x37\x7f\x06\x82" + b"\0" * 60
        site.file.unlink()
        log.write_bytes(kept)


def test_the_same_pages_after_a_restore(site: Site) -> None:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "shell", "-v0", "-c", WRITER]
    if AT_LENGTH:
        site.manage("load_corpus", "--quiet")
    begun = site.rows("publishing_oldslug")
    acknowledged = site.folder / "acknowledged"
    with acknowledged.open("w") as said:
        writer = subprocess.Popen(command, env=site.environment, stdout=said)
    while (first := len(acknowledged.read_bytes().splitlines())) < 20:
        assert writer.poll() is None, "the writer has ended"
        time.sleep(0.05)
    while_written = site.backup()
    last = len(acknowledged.read_bytes().splitlines()) + 1
    writer.terminate()
    writer.wait()
    with site.serving():
        before = answers(site)
        assert "in use" in site.manage("restore", while_written, "--yes", fails=True)
        assert answers(site) == before
    quiet = site.backup()
    said, later = (json.loads((folder / "manifest.json").read_text()) for folder in (while_written, quiet))
    unsaid = later["records"]["publishing_oldslug"] - begun - len(acknowledged.read_bytes().splitlines())
    assert unsaid in (0, 1)  # the last may have been committed and not been said
    assert first <= said["records"]["publishing_oldslug"] - begun <= last
    lose(site)
    site.manage("restore", quiet)
    with site.serving():
        assert answers(site) == before
        assert site.get("/readyz")[0] == 200
    assert site.manage("search_index", "--verify")
    again = json.loads((site.backup() / "manifest.json").read_text())
    assert (again["content"], again["numbers"]) == (later["content"], later["numbers"])

    assert "Give --yes" in site.manage("restore", while_written, fails=True)
    site.manage("restore", while_written, "--yes")
    assert site.rows("publishing_oldslug") == said["records"]["publishing_oldslug"]


@pytest.mark.long
def test_an_edition_that_comes_again_is_not_taken_for_the_one_before(site: Site) -> None:
    """After a restore a number comes again with other content; what a cache holds under it is not confirmed."""
    backup = site.backup()
    change = (
        "from django.db import transaction; from sinorus.publishing.editions import raise_edition as up\nwith transaction.atomic(): up()"
    )
    tags = []
    for _round in range(2):
        site.python(change)
        with site.serving():
            status, headers, _body = site.get("/about/", **({"If-None-Match": tags[0][1]} if tags else {}))
        assert status == 200
        tags.append((headers["X-Edition"], headers["ETag"]))
        site.manage("restore", backup, "--yes")
    assert tags[0][0] == tags[1][0]
    assert tags[0][1] != tags[1][1]
