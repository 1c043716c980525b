"""What an anonymous crawler finds: every page that home leads to, every form of every list, questions, the other languages.

Not the form of readers' reports, whose token is another each time: see tests/desk/test_readers_reports.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from django.test import Client
from django.urls import Resolver404, resolve

from tests.catalogues import body_of, routes
from tests.headers import headers_of

QUESTIONS = [
    "/events/?state=china&theme=border&all=state",
    "/events/?place=unknown",
    "/events/?place=china&date_after=1950&date_match=certain",
    "/events/?has=assessment&has=conflict",
    "/events/?sort=-updated&page_size=2&page=2",
    "/treaties/?party=russia&succession=1",
    "/treaties/?signatory=boris-yeltsin",
    "/treaties/?status=in-force&on=1975-06-01",
    "/actors/?kind=person",
    "/search/?q=partnership",
    "/search/?q=hidden",
    "/api/v1/search/?q=hidden",
    "/api/v1/suggest/?q=hid",
    "/api/v1/events/?fields=slug,participants,place,treaties,relations,assessments",
    "/events.csv?theme=border&bom=1",
    "/events.atom?state=china",
    "/treaties/compare/?t=alliance-1950&t=good-neighbours-2001",
    "/meetings/?kind=summit",
    "/assessments/?topic=border",
    "/api/v1/events/yeltsin-in-beijing-1996/around/",
    "/api/v1/treaties/confidence-measures-1996/around/",
    "/events.bib?state=china",
    "/sources.csl.json?origin=russian",
    "/map/?state=china&place=china",
    "/map.csv?theme=border",
    "/networks/leaders/?kind=summit",
    "/cards/treaty/alliance-1950.png?lang=zh",
    "/coverage/?of=treaties",
    "/coverage/?by=year",
    "/events/?evidence=one-source",
    "/networks/families/?party=china",
    "/networks/causes/?event=yeltsin-in-beijing-1996",
]

#: What most hangs on, so that its forms are asked where not all are.
FIRST = ["/actors/jiang-zemin/", "/actors/china/", "/treaties/alliance-1950/", "/events/yeltsin-in-beijing-1996/"]

Told = tuple[dict[str, str], bytes]


def told(reader: Client, address: str) -> Told:
    """All of an answer over TLS: status, headers, body; under one reference, which each request has its own of."""
    answer = reader.get(address, headers={"X-Request-ID": "one-for-all"}, secure=True)
    return {"status": str(answer.status_code), **headers_of(answer)}, body_of(answer)


def found_by_links(start: list[str], ask: Callable[[str], Told], most: int | None = None) -> dict[str, Told]:
    """Addresses that links without a query lead to, with what they answered; queries are without end.

    Every page is asked; with ``most``, of each other form of a record so many, those of ``start`` and what its end leads to first.
    """
    found, todo, asked = {}, list(start), Counter()
    while todo:
        address = todo.pop()
        if address in found or address.startswith(("/admin", "/static", "/report", "/zh", "/ru")):
            continue
        if most and (not address.endswith("/") or address.startswith(("/api/", "/embed/"))):
            asked[kind := _kind(address)] += 1
            if asked[kind] > most:
                continue
        head, body = found[address] = ask(address)
        if head["status"] == "200" and "html" in head["Content-Type"]:
            links = re.findall(r'(?:href|src)="(/[^"#?]*)["#]', body.decode())
            todo += [link for link in links if link not in found]
    return found


def public_answers(ask: Callable[[str], Told] | None = None, most: int | None = None) -> dict[str, Told]:
    """Everything, once, with what it answers; pages in Chinese and Russian once for each kind of page. Asks as nobody unless told how.

    With ``most`` all pages, of each other form of records so many, and each kind of page in one of the two languages.
    """
    reader = Client()
    ask = ask or (lambda address: told(reader, address))
    plain = [f"/{route}" for route, _pattern in routes() if not re.search(r"[<^(]|admin|logout|styleguide|report", route)]
    lists = [
        f"/{route.replace('^', '').replace('$', '')}" for route, _pattern in routes() if route.startswith("api/v1/^") and "<" not in route
    ]
    english = found_by_links(["/", "/no-such-page/", "/api/v1/events/E1/", *plain, *lists, *FIRST], ask, most)
    kinds = {_kind(address): address for address in sorted(english) if not address.startswith(("/api", "/id", "/healthz", "/readyz"))}
    pages = [address for address in kinds.values() if "." not in address]
    asked = {language: pages[turn::2] if most else pages for turn, language in enumerate(("zh", "ru"))}
    translated = [f"/{language}{address}" for language, there in asked.items() for address in there]
    return english | {address: ask(address) for address in translated + QUESTIONS}


def _kind(address: str) -> str:
    try:
        return str(resolve(address).route)
    except Resolver404:
        return "none"
