"""What is answered when a request fails: a page that needs no database, or a problem document for programs.

Both bear the reference under which the log tells what happened.
"""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.translation import gettext as _

from sinorus.facets.problems import problem_page
from sinorus.publishing.language import page_lang

from .logs import reference


def error_page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """A page of a title and a sentence, in the language of the address; neither database nor session is asked."""
    if request.path.startswith("/api/"):
        return problem_page(status, text, reference=reference.get())
    told = {"title": title, "text": text, "reference": reference.get(), "lang": page_lang(), "first_page": get_script_prefix()}
    return HttpResponse(render_to_string("error.html", told), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 for a form that is larger than any of ours."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return error_page(request, 413, _("Too much at once"), _("What was sent is larger than anything this site takes."))
    return error_page(request, 400, _("The request was not understood"), _("What was sent is not what this site expects."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 for who may not."""
    return error_page(request, 403, _("This is not open to you"), _("Your account may not do this, or you are not signed in."))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from a page of ours, or from one that is too old."""
    text = _("The form did not come from a page of this site, or the page was too old. Load it again and send it once more.")
    return error_page(request, 403, _("The form was not taken"), text)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; the log has the traceback."""
    text = _("The fault is noted. Please try again in a moment; if it stays, the reference below helps us to find it.")
    return error_page(request, 500, _("Something went wrong on our side"), text)
