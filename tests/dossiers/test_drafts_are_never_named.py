"""A dossier betrays nothing of a record that readers may not see, whether it was a draft from the first or became one later."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sinorus.dossiers.models import Dossier
from sinorus.search import index
from tests import records as make
from tests.catalogues import body_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FORMS = (
    "/dossiers/the-partnership/",
    "/zh/dossiers/the-partnership/",
    "/api/v1/dossiers/the-partnership/",
    "/api/v1/dossiers/",
    "/dossiers.csv",
    "/dossiers.jsonl",
)


def said(reader: Client) -> str:
    return "".join(body_of(reader.get(address)).decode() for address in FORMS)


@pytest.mark.parametrize("name", ["hidden-event", "hidden-treaty", "hidden-source"])
def test_no_form_names_a_draft(reader: Client, world: Any, name: str) -> None:
    assert name not in said(reader)
    assert name.replace("-", " ").capitalize() not in said(reader)


def test_what_becomes_a_draft_later_is_no_link_any_more(reader: Client, world: Any) -> None:
    """Nothing saves the dossier again: that it is hidden is asked when it is shown."""
    records = [
        (world.visit_1996, "yeltsin-in-beijing-1996", "Yeltsin visits Beijing"),
        (world.clash_1969, "zhenbao-1969", "Zhenbao 1969"),
        (world.alliance, "alliance-1950", "Mutual Assistance"),
        (world.yeltsin, "boris-yeltsin", "Boris Yeltsin"),
        (world.beijing, "places/beijing", ">Beijing<"),
        (world.strategic, "strategic-partnership", "Strategic partnership"),
        (world.study, "a-study", "A study"),
    ]
    for record, slug, title in records:
        assert slug in said(reader)
        type(record).objects.filter(pk=record.pk).update(status="draft")
        after = said(reader)
        assert slug not in after, slug
        assert title not in after, title
    assert "the visit" in said(reader)  # the author's own words stay
    for record, slug, _title in records:
        type(record).objects.filter(pk=record.pk).update(status="published")
        assert slug in said(reader)


def test_a_draft_looks_like_what_never_was(reader: Client, world: Any) -> None:
    """Twin data: one dossier names drafts where the other names nothing that exists."""
    body = "It was [[event:{0}|there]] or [[event:{0}]], in [[treaty:{0}#article-1|art. 1]].[@{0}, p. 4; @a-study]"
    body += "\n\n[[event:{0}]]\n\n[[treaty:{0}]]\n"
    for slug in ("hidden", "never-was"):
        for factory in (make.event, make.treaty, make.source) if slug == "hidden" else ():
            factory(slug, draft=True)
    twins = []
    for slug in ("hidden", "never-was"):
        made = make.dossier("twin", body.format(slug))
        pages = [body_of(reader.get(address)).decode() for address in ("/dossiers/twin/", "/api/v1/dossiers/twin/", "/zh/dossiers/twin/")]
        twins.append([page.replace(made.public_id, "ID").replace(f"/id/D{made.pk}", "") for page in pages])
        made.delete()
    assert twins[0] == twins[1]


def test_the_body_of_the_api_keeps_words_and_drops_slugs(reader: Client, world: Any) -> None:
    body = reader.get("/api/v1/dossiers/the-partnership/").json()["body"]
    assert "[[actor:boris-yeltsin]]" in body
    assert "[[event:yeltsin-in-beijing-1996|the visit]]" in body
    assert "[@a-study, p. 4; @un-a-51-127]" in body
    assert "an unpublished event another,\n(record not available) a third" in body
    assert body.rstrip().endswith("[[treaty:alliance-1950]]")
    type(world.study).objects.filter(pk=world.study.pk).update(status="draft")
    assert "no alliance.[@un-a-51-127]" in reader.get("/api/v1/dossiers/the-partnership/").json()["body"]


def test_a_draft_dossier_is_nowhere(reader: Client, world: Any) -> None:
    for address in ("/", "/dossiers/", "/dossiers.csv", "/events/yeltsin-in-beijing-1996/", "/sources/a-study/", "/api/v1/dossiers/"):
        answer = body_of(reader.get(address)).decode()
        assert "hidden-dossier" not in answer, address
        assert "Hidden dossier" not in answer, address
    assert reader.get("/dossiers/hidden-dossier/").status_code == 404
    assert reader.get("/api/v1/dossiers/hidden-dossier/").status_code == 404


def test_the_search_knows_words_and_no_slugs(reader: Client, world: Any) -> None:
    index.update([world.dossier])
    assert "hidden" not in Dossier.objects.get(pk=world.dossier.pk).body_text.replace("a hidden source", "")
    for query, count in (("unpublished", 1), ('"hidden-event"', 0), ("alliance-1950", 0), ("никогда", 0)):
        assert reader.get("/api/v1/dossiers/", {"q": query}).json()["count"] == count, query
