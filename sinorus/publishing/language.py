"""The language of an answer: in the address of a page (/zh/…, /ru/…, English without), in ``lang=`` of data, in the admin the browser's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes

#: Code in addresses and parameters → Django's language, ``lang`` attribute, own name.
LANGUAGES: Final = {
    "en": ("en", "en", "English"),
    "zh": ("zh-hans", "zh-Hans", "简体中文"),
    "ru": ("ru", "ru", "Русский"),
}
LONGEST = 4_000  # characters of a question that links repeat: a server takes no longer one, and a page would be many times as long
#: What has no language in its address.
PLAIN: Final = ("/admin/", "/api/", "/static/", "/healthz", "/readyz", "/metrics", "/.well-known/", "/id/", "/oembed")


def page_lang() -> str:
    """The ``lang`` attribute of the active language: for words of the interface within text in another."""
    return LANGUAGES[(translation.get_language() or "en")[:2]][1]


def is_plain(path: str) -> bool:
    """Whether an address without prefix is one of those that have none: the API, the admin, files of data."""
    last = path.rsplit("/", 1)[-1]
    return path.startswith(PLAIN) or "." in last


class LanguageMiddleware:
    """Takes the language off the address and puts it before every address that the answer names.

    The prefix becomes the script name, so that routes are written once and ``reverse`` stays in the reader's language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        prefix = get_script_prefix()
        code = self._code(request)
        request.language_code = code
        try:
            with translation.override(LANGUAGES[code][0]):
                response = self.get_response(request)
        finally:
            set_script_prefix(prefix)
        response.headers.setdefault("Content-Language", LANGUAGES[code][1])
        return response

    def _code(self, request: HttpRequest) -> str:
        first, _, rest = request.path_info.removeprefix("/").partition("/")
        if first in LANGUAGES and first != "en" and not is_plain(f"/{rest}"):
            request.path_info = f"/{rest}"
            request.META["SCRIPT_NAME"] = request.META.get("SCRIPT_NAME", "") + f"/{first}"
            set_script_prefix(f"{request.META['SCRIPT_NAME']}/")
            return first
        asked = request.GET.get("lang", "") if is_plain(request.path_info) else ""
        if not asked and request.path_info.startswith("/admin/"):  # editors have what their browsers ask for
            asked = translation.get_language_from_request(request)[:2]
        return asked if asked in LANGUAGES else "en"


def alternates(request: HttpRequest) -> list[dict[str, object]]:
    """The same page in each language: code, ``lang`` attribute, own name, address with its query, whether it is this one."""
    asked = request.META.get("QUERY_STRING", "")
    query = f"?{asked}" if 0 < len(asked) <= LONGEST else ""
    own = getattr(request, "language_code", "en")
    return [
        {
            "code": code,
            "lang": lang,
            "name": name,
            # Two slashes, or what browsers take for one, would begin the name of another site.
            "url": escape_leading_slashes(("" if code == "en" else f"/{code}") + escape_uri_path(request.path_info)) + query,
            "current": code == own,
        }
        for code, (_language, lang, name) in LANGUAGES.items()
    ]
