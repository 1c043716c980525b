"""What must be true of any answer, whatever was asked: no fault, soon, not big, no trace, and what a browser may do with it."""

from __future__ import annotations

import time
from typing import Any

from django.test import Client

from tests.catalogues import body_of
from tests.headers import faults_in

SECONDS = 2.0  # of the processor, its body included
BYTES = 1_000_000
INSIDE = ("Traceback", "django.", "sinorus.facets", "FieldError", "OperationalError", "DataError")


class Asking(Client):
    """Asks as nobody, or as another client does, and notes what each answer cost and held; a fault is an answer, as it is to readers."""

    def __init__(self, like: Client | None = None) -> None:
        super().__init__(raise_request_exception=False)
        if like:
            self.cookies = like.cookies

    def request(self, **asked: Any) -> Any:
        began = time.process_time()
        answer = super().request(**asked)
        answer.body = body_of(answer)  # which a stream gives once
        answer.seconds = time.process_time() - began
        return answer


def dishonest(answer: Any, sent: str = "") -> str:
    """What is wrong with an answer to Asking; empty when nothing is. What was sent may stand in it."""
    if answer.status_code >= 500:
        return str(answer.status_code)
    if answer.seconds > SECONDS:
        return f"{answer.seconds:.1f} seconds"
    if len(answer.body) > BYTES:
        return f"{len(answer.body)} bytes"
    if inside := [word for word in INSIDE if word.encode() in answer.body and word not in sent]:
        return f"tells {inside}"
    return "; ".join(faults_in(answer))
