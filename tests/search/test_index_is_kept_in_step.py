"""What an editor saves is found at once, what is deleted is gone, and what is rolled back never was."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from events.models import Event
from sinorus.search import index
from sinorus.search.models import Entry, Label
from sinorus.vocab.models import Actor, ActorName, Theme
from tests import records as make
from treaties.models import Article, Treaty


def slugs(reader: Client, query: str, where: str = "events") -> list[str]:
    return [one["slug"] for one in reader.get(f"/api/v1/{where}/", {"q": query}).json()["results"]]


@pytest.fixture
def theme(db: None) -> Theme:
    made = make.theme("rivers", title="Rivers")
    index.update([made])
    return made


def form(theme: Theme, **changes: str) -> dict[str, str]:
    return {
        "title": theme.title,
        "title_zh": "",
        "title_ru": "",
        "summary": "",
        "status": "published",
        "slug": theme.slug,
        "editor_note": "",
    } | changes


def test_a_save_in_the_admin_is_found_at_once(theme: Theme, publisher: Client, reader: Client) -> None:
    answer = publisher.post(f"/admin/vocab/theme/{theme.pk}/change/", form(theme, title="Fisheries", title_ru="Рыболовство"))
    assert answer.status_code == 302
    assert slugs(reader, "fishery", "themes") == slugs(reader, "рыболовства", "themes") == ["rivers"]
    assert slugs(reader, "rivers", "themes") == []


def test_a_record_made_in_the_admin_is_found(db: None, publisher: Client, reader: Client) -> None:
    publisher.post("/admin/vocab/theme/add/", form(Theme(title="Telegraphs", slug="telegraphs")))
    assert slugs(reader, "telegraph", "themes") == ["telegraphs"]


def test_a_deleted_record_leaves_nothing(theme: Theme, publisher: Client) -> None:
    publisher.post(f"/admin/vocab/theme/{theme.pk}/delete/", {"post": "yes"})
    assert not Entry.objects.exists() and not Label.objects.exists()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_terms")
            assert cursor.fetchone() == (0,)


def test_records_deleted_by_the_action_leave_nothing(theme: Theme, publisher: Client) -> None:
    publisher.post("/admin/vocab/theme/", {"action": "delete_selected", "_selected_action": [theme.pk], "post": "yes"})
    assert not Theme.objects.exists() and not Entry.objects.exists()


def test_a_draft_is_indexed_for_editors_and_not_found_by_readers(theme: Theme, publisher: Client, reader: Client) -> None:
    publisher.post("/admin/vocab/theme/", {"action": "withdraw_to_draft", "_selected_action": [theme.pk]})
    assert slugs(reader, "rivers", "themes") == []
    assert reader.get("/api/v1/suggest/?q=riv").json()["suggestions"] == []
    assert reader.get("/api/v1/search/?q=rivres").json()["did_you_mean"] is None
    assert b"Rivers" in publisher.get("/admin/vocab/theme/?q=river").content


def test_what_is_rolled_back_was_never_indexed(theme: Theme, reader: Client) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        theme.title = "Canals"
        theme.save()
        index.update([theme])
        raise RuntimeError
    assert slugs(reader, "canals", "themes") == [] and slugs(reader, "rivers", "themes") == ["rivers"]


def test_an_article_saved_on_its_own_form_is_found(db: None, publisher: Client, reader: Client) -> None:
    treaty = make.treaty("kulja", title="Treaty of Kulja")
    article = Article.objects.create(treaty=treaty, key="3", number="3", heading="Trade", summary="Merchants.")
    index.update([treaty])
    data = {"number": "3", "key": "3", "heading": "Caravans", "summary": "Merchants.", "quotation": "", "quotation_language": "",
            "provisions-TOTAL_FORMS": "0", "provisions-INITIAL_FORMS": "0"}  # fmt: skip
    assert publisher.post(f"/admin/treaties/article/{article.pk}/change/", data).status_code == 302
    assert slugs(reader, "caravan", "treaties") == ["kulja"]
    best = reader.get("/api/v1/search/?q=caravan").json()["best"]
    assert best["part"]["anchor"] == "article-3" and best["page"].endswith("/treaties/kulja/#article-3")
    publisher.post(f"/admin/treaties/article/{article.pk}/delete/", {"post": "yes"})
    assert slugs(reader, "caravan", "treaties") == []


def test_another_name_is_found_and_told(db: None, reader: Client) -> None:
    actor = make.actor("jiang", "person", title="Jiang Zemin")
    ActorName.objects.create(record=actor, text="Chiang Tse-min", language="zh", script="Latn")
    index.update([actor])
    assert reader.get("/api/v1/search/?q=tsemin").json()["best"]["also_known_as"] == {"text": "Chiang Tse-min", "language": "zh-Latn"}
    assert "Also known as" in reader.get("/actors/?q=tsemin").content.decode()


def test_verify_tells_what_is_missing_stale_and_superfluous(theme: Theme) -> None:
    assert not index.verify()
    missing = make.theme("missing")
    Theme.objects.filter(pk=theme.pk).update(title="Deltas")
    Entry.objects.create(record_type="theme", record_id=999_999, digest="")
    found = index.verify()
    assert (found.missing, found.stale, found.superfluous) == ([f"theme {missing.pk}"], [f"theme {theme.pk}"], ["theme 999999"])
    with pytest.raises(CommandError) as told:
        call_command("search_index", "--verify")
    assert told.value.returncode == 1
    call_command("search_index")
    call_command("search_index", "--verify")


def test_a_save_that_changes_no_searched_text_writes_nothing(theme: Theme) -> None:
    before = Entry.objects.get()
    index.update([theme])
    assert Entry.objects.get() == before and index.refresh() == 0


def test_every_record_type_is_searched() -> None:
    from sinorus.publishing.views import record_models
    from sinorus.search.fields import searched_models

    assert set(record_models().values()) == set(searched_models()) and {Event, Treaty, Actor} <= set(searched_models())
