"""Texts for the tests of comparison: three instruments whose articles are coded in different degrees."""

from __future__ import annotations

from typing import Any

from tests.records import treaty
from treaties.models import Article, Provision, Treaty, TreatyLanguage


def article(of: Treaty, key: str, *topics: str, **fields: Any) -> Article:
    number = fields.pop("number", key if key.isdigit() else "")
    made = Article.objects.create(treaty=of, key=key, number=number, position=of.articles.count(), **fields)
    for topic in topics:
        Provision.objects.create(article=made, topic=topic)
    return made


def texts() -> dict[str, Treaty]:
    """An alliance coded in full, a treaty coded in part, a political text not coded at all, and one older than the atom."""
    alliance = treaty("old-alliance", "1950-02-14", coded="full", title="Old alliance")
    article(alliance, "1", "common-enemy", "mutual-assistance", heading="The enemy", summary="Each helps the other against Japan.")
    article(alliance, "4", "consultation", summary="They consult.", quotation="The two sides will consult at once", quotation_language="en")
    modern = treaty("modern-treaty", "2001-07-16", coded="partial", title="Modern treaty")
    article(modern, "9", "consultation", quotation="The two parties will consult in time", quotation_language="en")
    article(modern, "22", "no-third-party", summary="Aimed at nobody.", quotation="不针对任何第三国", quotation_language="zh")
    article(modern, "preamble", heading="Why", summary="Without a topic.")
    TreatyLanguage.objects.create(treaty=modern, code="zh", authentic=True)
    TreatyLanguage.objects.create(treaty=modern, code="en", authentic=False)
    statement = treaty("a-statement", "1996-04-25", binding="political", kind="joint-statement", title="A statement")
    ancient = treaty("ancient-treaty", "1860-11-14", coded="full", title="Ancient treaty")
    article(ancient, "1", "border-line")
    return {"alliance": alliance, "modern": modern, "statement": statement, "ancient": ancient}
