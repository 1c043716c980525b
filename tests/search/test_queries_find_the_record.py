"""What readers type, and the record that must stand among the first three, on either database."""

from __future__ import annotations

import pytest

from events.models import Event
from sinorus.search.find import find
from sinorus.search.query import parse
from sinorus.search.spelling import did_you_mean
from sinorus.sources.models import Assessment, Source
from sinorus.vocab.models import Actor, Formula, Place, Theme
from treaties.models import Treaty

MODELS = (Actor, Event, Treaty, Place, Theme, Formula, Source, Assessment)

ENGLISH = """
Jiang Zemin | jiang-zemin
jiang zemin | jiang-zemin
JIANG ZEMIN | jiang-zemin
zemin | jiang-zemin
Zemin Jiang | jiang-zemin
Khrushchev | nikita-khrushchev
Yeltsin | boris-yeltsin
Yeltsin's visits | 1996-visit
Yeltsin visited China | 1992-visit
summit | 1989-summit
Sino-Soviet summit | 1989-summit
Sino Soviet summit | 1989-summit
treaties Nerchinsk | nerchinsk-1689
the treaty of Nerchinsk | nerchinsk-1689
Treaty of Aigun, 1858 | aigun-1858
strategic partnership | strategic-partnership
partnerships | strategic-partnership
partnership of coordination | strategic-partnership
partnership of co-ordination | strategic-partnership
friendship without limits | no-limits
good-neighbourliness | friendship-2001
good neighborliness friendly co-operation | friendship-2001
confidence building | trust-1996
border section agreement | border-1991
withdrawing experts | 1960-withdrawal
withdrawal | 1960-withdrawal
normalised relations | 1989-summit
normalization of relations | 1989-summit
pipeline | 2014-gas
pipelines | 2014-gas
gas supplies | 2014-gas
Manoeuvres | 2005-exercise
exercises | 2005-exercise
nuclear power stations | 1992-visit
embassies | 1999-embassy
bombing Belgrade | 1999-embassy
islands | heixiazi
consultation | friendship-2001
territorial claims | friendship-2001
third country | friendship-2001
third countries | friendship-2001
Japan attack | alliance-1950
oil | energy
arms trade | arms-trade
I-39862 | friendship-2001
People's Republic of China | china
peoples republic | china
PRC | china
USSR | soviet-union
U.S.S.R. | soviet-union
SCO | sco
Power of Siberia | 2014-gas
520 million | 1954-khrushchev
Lukin | lukin-bear
Bear dragon | lukin-bear
People's Daily | rmrb-1996
Lushun | lushun
Lüshun | lushun
General Secretary | jiang-zemin
quarrel experts | li-split
visits 1957 | 1957-visit
statement 25 April 1996 | statement-1996
1996-04-25 | 1996-visit statement-1996
Yeltsin 1992 | 1992-visit
"""

CHINESE = """
江泽民 | jiang-zemin
江澤民 | jiang-zemin
泽民 | jiang-zemin
毛泽东 | mao-zedong
毛澤東 | mao-zedong
周恩來 | zhou-enlai
叶利钦 | boris-yeltsin
葉利欽 | boris-yeltsin
鲍里斯·叶利钦 | boris-yeltsin
鲍里斯叶利钦 | boris-yeltsin
赫鲁晓夫 | nikita-khrushchev
条约 | nerchinsk-1689 aigun-1858 peking-1860 friendship-2001 alliance-1950
條約 | nerchinsk-1689 aigun-1858 peking-1860 friendship-2001 alliance-1950
尼布楚條約 | nerchinsk-1689
睦邻友好 | friendship-2001
联合声明 | statement-1996 communique-1992 2022-statement
聯合聲明 | statement-1996 communique-1992 2022-statement
国界 | border-1991 1991-border
战略协作伙伴关系 | strategic-partnership
戰略協作夥伴關係 | strategic-partnership
伙伴 | strategic-partnership constructive-partnership
边界 | border
珍宝岛 | zhenbao
珍寶島事件 | 1969-clash
苏联专家 | 1960-withdrawal
苏联 专家 | 1960-withdrawal
撤走专家 | 1960-withdrawal
访华 | 1992-visit 1954-khrushchev
天然气 | 2014-gas energy
上海合作组织 | sco
上合组织 | sco
上合 | sco
中华人民共和国 | china
黑龙江 | amur
演习 | 2005-exercise
大使馆 | 1999-embassy
军事领域信任 | trust-1996
总书记 | jiang-zemin
中苏关系 | li-danhui
中蘇關係 | li-danhui
李丹慧 | li-danhui
叶利钦抵京 | rmrb-1996
盟 | alliance-1950 soviet-union
中国中华人民共和国 | china
东段国界协定 | border-1991 1991-border
友好条约 | friendship-2001 alliance-1950
赫鲁晓夫1954年访华 | 1954-khrushchev
1996年联合声明 | statement-1996
1957年11月毛泽东访问 | 1957-visit
"苏联专家" | -
专家 -苏联专家 | 1960-withdrawal
"""

