"""A record on its own page before readers see it, by a signed link that expires: for colleagues, and for who is asked to look."""

from __future__ import annotations

import time
from typing import Any, Final

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner, b62_decode
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import restore
from .models import Record, Revision, record_types

_CLOCKS_DIFFER: Final = 60  # seconds between those of our machines
_signer = TimestampSigner(salt="sinorus.publishing.preview")


def token(record: Record, revision: Revision | None = None) -> str:
    """What opens the page of this record alone, or of one revision of it, for ``PREVIEW_HOURS`` from now."""
    return _signer.sign(f"{record._meta.model_name}.{record.pk}.{revision.pk if revision else 0}")


def _opened(signed: str) -> tuple[type[Record], int, int]:
    """Record type, number and revision (0: as it stands) of a token. Raises BadSignature, SignatureExpired among them."""
    kind, pk, revision = _signer.unsign(signed, max_age=settings.PREVIEW_HOURS * 3600).split(".")
    if b62_decode(signed.split(_signer.sep)[1]) > time.time() + _CLOCKS_DIFFER:
        raise SignatureExpired("It was made when the clock was early, and would open for as long as that.")
    return record_types()[kind], int(pk), int(revision)


@require_safe
def preview(request: HttpRequest, signed: str) -> HttpResponse:
    """The page that readers would see. Never kept by a cache, never indexed."""
    try:
        model, pk, revision = _opened(signed)
    except SignatureExpired:
        return _private(render(request, "publishing/preview_expired.html", {"hours": settings.PREVIEW_HOURS}, status=410))
    except (BadSignature, ValueError, KeyError):
        raise Http404(_("This is not a link to a preview.")) from None
    record = get_object_or_404(model, pk=pk)
    view = _view(request, record)
    if revision:
        one = get_object_or_404(Revision.objects.of(record), pk=revision)
        record = restore.shown(view.get_queryset(), pk, one.document)
    else:
        prefetch_related_objects([record], *view.get_queryset()._prefetch_related_lookups)
    view.given = record
    answer = view.get(request, slug=record.slug)
    return _private(answer.render() if hasattr(answer, "render") else answer)


def _view(request: HttpRequest, record: Record) -> Any:
    """The view that the record's address leads to, ready to be asked."""
    # Resolved without the language that stands before addresses of pages, which is no part of the routes.
    found = resolve(record.get_absolute_url().removeprefix(request.META.get("SCRIPT_NAME", "")))
    view = found.func.view_class(**{**found.func.view_initkwargs, "extra_context": {"preview": True}})
    view.setup(request, slug=record.slug)
    return view


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response
