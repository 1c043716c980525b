"""JSON for programs, encoded by orjson: a few hundred values of facets take a tenth of the time that they take in Python."""

from __future__ import annotations

from typing import Any

import orjson
from rest_framework.renderers import JSONRenderer as RestJSONRenderer
from rest_framework.utils.encoders import JSONEncoder

_encoder = JSONEncoder()


class JSONRenderer(RestJSONRenderer):
    """The same JSON as REST framework's own, which still does what orjson does not: another indentation than none."""

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: dict[str, Any] | None = None) -> bytes:
        """The body of an answer."""
        if data is None or self.get_indent(accepted_media_type, renderer_context or {}) is not None:
            return super().render(data, accepted_media_type, renderer_context)
        return orjson.dumps(data, default=_encoder.default, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME)
