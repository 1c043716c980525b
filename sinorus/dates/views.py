"""The live reading of a date while an editor types it. Whoever mounts it decides who may ask."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .edtf import parse
from .errors import DateError
from .show import explain
from .value import CALENDARS, GREGORIAN, HistoricalDate
from .words import disagreement, read


@never_cache
@require_safe
def read_date(request: HttpRequest) -> JsonResponse:
    """``GET ?text=&edtf=&calendar=``: what the pair of inputs means, as it would be saved.

    The EDTF counts when it is given, else the words. Answers 200 with ``edtf``, ``earliest``, ``latest`` (days in ISO
    form or null), ``text`` (in the language of the request) and ``explanation``; or 400 with ``error``, a sentence.
    ``calendar`` is that of the words, "gregorian" unless given.
    """
    words, edtf = request.GET.get("text", "").strip(), request.GET.get("edtf", "").strip()
    calendar = request.GET.get("calendar") or GREGORIAN
    try:
        if calendar not in dict(CALENDARS):
            raise DateError(_("The calendar is “gregorian” or “julian”."))
        if edtf:
            value = parse(edtf)
            if words and (problem := disagreement(words, value, calendar)):
                raise problem
        elif words:
            reading = read(words, calendar)
            value, calendar = reading.edtf, reading.calendar
        else:
            raise DateError(_("Give a date in words (text) or in EDTF (edtf)."))
    except DateError as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse(
        {
            "edtf": value.text,
            "earliest": value.earliest.isoformat() if value.earliest else None,
            "latest": value.latest.isoformat() if value.latest else None,
            "text": HistoricalDate("", value.text, calendar).text(),
            "explanation": explain(value),
        }
    )
