"""Search at a thousand and at a hundred thousand records, in the database that DATABASE_URL or DATA_DIR names.

    DATA_DIR=/tmp/bench python bench/search.py [records]     (100,000 unless told; the database must be empty, and is filled)

Made records have titles in three scripts and texts of words drawn as in a language, few often and many seldom. Measured,
in one process and without the network: finding and ranking the first page of events, as the site does it with its index in
memory and nothing kept of earlier questions, and by the database alone, as until the index is made; the page of the list with
its count; the search page; suggestions; the nearest spelling; saving one record.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinorus.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.http import QueryDict
from django.utils import timezone

from events.filters import EventFilterSet
from events.models import Event
from sinorus.facets.bitmaps import versions
from sinorus.facets.bitmaps.records import Index
from sinorus.facets.pages import page_of
from sinorus.publishing.editions import raise_edition, reading
from sinorus.search import index
from sinorus.search.find import find
from sinorus.search.models import Entry
from sinorus.search.query import parse
from sinorus.search.relevance import matching, order
from sinorus.search.spelling import did_you_mean
from sinorus.search.suggest import suggest

CHUNK = 2_000
ROUNDS = 15
_ENGLISH = """
    treaty border visit summit agreement statement partnership friendship cooperation delegation minister president embassy trade
    energy pipeline gas oil river island clash withdrawal expert credit loan railway port exercise fleet army missile satellite
    protocol declaration communique negotiation demarcation commission congress party speech protest sanction crisis conflict
    security trust
"""
ENGLISH = _ENGLISH.split()
_RUSSIAN = """
    договор граница визит встреча соглашение заявление партнёрство дружба сотрудничество делегация министр президент посольство
    торговля энергия трубопровод газ нефть река остров столкновение отзыв специалист кредит заём железная порт учение флот армия
    ракета протокол декларация переговоры демаркация комиссия съезд партия речь протест санкция кризис конфликт безопасность
    доверие
"""
RUSSIAN = _RUSSIAN.split()
_CHINESE = """
    条约 边界 访问 会晤 协定 声明 伙伴 友好 合作 代表团 部长 主席 大使馆 贸易 能源 管道 天然气 石油 河流 岛屿 冲突 撤走
    专家 贷款 铁路 港口 演习 舰队 军队 导弹 议定书 宣言 公报 谈判 勘界 委员会 代表大会 党 讲话 抗议 制裁 危机 安全 信任
