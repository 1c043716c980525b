"""What releases there are, and their files for whoever asks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .make import SUMS

_TYPES = {".csv": "text/csv; charset=utf-8", ".jsonl": "application/jsonl; charset=utf-8", ".sqlite": "application/vnd.sqlite3"}
_TYPES |= {".json": "application/json", ".zip": "application/zip", ".cff": "application/yaml", ".md": "text/markdown; charset=utf-8"}


@dataclass(frozen=True)
class Offered:
    """A file of a release, with what to hold a copy against."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Release:
    """A release that can be fetched."""

    edition: int
    date: str
    archive: Offered | None
    files: list[Offered]


def releases() -> list[Release]:
    """Every release in the folder of the site, the newest first."""
    folders = settings.RELEASES_DIR.iterdir() if settings.RELEASES_DIR.is_dir() else []
    editions = sorted((int(one.name) for one in folders if one.name.isdecimal() and (one / SUMS).is_file()), reverse=True)
    return [_release(settings.RELEASES_DIR / str(edition)) for edition in editions]


def _release(folder: Path) -> Release:
    sums = dict(reversed(line.split("  ", 1)) for line in (folder / SUMS).read_text(encoding="utf-8").splitlines())
    files = [Offered(name, (folder / name).stat().st_size, digest) for name, digest in sums.items() if (folder / name).is_file()]
    archives = [Offered(path.name, path.stat().st_size, "") for path in folder.glob("*.zip")]
    created = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["created"]
    return Release(int(folder.name), created[:10], next(iter(archives), None), files)


@require_safe
def release_file(request: HttpRequest, edition: int, name: str) -> FileResponse:
    """A file of a release; nothing that is not named in its sums, or is its archive or the sums themselves."""
    release = next((one for one in releases() if one.edition == edition), None)
    known = {SUMS, *(one.name for one in release.files), release.archive.name if release.archive else SUMS} if release else set()
    if name not in known:
        raise Http404(_("There is no such file in a release."))
    path = settings.RELEASES_DIR / str(edition) / name
    answer = FileResponse(path.open("rb"), content_type=_TYPES.get(path.suffix, "text/plain; charset=utf-8"))
    answer["Content-Disposition"] = f'inline; filename="{path.name}"'
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
