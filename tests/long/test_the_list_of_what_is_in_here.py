"""``make sbom``: every package that the site runs on, with its version and hashes."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from sinorus.operations.floors import pinned

ROOT = Path(__file__).resolve().parent.parent.parent


def test_it_is_complete(tmp_path: Path) -> None:
    subprocess.run(
        ["make", "--old-file=.venv/dev", "sbom"], cwd=ROOT, env=os.environ | {"DATA_DIR": str(tmp_path)}, check=True, capture_output=True
    )
    told = json.loads((tmp_path / "sbom.json").read_text())
    assert told["bomFormat"] == "CycloneDX"
    found = {one["name"]: one["version"] for one in told["components"]}
    assert found == pinned((ROOT / "requirements.txt").read_text())
    assert all(one["externalReferences"][0]["hashes"] for one in told["components"])