"""
CHINESE = _CHINESE.split()
NAMES = ["Jiang Zemin", "Mao Tse-tung", "Boris Yeltsin", "Nikita Khrushchev", "Zhou Enlai", "Vladimir Putin", "Deng Xiaoping"]
_SYLLABLES = "ba ko li ma no pe ra si tu va zhe cha do fi gu he ji ke lo mi"
SYLLABLES = _SYLLABLES.split()

VOCABULARY = 3_000  # further words of texts, the seldom ones

QUERIES = {
    "rare word": "{rare}",
    "English": "treaty demarcation",
    "English, inflected": "negotiating fleets",
    "Russian": "договором о границе",
    "Russian, one word": "доверия",
    "Chinese": "勘界",
    "Chinese, longer": "边界谈判",
    "name": "Khrushchev visit",
    "romanised": "Mao Tse-tung",
    "phrase": '"security trust"',
    "excluded": "missile -crisis",
    "prefix": "demarc*",
    "three scripts": "Yeltsin договор 条约",
    "with facets": "pipeline&kind=visit&decade=1990s",
    "common word": "treaty",
    "in every record": "china",
}


def _some(draw: random.Random, words: list[str], number: int) -> list[str]:
    """Words drawn so that the one at place n comes about n times less often than the first."""
    return draw.choices(words, cum_weights=_weights(len(words)), k=number)


@cache
def _weights(number: int) -> list[float]:
    return list(accumulate(1 / (place + 2) for place in range(number)))


def _word(seed: int) -> str:
    draw = random.Random(seed)
    return "".join(draw.choice(SYLLABLES) for _ in range(4))


TEXT = [*ENGLISH, *(_word(seed) for seed in range(VOCABULARY))]


def made(number: int) -> Event:
    """The event with that number: always the same."""
    draw = random.Random(number)
    english, russian, chinese = draw.choices(ENGLISH, k=4), draw.choices(RUSSIAN, k=4), draw.choices(CHINESE, k=4)
    text = _some(draw, TEXT, 30)
    year = draw.randrange(1689, 2026)
    now = timezone.now()
    return Event(
        slug=f"made-{number}-x",
        title=f"{draw.choice(NAMES)}: {' '.join(english)}".capitalize(),
        title_zh="".join(chinese),
        title_ru=" ".join(russian).capitalize(),
        summary=f"China and Russia: {' '.join(text)}.".capitalize(),
        body=f"{' '.join(_some(draw, RUSSIAN, 12))}. {''.join(_some(draw, CHINESE, 20))}。",
        kind=draw.choice(Event.Kind.values),
        importance=draw.choice((1, 1, 1, 2, 2, 3)),
        date=f"{year}-{draw.randrange(1, 13):02}",
        status="published",
        published=now,
    )


def fill(start: int, stop: int) -> float:
    """Make and index the records with those numbers. Gives seconds a thousand for the index alone."""
    spent = 0.0
    for first in range(start, stop, CHUNK):
        with transaction.atomic():
            rows = Event.objects.bulk_create([made(number) for number in range(first, min(first + CHUNK, stop))])
            began = time.perf_counter()
            index.update(rows)
            spent += time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return spent / max(1, stop - start) * 1000


def question_of(text: str) -> EventFilterSet:
    q, _mark, rest = text.partition("&")
    data = QueryDict(mutable=True)
    data.update({"q": q})
    for pair in rest.split("&") if rest else ():
        name, _mark, value = pair.partition("=")
        data.update({name: value})
    question = EventFilterSet(data, Event.objects.public())
    assert not question.errors, question.errors
    return question


def anew(text: str) -> tuple[EventFilterSet, Index]:
    """A question, and the index, which knows nothing of questions before it."""
    question = question_of(text)
    while (known := versions.index_for(question)) is None:
        time.sleep(0.1)
    known._found.clear()
    return question, known


def first_page(text: str) -> int:
    """What a list does with a query: count it, rank it, fetch the page."""
    with reading():
        return page_of(anew(text)[0], lambda records: records).count


def ranked(text: str) -> int:
    """Finding and ranking alone: from the words to how many there are and the 25 best numbers."""
    with reading():
        question, known = anew(text)
        return len(known.narrowed(question)) and len(known.keys(question, 0, 25) or ())


def by_database(text: str) -> int:
    """The same without the index."""
    query = parse(text.partition("&")[0])
    assert query is not None
    records = Event.objects.public().filter(matching(query, Event)).order_by(*order(query, Event))
    return len(records.values_list("pk", flat=True)[:25])


def save(number: int) -> None:
    with transaction.atomic():
        event = Event.objects.get(slug=f"made-{number}-x")
        event.title = f"Changed {random.random()} {event.title}"[:300]
        event.save()
        index.update([event])


def busy() -> float:
    """Seconds that this process and its database server have worked so far: what others do on the machine does not count."""
    spent = time.process_time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            spent += int(Path(f"/proc/{cursor.fetchone()[0]}/schedstat").read_text().split()[0]) / 1e9
    return spent


def timed(action: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float, object]:
    """Median of the processor's time and of the time by the clock, in milliseconds, and what came out."""
    worked, waited, result = [], [], action()
    for _ in range(rounds):
        start, began = busy(), time.perf_counter()
        result = action()
        waited.append((time.perf_counter() - began) * 1000)
        worked.append((busy() - start) * 1000)
    return statistics.median(worked), statistics.median(waited), result


def _line(name: str, found: tuple[float, float, object], page: str = "") -> None:
    print(f"| {name} | {found[0]:.1f} | {found[1]:.1f} | {found[2]} | {page or '|'} |", flush=True)


def measure(size: int) -> None:
    with transaction.atomic():
        raise_edition()
    print(f"\n{connection.vendor}, {Event.objects.count():,} events\n")
    print("| what | finding and ranking: ms at work | by the clock | found | the database alone | page of the list: ms at work |")
    print("|---|--:|--:|--:|--:|--:|")
    medians, clock, alone, pages = [], [], [], []
    for name, text in QUERIES.items():
        text = text.format(rare=_word(2_500))
        found, whole = timed(lambda text=text: ranked(text)), timed(lambda text=text: first_page(text))
        alone.append(timed(lambda text=text: by_database(text))[1])
        medians.append(found[0])
        clock.append(found[1])
        pages.append(whole[0])
        _line(f"{name}: {text}", (found[0], found[1], whole[2]), f"{alone[-1]:.1f} | {whole[0]:.1f}")
    last = " | ".join(f"{statistics.median(some):.1f}" for some in (alone, pages))
    print(f"| **median** | **{statistics.median(medians):.1f}** | **{statistics.median(clock):.1f}** | | {last} |")
    scopes = [Event.objects.public()]
    _line("search page, with snippets", timed(lambda: find(parse("treaty demarcation"), scopes, "en").count))
    _line("suggestions: Khru", timed(lambda: len(suggest("Khru", scopes))))
    _line("suggestions: 条", timed(lambda: len(suggest("条", scopes))))
    _line("nearest spelling: Khruschev", timed(lambda: did_you_mean(parse("Khruschev"), scopes)))
    draw = random.Random(1)
    _line("saving one record", timed(lambda: save(draw.randrange(size)), 60))


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    call_command("migrate", verbosity=0)
    there = Event.objects.count()
    if there not in (0, size) or (there and not Entry.objects.exists()):
        sys.exit(f"The database has {there} events; this wants an empty one, or one that it filled itself.")
    if not there:
        print(f"indexing: {fill(0, 1000):.1f} s a thousand")
        measure(1000)
        print(f"indexing: {fill(1000, size):.1f} s a thousand")
    measure(size)


if __name__ == "__main__":
    main()