RUSSIAN = """
Цзян Цзэминь | jiang-zemin
Цзян Цзэминя | jiang-zemin
Цзян Цзэминем | jiang-zemin
цзэмин | jiang-zemin
Хрущёв | nikita-khrushchev
Хрущев | nikita-khrushchev
Хрущёва | nikita-khrushchev
хрущеву | nikita-khrushchev
ГОРБАЧЁВЫМ | mikhail-gorbachev
Ельцина | boris-yeltsin
Горбачов | mikhail-gorbachev
Хрущов | nikita-khrushchev
визита -Ельцина | 1957-visit
визит | 1996-visit 1992-visit 1957-visit
визиты Ельцина | 1996-visit 1992-visit
визитом Мао | 1957-visit
визита Хрущева | 1954-khrushchev
саммита | 1989-summit
остров | zhenbao heixiazi 1969-clash
острова Даманского | zhenbao 1969-clash
советские специалисты | 1960-withdrawal
отзывом специалистов | 1960-withdrawal
договоры | nerchinsk-1689 alliance-1950 friendship-2001
Нерчинского договора | nerchinsk-1689
договор о добрососедстве | friendship-2001
союзу и взаимопомощи | -
взаимной помощью | alliance-1950
партнёрства | strategic-partnership constructive-partnership
партнерств | strategic-partnership constructive-partnership
стратегическим взаимодействием | strategic-partnership
дружбой без границ | no-limits
границы | border
границ | border
декларации | statement-1996 communique-1992
учений | 2005-exercise
мирной миссии | 2005-exercise
поставок газа | 2014-gas
посольство | 1999-embassy
бомбардировке | 1999-embassy
соглашений | trust-1996 border-1991 1991-border
доверием | trust-1996
Шанхая | shanghai
Шанхайской организации сотрудничества | sco
ШОС | sco
Москвой | moscow
в Пекине | beijing
КНР | china
СССР | soviet-union
Порт-Артура | lushun
порт артур | lushun
Галенович | galenovich
граница XX века | galenovich
генеральным секретарём | jiang-zemin
нефти | energy
визит Хрущёва 1954 года | 1954-khrushchev
договор 1950 г. | alliance-1950
соглашение 1991 | border-1991 1991-border
"""

ROMANISED = """
Chiang Tse-min | jiang-zemin
Chiang Tsemin | jiang-zemin
Chiang Tse min | jiang-zemin
chiang tse–min | jiang-zemin
Jiang Ze-min | jiang-zemin
Jiang Ze min | jiang-zemin
Mao Tse-tung | mao-zedong
Mao Tse Tung | mao-zedong
Mao Tsetung | mao-zedong
Mao Ze-dong | mao-zedong
Teng Hsiao-p'ing | deng-xiaoping
Teng Hsiao-ping | deng-xiaoping
Teng Hsiao-p’ing | deng-xiaoping
Deng Xiao Ping | deng-xiaoping
Chou En-lai | zhou-enlai
Chou Enlai | zhou-enlai
Peking | beijing
Sinkiang | xinjiang
Chen-pao | zhenbao
Chenpao | zhenbao
Damansky | zhenbao 1969-clash
Port Arthur | lushun
Port-Arthur | lushun
Bolshoi Ussuriysky | heixiazi
Chruschtschow | nikita-khrushchev
"""

MIXED = """
Jiang Zemin 江泽民 | jiang-zemin
江泽民 Цзян Цзэминь | jiang-zemin
Yeltsin 访问 | 1996-visit
1996 联合声明 | statement-1996
Nerchinsk 条约 | nerchinsk-1689
визит 访华 | 1992-visit 1954-khrushchev
ＪＩＡＮＧ　ＺＥＭＩＮ | jiang-zemin
２００５ | 2005-exercise
中国 Китай China | china
"""

