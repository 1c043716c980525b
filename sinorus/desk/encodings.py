"""Which encoding the bytes of a text are in: recognised, or refused with what to do; never guessed in silence."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext as _

#: Names that a person may give, with the codec behind each.
ENCODINGS: Final = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "gb18030": "gb18030",
    "windows-1251": "cp1251",
    "koi8-r": "koi8-r",
    "big5": "big5",
    "windows-1252": "cp1252",
}
_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\x00\x00": "",
    b"\x00\x00\xfe\xff": "",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_LETTERS_1251 = re.compile(rb"[\xa8\xb8\xc0-\xff]{2,}")
_BESIDE_1251 = rb"\x85\x91-\x94\x96\x97\xa0\xa7\xab\xb9\xbb"  # … ' " – — nbsp § « № »
_COMMON_GB = re.compile(rb"(?:[\xb0-\xf7][\xa1-\xfe]|[\xa1-\xa3][\xa1-\xfe])+")
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE = 1_000_000


class UnknownEncoding(Exception):
    """The encoding is none of those that can be told with certainty; the message says what to do."""


def decode(content: bytes, encoding: str = "") -> tuple[str, str]:
    """The text and the name of its encoding; ``encoding``, one of :data:`ENCODINGS`, is taken at its word.

    Raises :class:`UnknownEncoding` when the bytes are not in the encoding named, or none can be told.
    """
    name = encoding or recognise(content)
    try:
        return content.decode(ENCODINGS[name]).removeprefix("\ufeff"), name
    except UnicodeDecodeError as error:
        told = {"encoding": name, "position": error.start + 1, "byte": f"{content[error.start]:02X}"}
        raise UnknownEncoding(_("The file is not %(encoding)s throughout: byte %(position)d is %(byte)s.") % told) from error


def recognise(content: bytes) -> str:
    """The name of the encoding of a text. Raises :class:`UnknownEncoding`.

    A mark at the beginning decides; then bytes that are UTF-8 throughout are UTF-8, which happens to no other text.
    UTF-16 without a mark shows by its zero bytes. Of the rest, text in GB18030 is nearly all pairs of the common
    Chinese characters, and Russian in Windows-1251 nearly all runs of letters, small ones for the most part.
    """
    for mark, name in _MARKS.items():
        if content.startswith(mark):
            if name:
                return name
            raise UnknownEncoding(_("The file is in UTF-32, which is not read. Save it as UTF-8."))
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if b"\0" not in content:
            return "utf-8"
    sample = content[:_SAMPLE]
    if sixteen := _sixteen(sample):
        return sixteen
    if _is_gb(content, sample):
        return "gb18030"
    if _is_1251(sample):
        return "windows-1251"
    allowed = ", ".join(ENCODINGS)
    raise UnknownEncoding(
        _("The encoding cannot be told. Save the file as UTF-8, or name its encoding: %(allowed)s.") % {"allowed": allowed}
    )


def _sixteen(sample: bytes) -> str:
    """UTF-16 without a mark: commas, digits and line ends have a zero byte beside them, always on the same side."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) % 2 == 0 and max(even, odd) >= 2 and min(even, odd) * 20 < max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _is_gb(content: bytes, sample: bytes) -> bool:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    high = len(_HIGH.findall(sample))
    common = sum(len(run) for run in _COMMON_GB.findall(sample))
    # Russian letters are pairs of such bytes too, but then hardly one of them is below C0.
    low_second = sum(byte < 0xC0 for run in _COMMON_GB.findall(sample) for byte in run[1::2])
    return common >= 0.9 * high and low_second >= 0.1 * common / 2


def _is_1251(sample: bytes) -> bool:
    high = len(_HIGH.findall(sample))
    runs = _LETTERS_1251.findall(sample)
    letters = b"".join(runs)
    beside = len(re.findall(rb"[" + _BESIDE_1251 + rb"]", sample))
    small = sum(byte >= 0xE0 or byte == 0xB8 for byte in letters)
    # A capital after a small letter: the Cyrillic of old Macintoshes has the same small letters but for one, and none of the capitals.
    amiss = len(re.findall(rb"[\xb8\xe0-\xff][\xa8\xc0-\xdf]", sample))
    return (
        bool(runs)
        and amiss * 50 <= len(letters)
        and len(letters) + beside >= 0.9 * high
        and len(letters) / len(runs) >= 3
        and small >= 0.5 * len(letters)
    )
