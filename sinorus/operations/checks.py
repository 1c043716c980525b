"""System checks of a deployment, asked for with ``manage.py check --deploy``."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from .floors import FILE, floors, installed, unsafe


@register("operations", deploy=True)
def check_versions(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Nothing that is installed is below its least safe version."""
    hint = "Install requirements.txt as it is: pip install --require-hashes -r requirements.txt"
    return [Error(sentence, hint=hint, id="operations.E001") for sentence in unsafe(installed(), floors(FILE.read_text()))]
