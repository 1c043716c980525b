"""What is exported is imported without a change, in every format, for every type; and nothing is lost on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from events.models import Event, EventCitation
from sinorus.corpus import state
from sinorus.desk.export import export
from sinorus.desk.shape import TABLES
from sinorus.desk.write import write
from sinorus.publishing import editions
from sinorus.vocab.models import ActorName
from tests.desk.importing import imported, planned

pytestmark = pytest.mark.django_db


def exported(records: str, kind: str) -> bytes:
    type_ = TABLES[records]
    return b"".join(export(type_, type_.model.objects.order_by("pk").values_list("pk", flat=True), kind))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("records", [*TABLES])
def test_there_and_back(world: Any, records: str, kind: str) -> None:
    made = planned(exported(records, kind), records, name=f"a.{kind}")
    assert made.counts == {"unchanged": TABLES[records].model.objects.count()}
    assert not made.tasks


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_hostile_text_comes_back_as_it_went(world: Any, kind: str) -> None:
    hostile = 'a | b \\| c \\n d\ne; f, "g"\t=1+1 🐉 中俄 \\'
    Event.objects.filter(pk=world.visit_1996.pk).update(title='=HYPERLINK("x")', summary=hostile, body=hostile)
    EventCitation.objects.filter(record=world.visit_1996).update(locator="p. 1 | note: p. 2", quotation=hostile, note="[sic]")
    ActorName.objects.filter(record=world.mao).update(text="[毛] | x")
    for records in ("events", "actors"):
        assert set(planned(exported(records, kind), records, name=f"a.{kind}").counts) == {"unchanged"}


def test_records_that_are_gone_come_back_from_their_export(world: Any) -> None:
    before = {pk: digest for pk, digest in state.digests(TABLES["events"], [world.visit_1996.pk]).items()}
    file = exported("events", "csv")
    Event.objects.filter(pk=world.visit_1996.pk).update(title="Spoilt", summary="Spoilt")
    world.visit_1996.participations.all().delete()
    made = imported(file)
    assert made.counts == {"update": 1, "unchanged": Event.objects.count() - 1}
    assert state.digests(TABLES["events"], before) == before


def test_an_unchanged_import_writes_nothing_and_raises_no_edition(world: Any, django_user_model: Any) -> None:
    edition, updated = editions.current(), Event.objects.get(pk=world.visit_1996.pk).updated
    write(planned(exported("events", "csv")), django_user_model.objects.create(username="a"), "note")
    assert editions.current() == edition
    assert Event.objects.get(pk=world.visit_1996.pk).updated == updated


def test_the_commands(world: Any, tmp_path: Path, django_user_model: Any, capsys: Any) -> None:
    django_user_model.objects.create_superuser("publisher")
    file = tmp_path / "sources.csv"
    call_command("export_records", "sources", file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbfslug,status,title,")
    call_command("import_records", file, records="sources", user="publisher")
    assert "0 to create; 0 to update; 4 unchanged; 0 refused" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Say in whose name"):
        call_command("import_records", file, records="sources")
    with pytest.raises(CommandError, match="no account called nobody"):
        call_command("import_records", file, records="sources", user="nobody")
    with pytest.raises(CommandError, match="Allowed: csv, xlsx, json"):
        call_command("export_records", "sources", tmp_path / "sources.doc")
