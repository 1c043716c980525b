"""What one worker of a server has made and the others need not make: in memory that they share, or in a file without a name.

Without locks between processes or a process of its own. Memory and file are made before the workers are forked; each writes into a
part of its own, and all read all. An entry names its key and carries a digest, so one that is half written, or written over meanwhile,
is none.

A part is two rings. What is put goes round in the small one; what is then asked for is taken into the large one, and to the front of it
whenever it is asked for again shortly before others would be written over it. Else the many answers that are asked for once would soon
drive out those that everybody asks for. (After S3-FIFO: Yang and others, "FIFO queues are all you need for cache eviction", SOSP 2023.)
"""

from __future__ import annotations

import mmap
import os
import pickle
import struct
import tempfile
import threading
import zlib
from pathlib import Path
from typing import Any, Final

from .repeating import digest

PLACES: Final = 1 << 17  # of entries, by a hash of their key; two that share one drive each other out
_PLACE: Final = struct.Struct("<QI")
_DIGEST: Final = 16
_HEAD: Final = struct.Struct("<Q")
SMALL: Final = 4  # the small ring is so manyth a part of all
_OLD: Final = 4  # what lies in so manyth a part of the large one is old


class Shared:
    """Entries by key: the newest that fit, and of those that were asked for the ones asked for last."""

    def __init__(self, parts: int, size: int, *, places: int = PLACES, small: int = SMALL, folder: Path | None = None) -> None:
        """``parts`` of ``size`` bytes each, one for each worker; in memory, or in a file of a folder.

        The small ring is so manyth a part of all: 1 where everything is asked for as often. Raises OSError where no file can be made.
        """
        self.parts, self.size, self.places, self.small = parts, size, places, size // small
        self._places = mmap.mmap(-1, places * _PLACE.size)
        self._told: Any = _File(folder) if folder else mmap.mmap(-1, parts * size)  # pages that nobody writes to take no memory
        self._heads = mmap.mmap(-1, parts * _HEAD.size)  # of the large rings, told to all
        self._lock = threading.Lock()  # for the threads of one worker
        self.take(0)

    def take(self, part: int) -> None:
        """Write into this part from now on."""
        start = part % self.parts * self.size
        between = start + self.small
        self._new, self._asked = _Ring(start, between), _Ring(between, start + self.size)
        self._asked.next = max(between, self._head(start))  # whoever had this part before may have died

    def get(self, key: Any) -> Any:
        """What was put under a key; None when it is not there any more."""
        start, size = _PLACE.unpack_from(self._places, place := self._place(key))
        told = self._told[start : start + size]
        if size <= _DIGEST or digest(told[_DIGEST:]) != told[:_DIGEST]:
            return None
        found, what = pickle.loads(zlib.decompress(told[_DIGEST:]))  # noqa: S301 - nobody but the workers of this server writes here
        if found != key:
            return None
        if not self._was_asked(start) or self._is_old(start):
            self._write(self._asked, place, told)
        return what

    def put(self, key: Any, what: Any) -> None:
        """Keep something that can be pickled, if it is not a large part of all."""
        packed = zlib.compress(pickle.dumps((key, what)), 1)
        start, _size = _PLACE.unpack_from(self._places, place := self._place(key))
        self._write(self._asked if self._was_asked(start) else self._new, place, digest(packed) + packed)

    def _place(self, key: Any) -> int:
        return int.from_bytes(digest(repr(key).encode("utf-8", "surrogatepass"))[:4], "little") % self.places * _PLACE.size

    def _was_asked(self, start: int) -> bool:
        """Whether a place is in a large ring, of whichever part."""
        return start % self.size >= self.small

    def _is_old(self, start: int) -> bool:
        """Whether a place in a large ring is one of those that are written to next."""
        large = self.size - self.small
        return (start - self._head(start)) % large < large // _OLD

    def _head(self, start: int) -> int:
        """Where the large ring of the part of a place is written to next; 0 if it never was."""
        return _HEAD.unpack_from(self._heads, start // self.size * _HEAD.size)[0]

    def _write(self, ring: _Ring, place: int, told: bytes) -> None:
        with self._lock:
            if (start := ring.room(len(told))) is not None:
                self._told[start : start + len(told)] = told
                if ring is self._asked:
                    _HEAD.pack_into(self._heads, start // self.size * _HEAD.size, ring.next)
                _PLACE.pack_into(self._places, place, start, len(told))


class _Ring:
    """A stretch of memory that is written to round and round."""

    def __init__(self, start: int, end: int) -> None:
        self.start = self.next = start
        self.end = end

    def room(self, size: int) -> int | None:
        """Where so many bytes go; None if they are a large part of all."""
        if size * 4 > self.end - self.start:
            return None
        if self.next + size > self.end:
            self.next = self.start
        start, self.next = self.next, self.next + size
        return start


class _File:
    """A file without a name, which is read and written like memory and takes as much of the disk as was written."""

    def __init__(self, folder: Path) -> None:
        self.file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it is open for as long as the server runs

    def __getitem__(self, span: slice) -> bytes:
        return os.pread(self.file.fileno(), span.stop - span.start, span.start)

    def __setitem__(self, span: slice, told: bytes) -> None:
        os.pwrite(self.file.fileno(), told, span.start)
