"""``/.well-known/security.txt`` (RFC 9116): whom to tell of a fault that others should not learn of first."""

from __future__ import annotations

import datetime
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

GOOD_FOR: Final = datetime.timedelta(days=180)  # the site is asked again before that; a mirror that is not kept up goes stale


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """404 unless ``SECURITY_CONTACT`` names somebody."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {localdate() + GOOD_FOR}T00:00:00Z",
        "Preferred-Languages: en, zh, ru",
        f"Canonical: {request.build_absolute_uri('/.well-known/security.txt')}",
    )
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
