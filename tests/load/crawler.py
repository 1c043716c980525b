"""Crawlers: one that reads robots.txt finds every record and no combination of facets; one that does not is borne."""

from __future__ import annotations

import asyncio
import random
import re
import time
from html import unescape
from urllib.parse import urljoin, urlsplit

from .http import Reader, Told, readers
from .questions import Mix
from .site import Site


async def obeying(site: Site, parallel: int = 4) -> tuple[Told, int, int]:
    """From the sitemap: what was told, how many records there were, and how many addresses with a question were asked for."""
    told, reader = Told(), Reader(site.port)
    base = f"http://127.0.0.1:{site.port}"
    text = (await reader.ask("/robots.txt", told)).decode()
    rules = [
        (kind == "Allow", len(path), re.compile(re.escape(path).replace(r"\*", ".*")))
        for kind, path in re.findall(r"^(Allow|Disallow): (\S+)$", text, re.M)
    ]

    def may(path: str) -> bool:
        """The longest rule that fits says so (RFC 9309)."""
        return max(((size, allowed) for allowed, size, rule in rules if rule.match(path)), default=(0, True))[1]

    found: list[str] = []
    parts = re.findall(r"<loc>(.*?)</loc>", (await reader.ask("/sitemap.xml", told)).decode())
    for part in parts:
        found += re.findall(r"<url><loc>(.*?)</loc>", (await reader.ask(urlsplit(part).path, told)).decode())
    reader.close()
    todo = [
        path for path in dict.fromkeys(urlsplit(unescape(one)).path for one in found) if not path.startswith(("/zh/", "/ru/")) and may(path)
    ]
    records = sum(path.count("/") == 3 for path in todo)
    seen, asked = set(todo), 0
    queue = list(todo)

    async def crawl() -> None:
        nonlocal asked
        own = Reader(site.port)
        while queue:
            path = queue.pop()
            asked += "?" in path and not re.search(r"\?page=\d+$", path)
            body = (await own.ask(path, told)).decode(errors="replace")
            if path.count("/") < 3:  # lists and pages: their links lead on, as far as robots.txt lets them
                for link in re.findall(r'<a [^>]*href="([^"#]+)', body):
                    target = urlsplit(urljoin(f"{base}{path}", unescape(link)))
                    address = target.path + (f"?{target.query}" if target.query else "")
                    inside = target.netloc == urlsplit(base).netloc and not address.startswith(("/zh/", "/ru/"))
                    if inside and address not in seen and "." not in target.path and may(address) and len(told.times) < records + 500:
                        seen.add(address)
                        queue.append(address)
        own.close()

    await asyncio.gather(*(crawl() for _ in range(parallel)))
    return told, records, asked


async def ignoring(site: Site, mix: Mix, number: int, parallel: int = 4) -> tuple[Told, float]:
    """So many different questions, and the milliseconds of processor time that each took."""
    dice, questions = random.Random(1), set()
    while len(questions) < number:
        questions.add(f"/events/?{mix.question(dice)}&date_after={dice.randint(1689, 2020)}")
    paths = sorted(questions)
    told, before = Told(), site.processor()
    await readers(site.port, parallel, time.monotonic() + 86_400, told, lambda which: paths[which::parallel])
    return told, 1000 * (site.processor() - before) / number
