"""Static files as they are served: hashed, compressed, and a stylesheet of stylesheets as one file.

``static/css/site.css`` names its parts with ``@import``, which a browser follows as it stands (with DEBUG, and in tests). For a
reader far away each part is a round trip before the first word is seen, so ``collectstatic`` puts the parts in its place.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

PART = re.compile(r'@import url\("([^"]+)"\);\n?')
SILENT = re.compile(r"/\*.*?\*/|(?<=\n)\s+", re.DOTALL)  # comments, indents, empty lines


class StylesheetsStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with parts put in the place of each ``@import`` before files are named by their content."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[tuple[str, str, bool]]:
        """As Django's: yields the name, the name with the hash and whether it was changed, of each file."""
        if not dry_run:
            whole = {name: text for name in paths if name.startswith("css/") and PART.search(text := _read(paths, name))}
            for name, text in whole.items():
                parts = PART.sub(lambda found, name=name: _read(paths, posixpath.join(posixpath.dirname(name), found[1])), text)
                Path(self.path(name)).write_text(SILENT.sub("", parts))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)


def _read(paths: dict[str, Any], name: str) -> str:
    """A stylesheet where it was collected from. Raises KeyError when a part that is named was not collected."""
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
