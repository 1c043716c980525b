"""What every page may name."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    """The version of the code and the edition of the data."""
    return {"version": settings.VERSION, "edition": getattr(request, "edition", None)}
