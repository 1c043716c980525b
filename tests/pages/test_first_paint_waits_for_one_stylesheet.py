"""Before its first word a page waits for itself and one stylesheet, which holds its parts whole and in their order."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.test import Client

from sinorus.pages.stylesheets import PART, StylesheetsStorage
from tests.records import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SOURCE = Path(settings.BASE_DIR, "static")
CSS = [f"css/{file.name}" for file in (SOURCE / "css").iterdir()] + ["favicon.svg"]


def collected(source: Path, into: Path) -> dict[str, str]:
    """Name → name with the hash, of stylesheets collected from a folder as ``collectstatic`` does."""
    storage = StylesheetsStorage(location=into, base_url="/static/")
    for name in CSS:
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / name, into / name)
    files = FileSystemStorage(location=source)
    return {name: hashed for name, hashed, _changed in storage.post_process({name: (files, name) for name in CSS})}


def rules(text: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))


def test_parts_stand_whole_and_in_order_in_one_file(tmp_path: Path) -> None:
    names = collected(SOURCE, tmp_path)
    served = (tmp_path / names["css/site.css"]).read_text()
    parts = PART.findall((SOURCE / "css/site.css").read_text())
    assert len(parts) > 5 and "@import" not in served
    assert rules(served) == "".join(rules((SOURCE / "css" / part).read_text()) for part in parts)
    assert (tmp_path / f"{names['css/site.css']}.gz").exists()


def test_a_change_of_a_part_changes_the_name_of_the_file(tmp_path: Path) -> None:
    source, into = tmp_path / "source", tmp_path / "into"
    shutil.copytree(SOURCE, source)
    before = collected(source, into)
    with (source / "css/tokens.css").open("a") as file:
        file.write(":root { --new: 1px; }\n")
    after = collected(source, into)
    assert before["css/site.css"] != after["css/site.css"] and before["css/print.css"] == after["css/print.css"]
    assert "--new: 1px" in (into / after["css/site.css"]).read_text()


def test_a_part_that_is_missing_stops_the_collecting(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(SOURCE, source)
    with (source / "css/site.css").open("a") as file:
        file.write('@import url("lost.css");\n')
    with pytest.raises(KeyError, match="lost"):
        collected(source, tmp_path / "into")


@pytest.mark.parametrize("address", ["/", "/events/", "/events/{event}/", "/timeline/", "/map/", "/dossiers/", "/dossiers/{dossier}/"])
def test_nothing_else_is_waited_for(reader: Client, world: World, address: str) -> None:
    page = reader.get(address.format(event="yeltsin-in-beijing-1996", dossier=world.dossier.slug)).content.decode()
    sheets = [tag for tag in re.findall(r"<link[^>]*>", page) if 'rel="stylesheet"' in tag and "media=" not in tag]
    assert len(sheets) == 1 and "css/site.css" in sheets[0]
    scripts = [tag for tag in re.findall(r"<script[^>]*\bsrc=[^>]*>", page) if "defer" not in tag]
    assert scripts and all('type="module"' in tag and 'fetchpriority="low"' in tag for tag in scripts)
