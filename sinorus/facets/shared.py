"""Memory that the workers of one server share: what one of them has made the others need not make.

Without files, locks, or a process of its own. The memory is made before the workers are forked; each writes into a part of its own, in
a ring, and all read all. An entry names its key and carries a digest, so one that is half written, or written over meanwhile, is none.
"""

from __future__ import annotations

import mmap
import pickle
import struct
import zlib
from typing import Any, Final

from .repeating import digest

_PLACES: Final = 1 << 15  # of entries, by a hash of their key; two that share one drive each other out
_PLACE: Final = struct.Struct("<QI")
_DIGEST: Final = 16


class Shared:
    """Entries by key, the newest that fit."""

    def __init__(self, parts: int, size: int) -> None:
        """``parts`` of ``size`` bytes each, one for each worker."""
        self.parts, self.size = parts, size
        self._places = mmap.mmap(-1, _PLACES * _PLACE.size)
        self._told = mmap.mmap(-1, parts * size)  # pages that nobody writes to take no memory
        self.take(0)

    def take(self, part: int) -> None:
        """Write into this part from now on."""
        self._start = self._next = part % self.parts * self.size

    def get(self, key: Any) -> Any:
        """What was put under a key; None when it is not there any more."""
        start, size = _PLACE.unpack_from(self._places, _place(key))
        told = self._told[start : start + size]
        if size <= _DIGEST or digest(told[_DIGEST:]) != told[:_DIGEST]:
            return None
        found, what = pickle.loads(zlib.decompress(told[_DIGEST:]))  # noqa: S301 - nobody but the workers of this server writes here
        return what if found == key else None

    def put(self, key: Any, what: Any) -> None:
        """Keep something that can be pickled, if it is not a large part of all."""
        packed = zlib.compress(pickle.dumps((key, what)), 1)
        size = _DIGEST + len(packed)
        if size * 4 > self.size:
            return
        if self._next + size > self._start + self.size:
            self._next = self._start
        start, self._next = self._next, self._next + size
        self._told[start : start + size] = digest(packed) + packed
        _PLACE.pack_into(self._places, _place(key), start, size)


def _place(key: Any) -> int:
    return int.from_bytes(digest(repr(key).encode("utf-8", "surrogatepass"))[:4], "little") % _PLACES * _PLACE.size
