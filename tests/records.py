"""Records for tests: a function a type that fills in what a test does not care for, and the small world."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any

from events.models import Event, EventAccount, EventCitation, EventLink, Participation
from sinorus.dossiers.models import Dossier
from sinorus.publishing.models import Edition
from sinorus.sources.models import Assessment, FormulaCitation, Source
from sinorus.vocab.models import Actor, ActorName, Formula, Place, Succession, Tenure, Theme
from treaties.models import (
    Article,
    FormulaUse,
    Party,
    PartyAction,
    Provision,
    Registration,
    Signature,
    Treaty,
    TreatyAccount,
    TreatyCitation,
    TreatyLanguage,
    WorkingLife,
)

World = SimpleNamespace
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
PUBLISHED = {"status": "published", "published": LONG_AGO, "updated": LONG_AGO, "created": LONG_AGO}
DRAFT = {"status": "draft", "created": LONG_AGO, "updated": LONG_AGO}


def _make(model: type, slug: str, **fields: Any) -> Any:
    state = DRAFT if fields.pop("draft", False) else PUBLISHED
    return model.objects.create(**{"slug": slug, "title": slug.replace("-", " ").capitalize(), **state, **fields})


def actor(slug: str, kind: str = "state", **fields: Any) -> Actor:
    return _make(Actor, slug, kind=kind, **fields)


def place(slug: str, kind: str = "city", **fields: Any) -> Place:
    return _make(Place, slug, kind=kind, **fields)


def theme(slug: str, **fields: Any) -> Theme:
    return _make(Theme, slug, **fields)


def formula(slug: str, **fields: Any) -> Formula:
    return _make(Formula, slug, **{"type": "rung", **fields})


def source(slug: str, **fields: Any) -> Source:
    return _make(Source, slug, **fields)


def assessment(slug: str, holder: Actor, source: Source, **fields: Any) -> Assessment:
    return _make(Assessment, slug, holder=holder, source=source, **fields)


def event(
    slug: str,
    date: str = "1996-04-25",
    actors: tuple = (),
    themes: tuple = (),
    formulas: tuple = (),
    assessments: tuple = (),
    cites: Source | None = None,
    **fields: Any,
) -> Event:
    made = _make(Event, slug, **{"kind": "meeting", "date": date, "summary": f"What happened: {slug}.", **fields})
    for position, one in enumerate(actors):
        Participation.objects.create(event=made, actor=one, position=position)
    made.themes.set(themes)
    made.formulas.set(formulas)
    made.assessments.set(assessments)
    if cites:
        EventCitation.objects.create(record=made, source=cites)
    return made


def treaty(
    slug: str,
    signed: str = "1996-04-25",
    parties: tuple = (),
    signatories: tuple = (),
    themes: tuple = (),
    assessments: tuple = (),
    cites: Source | None = None,
    **fields: Any,
) -> Treaty:
    usual = {"kind": "treaty", "binding": "binding", "signed": signed, "summary": f"What it says: {slug}."}
    made = _make(Treaty, slug, **{**usual, **fields})
    for position, one in enumerate(parties):
        Party.objects.create(treaty=made, actor=one, position=position)
    for one in signatories:
        Signature.objects.create(treaty=made, actor=one)
    made.themes.set(themes)
    made.assessments.set(assessments)
    if cites:
        TreatyCitation.objects.create(record=made, source=cites)
    return made


def dossier(slug: str, body: str, themes: tuple = (), **fields: Any) -> Dossier:
    made = _make(Dossier, slug, **{"summary": f"What it is about: {slug}.", "body": body, **fields})
    made.themes.set(themes)
    return made


def small_world() -> World:
    """China, Russia and what came before it; Beijing, Shanghai, Moscow; eight events, five instruments, a dossier; a draft of each kind."""
    w = World()
    Edition.objects.update_or_create(pk=1, defaults={"number": 7})
    _vocabulary(w)
    _evidence(w)
    _events(w)
    _treaties(w)
    _dossiers(w)
    return w


def _vocabulary(w: World) -> None:
    w.china = actor("china", title="China", title_zh="中国", title_ru="Китай", side="chinese", life="1949-10-01/..")
    w.qing = actor("qing-empire", title="Qing Empire", title_zh="清朝", title_ru="Империя Цин", side="chinese", life="1644/1912")
    w.russia = actor("russia", title="Russia", title_zh="俄罗斯", title_ru="Россия", side="russian", life="1991-12-26/..")
    w.soviet_union = actor("soviet-union", title="Soviet Union", title_zh="苏联", title_ru="Советский Союз", side="russian")
    w.tsardom = actor("tsardom", title="Tsardom of Russia", side="russian")
    w.kazakhstan = actor("kazakhstan", title="Kazakhstan", title_zh="哈萨克斯坦")
    Succession.objects.create(predecessor=w.soviet_union, successor=w.russia, date="1991-12-26")
    Succession.objects.create(predecessor=w.tsardom, successor=w.soviet_union)
    w.yeltsin = actor(
        "boris-yeltsin", "person", title="Boris Yeltsin", title_zh="鲍里斯·叶利钦", sort_name="Yeltsin, Boris", side="russian"
    )
    w.jiang = actor("jiang-zemin", "person", title="Jiang Zemin", title_zh="江泽民", sort_name="Jiang Zemin", side="chinese")
    w.mao = actor("mao-zedong", "person", title="Mao Zedong", title_zh="毛泽东", sort_name="Mao Zedong", side="chinese")
    w.sco = actor("sco", "organisation", title="Shanghai Cooperation Organisation")
    ActorName.objects.create(record=w.mao, text="毛澤東", language="zh", script="Hant", type="other")
    Tenure.objects.create(person=w.yeltsin, title="President", of=w.russia, start="1991-07-10", end="1999-12-31")
    w.prc = place("china", "country", title="China")
    w.rus = place("russia", "country", title="Russia")
    w.beijing = place("beijing", title="Beijing", title_zh="北京", title_ru="Пекин", within=w.prc, latitude="39.9042", longitude="116.4074")
    w.shanghai = place("shanghai", title="Shanghai", within=w.prc)
    w.moscow = place("moscow", title="Moscow", title_zh="莫斯科", title_ru="Москва", within=w.rus)
    w.border = theme("border", title="Border")
    w.partnership = theme("partnership", title="Partnership")
    w.trade = theme("trade", title="Trade")
    w.constructive = formula("constructive-partnership", title="Constructive partnership", position=2)
    w.strategic = formula("strategic-partnership", title="Strategic partnership", title_zh="战略协作伙伴关系", position=3)
    w.draft_actor = actor("hidden-envoy", "person", draft=True)
    w.draft_place = place("hidden-town", within=w.prc, draft=True)
    w.draft_theme = theme("hidden-theme", draft=True)
    w.draft_formula = formula("hidden-formula", draft=True)


def _evidence(w: World) -> None:
    w.un_text = source(
        "un-a-51-127", title="Letter of 29 April 1996", kind="report", standing="official", issued="1996-05-07", number="A/51/127"
    )
    w.pravda = source("pravda-1969", title="Note of the Soviet government", kind="article-newspaper", origin="russian", issued="1969-03-30")
    w.study = source("a-study", title="A study", kind="book", standing="scholarship", authors="Ishii, Akira\nUnited Nations", issued="2005")
    w.draft_source = source("hidden-source", draft=True)
    FormulaCitation.objects.create(record=w.strategic, source=w.un_text, quotation="strategic partnership", quotation_language="en")
    w.jiang_says = assessment(
        "jiang-on-partnership",
        w.jiang,
        w.study,
        date="1997-04-23",
        topic=w.partnership,
        stance="supports",
        summary="He held it to be lasting.",
    )
    w.mao_says = assessment(
        "mao-on-border", w.mao, w.study, date="1964-07-10", topic=w.border, stance="criticises", summary="He named losses."
    )
    w.draft_assessment = assessment("hidden-assessment", w.mao, w.study, date="1960", draft=True)


def _events(w: World) -> None:
    w.visit_1996 = event(
        "yeltsin-in-beijing-1996",
        "25 April 1996",
        (w.china, w.russia, w.yeltsin, w.jiang),
        (w.partnership,),
        (w.strategic,),
        (w.jiang_says,),
        w.un_text,
        title="Yeltsin visits Beijing",
        title_zh="叶利钦访问北京",
        title_ru="Визит Ельцина в Пекин",
        kind="summit",
        importance=3,
        place=w.beijing,
        body="The two sides *signed* a joint statement.",
    )
    w.five_1996 = event(
        "shanghai-five-1996",
        "1996-04-26",
        (w.china, w.russia, w.kazakhstan, w.yeltsin),
        (w.border,),
        cites=w.study,
        kind="signing",
        importance=3,
        place=w.shanghai,
    )
    w.clash_1969 = event(
        "zhenbao-1969", "2 March 1969", (w.china, w.soviet_union), (w.border,), (), (w.mao_says,), w.pravda, kind="clash", importance=3
    )
    EventAccount.objects.create(record=w.clash_1969, source=w.pravda, field="losses", value="31")
    EventAccount.objects.create(record=w.clash_1969, source=w.study, field="losses", value="58", preferred=True, reason="Archives")
    w.mao_1957 = event(
        "mao-in-moscow-1957", "November 1957", (w.china, w.soviet_union, w.mao), cites=w.study, kind="visit", importance=2, place=w.moscow
    )
    w.split = event("the-split", "late 1950s", (w.china, w.soviet_union), (w.border, w.trade), cites=w.study, kind="crisis", importance=3)
    w.talks_1964 = event(
        "border-talks-1964", "1964-02/1964-08", (w.china, w.soviet_union), (w.border,), cites=w.study, kind="negotiation", place=w.beijing
    )
    w.summits = event("regular-summits", "1991/..", (w.china, w.russia), (w.partnership,), cites=w.study, kind="institution", importance=2)
    w.nerchinsk_1689 = event("talks-at-nerchinsk", "August 1689", (w.qing, w.tsardom), (w.border,), cites=w.study, kind="negotiation")
    EventLink.objects.create(event=w.mao_1957, type="background-to", target=w.split)
    w.draft_event = event("hidden-event", "1996-04-25", (w.china, w.russia), (w.partnership,), kind="summit", draft=True)


def _treaties(w: World) -> None:
    w.nerchinsk = treaty(
        "nerchinsk-1689", "1689-08-27", (w.qing, w.tsardom), themes=(w.border,), cites=w.study, title="Treaty of Nerchinsk"
    )
    w.alliance = treaty(
        "alliance-1950",
        "1950-02-14",
        (w.china, w.soviet_union),
        themes=(w.partnership,),
        cites=w.study,
        title="Treaty of Friendship, Alliance and Mutual Assistance",
        title_zh="中苏友好同盟互助条约",
        in_force="1950-04-11",
        terminated="1980-04-11",
        end="expired",
        term_years=30,
        place=w.moscow,
    )
    PartyAction.objects.create(party=w.alliance.party_links.get(actor=w.china), type="denounced", date="1979-04-03")
    WorkingLife.objects.create(record=w.alliance, text="nominal since the late 1950s", start="late 1950s", source=w.study, holder=w.mao)
    article = Article.objects.create(treaty=w.alliance, key="1", number="1", heading="Mutual defence", summary="Each helps the other.")
    Provision.objects.create(article=article, topic="mutual-assistance")
    w.statement = treaty(
        "joint-statement-1996",
        "1996-04-25",
        (w.china, w.russia),
        (w.yeltsin, w.jiang),
        (w.partnership,),
        (w.jiang_says,),
        w.un_text,
        title="Joint statement",
        kind="joint-statement",
        binding="political",
        place=w.beijing,
        signed_at=w.visit_1996,
    )
    FormulaUse.objects.create(treaty=w.statement, formula=w.strategic, first=True, wording="strategic partnership")
    Registration.objects.create(treaty=w.statement, register="UN document", number="A/51/127")
    w.good_neighbours = treaty(
        "good-neighbours-2001",
        "2001-07-16",
        (w.china, w.russia),
        (w.jiang,),
        (w.partnership, w.border),
        cites=w.study,
        title="Treaty of Good-Neighbourliness",
        in_force="2002-02-28",
        term_years=20,
        renews=True,
        place=w.moscow,
    )
    TreatyLanguage.objects.create(treaty=w.good_neighbours, code="zh", authentic=True)
    w.measures = treaty(
        "confidence-measures-1996",
        "1996-04-26",
        (w.china, w.russia, w.kazakhstan),
        themes=(w.border,),
        cites=w.study,
        kind="agreement",
        in_force="about 1998",
        place=w.shanghai,
        signed_at=w.five_1996,
    )
    TreatyAccount.objects.create(record=w.measures, source=w.study, field="in force", value="7 May 1998")
    w.draft_treaty = treaty("hidden-treaty", "1996-04-25", (w.china, w.russia), (w.yeltsin,), (w.partnership,), draft=True)


#: Names records of every type, with words and without; a draft of each way to name one; and what never was.
DOSSIER = """
In April 1996 [[actor:boris-yeltsin]] came to [[place:beijing]], where [[event:yeltsin-in-beijing-1996|the visit]] gave the relation
a [[formula:strategic-partnership|name]].[@un-a-51-127, p. 2] Unlike [[treaty:alliance-1950#article-1|Article 1]] of 1950 it was
no alliance.[@a-study, p. 4; @un-a-51-127]

## Sources *disagree*

[[event:zhenbao-1969]]

A note may be named again.[@un-a-51-127, p. 2] The [[theme:border]] is one matter, [[event:hidden-event|an unpublished event]] another,
[[treaty:hidden-treaty]] a third, and so are [[actor:never-was|someone unknown]] and what a hidden source says.[@hidden-source, p. 9]

### The treaty itself

[[treaty:alliance-1950]]
"""


def _dossiers(w: World) -> None:
    w.dossier = dossier(
        "the-partnership",
        DOSSIER,
        (w.partnership,),
        title="The partnership",
        title_zh="伙伴关系",
        title_ru="Партнёрство",
        summary="How it came.",
    )
    w.draft_dossier = dossier("hidden-dossier", "It names [[event:yeltsin-in-beijing-1996]].[@a-study]", (w.partnership,), draft=True)
