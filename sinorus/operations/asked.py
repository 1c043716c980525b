"""A request as it is read: what was sent is UTF-8."""

from __future__ import annotations

from typing import Any

from django.core.handlers.wsgi import WSGIRequest


class Request(WSGIRequest):
    """Reads no words in a charset that its sender names, as Django does, even those of the address and in codecs that are none of text."""

    @property
    def encoding(self) -> None:
        """None: the default."""
        return None

    @encoding.setter
    def encoding(self, named: Any) -> None:
        pass
