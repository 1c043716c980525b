"""The shared cache: what it holds, counters of throttling and drawn cards, may be missing at any time."""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache.backends import redis
from redis import RedisError

logger = logging.getLogger(__name__)


class RedisCache(redis.RedisCache):
    """Django's own, but a Redis that cannot be reached is an empty one, and no reader's answer fails for it."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except RedisError as error:
            logger.warning("The shared cache does not answer: %s", error)
            return default

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        try:
            super().set(key, value, *args, **kwargs)
        except RedisError as error:
            logger.warning("The shared cache does not answer: %s", error)
