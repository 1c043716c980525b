"""A reader: one kept connection, as many requests after each other as time allows; and what came of them all."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

PATIENCE = 30.0  # seconds after which an answer counts as one that never came


class Closed(Exception):
    """The server closed a kept connection before it said anything: a browser sends the request again."""


@dataclass
class Told:
    """What a group of readers was told."""

    times: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    again: int = 0

    def quantile(self, hundredth: int) -> float:
        """Milliseconds within which so many of a hundred answers came."""
        return 1000 * statistics.quantiles(self.times, n=100)[hundredth - 1] if len(self.times) > 1 else 0.0

    def line(self, seconds: float) -> str:
        numbers = ", ".join(f"p{one} {self.quantile(one):.0f} ms" for one in (50, 95, 99))
        most = f"most {1000 * max(self.times, default=0):.0f} ms"
        return f"{len(self.times)} answers, {len(self.times) / seconds:.1f} a second; {numbers}, {most}; {sum(self.wrong.values())} errors"


class Reader:
    """A connection to the server on this machine."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, told: Told, expected: Callable[[int], bool] = lambda status: status < 400) -> bytes:
        """The body; what went wrong is noted."""
        started = time.monotonic()
        name = path.partition("?")[0]
        try:
            async with asyncio.timeout(PATIENCE):
                try:
                    status, body = await self._exchange(path)
                except Closed:
                    told.again += 1
                    status, body = await self._exchange(path)
        except (OSError, EOFError, ValueError, Closed, TimeoutError) as error:
            self.close()
            told.wrong[f"{name}: {type(error).__name__}"] += 1
            return b""
        told.times.append(time.monotonic() - started)
        if not expected(status):
            told.wrong[f"{name}: {status}"] += 1
        return body

    async def _exchange(self, path: str) -> tuple[int, bytes]:
        fresh = self.streams is None
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        try:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n".encode("ascii"))
            await writer.drain()
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            self.close()
            if fresh or getattr(error, "partial", b""):
                raise
            raise Closed from error
        first, *lines = head.split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(await reader.readline(), 16):
                body += (await reader.readexactly(size + 2))[:-2]
            await reader.readline()
        elif "content-length" in headers:
            body = await reader.readexactly(int(headers["content-length"]))
        else:
            body = await reader.read()
            self.close()
        if headers.get("connection", "").lower() == "close":
            self.close()
        return int(first.split()[1]), body

    def close(self) -> None:
        if self.streams:
            self.streams[1].close()
            self.streams = None


async def readers(port: int, number: int, until: float, told: Told, choose: Callable[[int], Iterable[str]]) -> None:
    """So many readers at once, each asking what ``choose`` gives for its number until the time is over.

    Of what is not there 404 is right.
    """

    async def one(which: int) -> None:
        reader = Reader(port)
        for path in choose(which):
            if time.monotonic() >= until:
                break
            wanted = (lambda status: status == 404) if "nothing-here" in path else (lambda status: status < 400)
            await reader.ask(path, told, wanted)
        reader.close()

    await asyncio.gather(*(one(which) for which in range(number)))


async def drip(port: int, number: int, until: float) -> int:
    """Connections that send a byte a second of a request that never ends; gives how many were open at the end."""
    text = b"GET /events/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: " + b"a" * 10_000

    async def one() -> int:
        writer = None
        for place in range(len(text)):
            if time.monotonic() >= until:
                break
            try:
                if writer is None:
                    _reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(text[place : place + 1])
                await writer.drain()
            except OSError:
                writer = None  # the server had enough of it; the next one comes at once
            await asyncio.sleep(1)
        if writer:
            writer.close()
        return writer is not None

    return sum(await asyncio.gather(*(one() for _ in range(number))))
