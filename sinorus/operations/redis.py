"""The shared cache: what it holds, counters of throttling and drawn cards, may be missing at any time."""

from __future__ import annotations

import logging
import pickle
import time
from collections.abc import Callable
from typing import Any, Final

from django.core.cache.backends import redis
from redis import ConnectionError as Away
from redis import RedisError
from redis import TimeoutError as Late

logger = logging.getLogger(__name__)
REST: Final = 5.0  # seconds that a Redis which failed is left alone, so that it holds up one reader and not all


class Serializer:
    """Everything is pickled, numbers too: Django's own reads a number out of what is none of ours."""

    def dumps(self, value: Any) -> bytes:
        return pickle.dumps(value)

    def loads(self, data: bytes) -> Any:
        try:
            return pickle.loads(data)  # noqa: S301 - who writes to our Redis runs the site
        except Exception as error:  # what is not a pickle raises anything
            raise RedisError(f"unreadable: {error}") from error


class RedisCache(redis.RedisCache):
    """Django's own, but a Redis that cannot be reached is an empty one, and no reader's answer fails for it."""

    _rests_until = 0.0  # of this process: each of its threads has an instance

    def _try(self, ask: Callable[..., Any], otherwise: Any, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < RedisCache._rests_until:
            return otherwise
        try:
            return ask(*args, **kwargs)
        except RedisError as error:
            logger.warning("The shared cache does not answer: %s", error)
            if isinstance(error, Away | Late):
                RedisCache._rests_until = time.monotonic() + REST
            return otherwise

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._try(super().get, default, key, default, version)

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        self._try(super().set, None, key, value, *args, **kwargs)

    def add(self, key: str, value: Any, *args: Any, **kwargs: Any) -> bool:
        return self._try(super().add, False, key, value, *args, **kwargs)