LANGUAGE = """
"strategic partnership" | strategic-partnership statement-1996
“strategic coordination” | 1996-visit
«мирная миссия» | 2005-exercise
「珍宝岛」 | zhenbao
"of the border" | 1991-border
"border the" | -
"partnership strategic" | -
visits -Shanghai | 1992-visit 1957-visit 1954-khrushchev
visits -Yeltsin -Mao | 1954-khrushchev
Yeltsin -visits | boris-yeltsin
treaty -"mutual assistance" | nerchinsk-1689
条约 -友好 | nerchinsk-1689 aigun-1858
визит -Ельцина | 1957-visit 1954-khrushchev
Khrush* | nikita-khrushchev
normali* | 1989-summit
Горбач* | mikhail-gorbachev
Vladi* | vladivostok vladimir-putin
стратег* | strategic-partnership
珍宝* | zhenbao
neighb* treaty | friendship-2001
border AND agreement | border-1991
border OR agreement | border-1991
summit NOT | 1989-summit
NEAR(summit beijing) | -
title:summit | -
summit (Beijing) | 1989-summit
{summit} [Beijing] | 1989-summit
summit & Beijing | 1989-summit
summit | Beijing | 1989-summit
summit!:*^ | 1989-summit
summit -- | 1989-summit
summit - Beijing | 1989-summit
'summit' | 1989-summit
"summit | 1989-summit
summit;DROP TABLE | -
50% summit | -
"""

MISSPELT = """
Gorbachov | gorbachev | mikhail-gorbachev
Khruschev | khrushchev | nikita-khrushchev
Jiang Zeming | jiang zemin | jiang-zemin
Vladivostock | vladivostok | vladivostok
Nerchinks treaty | nerchinsk treaty | nerchinsk-1689
Yelstin | yeltsin | boris-yeltsin
Stratgic partnership | strategic partnership | strategic-partnership
Нерчинсский договор | нерчинский договор | nerchinsk-1689
партнерсво | партнерство | constructive-partnership
江择民 | 江泽民 | jiang-zemin
珍宝鸟 | 珍宝岛 | zhenbao
江泽民主席 | 江泽民 | jiang-zemin
"""


def _rows(table: str) -> list[tuple[str, str]]:
    return [(line.rpartition(" | ")[0], line.rpartition(" | ")[2]) for line in table.strip().splitlines()]


TABLES = {"english": ENGLISH, "chinese": CHINESE, "russian": RUSSIAN, "romanised": ROMANISED, "mixed": MIXED, "language": LANGUAGE}


def scopes() -> list:
    return [model.objects.public() for model in MODELS]


def first_three(text: str) -> list[str]:
    """Slugs of the three best hits of all types."""
    found = find(parse(text), scopes(), "en", limit=3)
    hits = sorted((hit for group in found.groups for hit in group.hits), key=lambda hit: -hit.score)
    return [hit.record.slug for hit in hits[:3]]


def test_the_table_is_long_enough() -> None:
    assert len({query for table in TABLES.values() for query, _expected in _rows(table)}) >= 120


def right(found: list[str], expected: str) -> bool:
    """ "-" stands for nothing at all; several slugs: any of them; "!" before one: it must not be found."""
    if expected == "-":
        return found == []
    return expected[1:] not in found if expected.startswith("!") else bool(set(expected.split()) & set(found))


@pytest.mark.parametrize("name", TABLES)
def test_the_record_is_among_the_first_three(shelves: None, name: str) -> None:
    rows = [(query, expected, first_three(query)) for query, expected in _rows(TABLES[name])]
    wrong = [row for row in rows if not right(row[2], row[1])]
    assert not wrong, "\n" + "\n".join(map(str, wrong))


def test_a_misspelt_query_finds_nothing_and_the_nearest_spelling_finds_the_record(shelves: None) -> None:
    wrong = []
    for query, better, expected in (row.split(" | ") for row in MISSPELT.strip().splitlines()):
        offered = did_you_mean(parse(query), scopes())
        if first_three(query) or offered.lower() != better or expected not in first_three(offered):
            wrong.append((query, offered, first_three(query)))
    assert not wrong, "\n" + "\n".join(map(str, wrong))
