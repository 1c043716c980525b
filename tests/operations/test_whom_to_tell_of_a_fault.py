"""``/.well-known/security.txt`` names whom to tell, where somebody is named, and does not go stale."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.once
def test_it_names_the_contact(reader: Client, settings: Any) -> None:
    assert reader.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@sinorus.example"
    answer = reader.get("/.well-known/security.txt")
    told = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert told["Contact"] == "mailto:security@sinorus.example"
    assert told["Canonical"] == "http://testserver/.well-known/security.txt"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told["Expires"])
    left = datetime.datetime.fromisoformat(told["Expires"]) - datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(days=30) < left < datetime.timedelta(days=366)
    assert not answer.cookies
