"""The records that the searches of these tests are asked of: some dozens, in three languages, as the site would have them."""

from __future__ import annotations

from sinorus.search import index
from sinorus.sources.models import Source
from sinorus.vocab.models import Actor, ActorName, PlaceName, Tenure
from tests import records as make
from treaties.models import Article, Registration

NAMES = {
    "jiang-zemin": [("Chiang Tse-min", "zh", "Latn"), ("Цзян Цзэминь", "ru", "Cyrl"), ("江澤民", "zh", "Hant")],
    "mao-zedong": [("Mao Tse-tung", "zh", "Latn"), ("毛澤東", "zh", "Hant")],
    "deng-xiaoping": [("Teng Hsiao-p'ing", "zh", "Latn")],
    "zhou-enlai": [("Chou En-lai", "zh", "Latn"), ("周恩來", "zh", "Hant")],
    "nikita-khrushchev": [("Khrushchyov", "ru", "Latn"), ("Chruschtschow", "de", "Latn")],
    "soviet-union": [
        ("USSR", "en", "Latn"),
        ("Union of Soviet Socialist Republics", "en", "Latn"),
        ("СССР", "ru", "Cyrl"),
        ("苏维埃社会主义共和国联盟", "zh", "Hans"),
    ],
    "china": [
        ("People's Republic of China", "en", "Latn"),
        ("中华人民共和国", "zh", "Hans"),
        ("Китайская Народная Республика", "ru", "Cyrl"),
        ("КНР", "ru", "Cyrl"),
        ("PRC", "en", "Latn"),
    ],
    "russia": [("Russian Federation", "en", "Latn"), ("俄罗斯联邦", "zh", "Hans"), ("Российская Федерация", "ru", "Cyrl")],
    "sco": [("SCO", "en", "Latn"), ("ШОС", "ru", "Cyrl"), ("上合组织", "zh", "Hans")],
}
PLACE_NAMES = {
    "beijing": [("Peking", "en", "Latn"), ("Peiping", "en", "Latn")],
    "zhenbao": [("Damansky Island", "en", "Latn"), ("Chen-pao", "zh", "Latn"), ("珍寶島", "zh", "Hant")],
    "lushun": [("Port Arthur", "en", "Latn"), ("Порт-Артур", "ru", "Cyrl")],
    "heixiazi": [("Bolshoi Ussuriysky", "ru", "Latn"), ("Большой Уссурийский остров", "ru", "Cyrl")],
    "xinjiang": [("Sinkiang", "en", "Latn")],
    "amur": [("Heilong Jiang", "zh", "Latn")],
}
ACTORS = [
    ("jiang-zemin", "person", "Jiang Zemin", "江泽民", "Цзян Цзэминь"),
    ("mao-zedong", "person", "Mao Zedong", "毛泽东", "Мао Цзэдун"),
    ("deng-xiaoping", "person", "Deng Xiaoping", "邓小平", "Дэн Сяопин"),
    ("zhou-enlai", "person", "Zhou Enlai", "周恩来", "Чжоу Эньлай"),
    ("xi-jinping", "person", "Xi Jinping", "习近平", "Си Цзиньпин"),
    ("boris-yeltsin", "person", "Boris Yeltsin", "鲍里斯·叶利钦", "Борис Ельцин"),
    ("nikita-khrushchev", "person", "Nikita Khrushchev", "尼基塔·赫鲁晓夫", "Никита Хрущёв"),
    ("mikhail-gorbachev", "person", "Mikhail Gorbachev", "米哈伊尔·戈尔巴乔夫", "Михаил Горбачёв"),
    ("vladimir-putin", "person", "Vladimir Putin", "弗拉基米尔·普京", "Владимир Путин"),
    ("joseph-stalin", "person", "Joseph Stalin", "约瑟夫·斯大林", "Иосиф Сталин"),
    ("china", "state", "China", "中国", "Китай"),
    ("russia", "state", "Russia", "俄罗斯", "Россия"),
    ("soviet-union", "state", "Soviet Union", "苏联", "Советский Союз"),
    ("sco", "organisation", "Shanghai Cooperation Organisation", "上海合作组织", "Шанхайская организация сотрудничества"),
]
PLACES = [
    ("beijing", "city", "Beijing", "北京", "Пекин"),
    ("moscow", "city", "Moscow", "莫斯科", "Москва"),
    ("shanghai", "city", "Shanghai", "上海", "Шанхай"),
    ("vladivostok", "city", "Vladivostok", "符拉迪沃斯托克", "Владивосток"),
    ("nerchinsk", "city", "Nerchinsk", "涅尔琴斯克", "Нерчинск"),
    ("lushun", "city", "Lüshun", "旅顺", "Люйшунь"),
    ("zhenbao", "island", "Zhenbao Island", "珍宝岛", "остров Даманский"),
    ("heixiazi", "island", "Heixiazi Island", "黑瞎子岛", "остров Тарабаров"),
    ("amur", "river", "Amur", "黑龙江", "Амур"),
    ("xinjiang", "region", "Xinjiang", "新疆", "Синьцзян"),
]
THEMES = [
    ("border", "Border", "边界", "Граница"),
    ("arms-trade", "Arms trade", "军火贸易", "Торговля оружием"),
    ("energy", "Oil and gas", "石油和天然气", "Нефть и газ"),
]
FORMULAS = [
    ("constructive-partnership", "Constructive partnership", "建设性伙伴关系", "Конструктивное партнёрство"),
    ("strategic-partnership", "Strategic partnership of coordination", "战略协作伙伴关系", "Партнёрство стратегического взаимодействия"),
    ("no-limits", "Friendship without limits", "友好没有止境", "Дружба без границ"),
]
EVENTS = [
    (
        "1989-summit",
        "1989-05-16",
        3,
        "Sino-Soviet summit in Beijing",
        "中苏高级会晤",
        "Советско-китайский саммит в Пекине",
        "Deng Xiaoping and Mikhail Gorbachev declared relations normalised.",
    ),
    (
        "1969-clash",
        "1969-03-02",
        3,
        "Clash on Zhenbao Island",
        "珍宝岛事件",
        "Столкновение на острове Даманский",
        "Border guards of both sides fired on each other on the frozen Ussuri.",
    ),
    (
        "1996-visit",
        "1996-04-25",
        3,
        "Yeltsin visits Beijing and Shanghai",
        "叶利钦访问中国",
        "Визит Ельцина в Китай",
        "The two presidents announced a partnership of strategic coordination.",
    ),
    (
        "1957-visit",
        "1957-11-02",
        2,
        "Mao visits Moscow for the fortieth anniversary of the revolution",
        "毛泽东访问苏联",
        "Визит Мао Цзэдуна в Москву",
        "His second and last journey abroad.",
    ),
    (
        "1960-withdrawal",
        "1960-07-16",
        3,
        "Withdrawal of the Soviet experts",
        "苏联撤走专家",
        "Отзыв советских специалистов",
        "The Soviet Union told China that it would withdraw its experts within a month.",
    ),
    (
        "1992-visit",
        "1992-12-17",
        2,
        "Yeltsin's first visit to China",
        "叶利钦首次访华",
        "Первый визит Ельцина в Китай",
        "Twenty-four documents were signed, among them one on credit for a nuclear power station.",
    ),
    (
        "2005-exercise",
        "2005-08-18",
        2,
        "Joint exercise Peace Mission 2005",
        "和平使命—2005联合军事演习",
        "Совместные учения «Мирная миссия — 2005»",
        "Manoeuvres near Vladivostok and on the Shandong peninsula.",
    ),
    (
        "2014-gas",
        "2014-05-21",
        3,
        "Gas supply contract signed in Shanghai",
        "中俄天然气供应合同",
        "Контракт на поставку газа",
        "Gazprom and CNPC agreed on supplies over thirty years through the Power of Siberia pipeline.",
    ),
    (
        "1954-khrushchev",
        "1954-09-29",
        2,
        "Khrushchev visits Beijing",
        "赫鲁晓夫访华",
        "Визит Хрущёва в Пекин",
        "It was agreed to return Port Arthur and to give a credit of 520 million roubles.",
    ),
    (
        "1991-border",
        "1991-05-16",
        3,
        "Agreement on the eastern section of the border",
        "中苏国界东段协定签署",
        "Соглашение о восточной части границы",
        "Jiang Zemin went to Moscow; the foreign ministers signed.",
    ),
    (
        "2022-statement",
        "2022-02-04",
        3,
        "Statement on a new era before the Winter Olympics",
        "新时代国际关系联合声明",
        "Заявление о новой эпохе",
        "Friendship between the two states has no limits, it says.",
    ),
    (
        "1999-embassy",
        "1999-05-08",
        1,
        "Bombing of the Chinese embassy in Belgrade",
        "中国驻南斯拉夫大使馆被炸",
        "Бомбардировка посольства Китая в Белграде",
        "Yeltsin telephoned Jiang; both condemned it.",
    ),
]
TREATIES = [
    (
        "nerchinsk-1689",
        "1689-09-07",
        "Treaty of Nerchinsk",
        "尼布楚条约",
        "Нерчинский договор",
        "The first treaty between Russia and China.",
        [],
    ),
    ("aigun-1858", "1858-05-28", "Treaty of Aigun", "瑷珲条约", "Айгунский договор", "The left bank of the Amur became Russian.", []),
    (
        "peking-1860",
        "1860-11-14",
        "Convention of Peking",
        "北京条约",
        "Пекинский договор",
        "The land east of the Ussuri became Russian.",
        [],
    ),
    (
        "alliance-1950",
        "1950-02-14",
        "Treaty of Friendship, Alliance and Mutual Assistance",
        "中苏友好同盟互助条约",
        "Договор о дружбе, союзе и взаимной помощи",
        "An alliance for thirty years.",
        [
            ("1", "Help against Japan", "Each side helps the other when Japan or a state allied with it attacks."),
            ("4", "Consultation", "The parties consult each other on all important questions."),
        ],
    ),
    (
        "statement-1996",
        "1996-04-25",
        "Joint statement of 25 April 1996",
        "中俄联合声明",
        "Совместная российско-китайская декларация",
        "The strategic partnership of coordination is announced.",
        [],
    ),
    (
        "friendship-2001",
        "2001-07-16",
        "Treaty of Good-Neighbourliness and Friendly Cooperation",
        "中俄睦邻友好合作条约",
        "Договор о добрососедстве, дружбе и сотрудничестве",
        "For twenty years, to be extended for five at a time.",
        [
            ("6", "Border", "The parties have no territorial claims on each other."),
            ("9", "Consultation in a threat", "When the peace is threatened the parties at once make contact and consult."),
            ("22", "No third state", "The treaty is not aimed at any third country."),
        ],
    ),
    (
        "border-1991",
        "1991-05-16",
        "Agreement on the Eastern Section of the Sino-Soviet Border",
        "中苏国界东段协定",
        "Соглашение о советско-китайской государственной границе на её восточной части",
        "The line from Mongolia to Korea, but for two islands.",
        [],
    ),
    (
        "trust-1996",
        "1996-04-26",
        "Agreement on Confidence Building in the Military Field in the Border Area",
        "关于在边境地区加强军事领域信任的协定",
        "Соглашение об укреплении доверия в военной области в районе границы",
        "Signed by five states in Shanghai.",
        [],
    ),
    (
        "communique-1992",
        "1992-12-18",
        "Joint declaration on the foundations of relations",
        "关于相互关系基础的联合声明",
        "Совместная декларация об основах взаимоотношений",
        "Both call each other friendly states.",
        [],
    ),
]
SOURCES = [
    ("lukin-bear", "The Bear Watches the Dragon", "Lukin, Alexander", "M. E. Sharpe", "en", ""),
    ("rmrb-1996", "Yeltsin arrives in Beijing", "", "People's Daily", "zh", "叶利钦抵京"),
    (
        "galenovich",
        "Russia and China in the twentieth century: the border",
        "Галенович, Юрий",
        "",
        "ru",
        "Россия и Китай в XX веке: граница",
    ),
    ("li-danhui", "Sino-Soviet relations and the split", "李丹慧", "", "zh", "中蘇關係與分裂"),
    ("unts-1985", "United Nations Treaty Series, volume 1985", "United Nations", "", "en", ""),
]


def library() -> None:
    """Make every record, and index them."""
    for slug, kind, en, zh, ru in ACTORS:
        made = make.actor(slug, kind, title=en, title_zh=zh, title_ru=ru)
        for text, language, script in NAMES.get(slug, []):
            ActorName.objects.create(record=made, text=text, language=language, script=script)
    for slug, kind, en, zh, ru in PLACES:
        where = make.place(slug, kind, title=en, title_zh=zh, title_ru=ru)
        for text, language, script in PLACE_NAMES.get(slug, []):
            PlaceName.objects.create(record=where, text=text, language=language, script=script)
    for slug, en, zh, ru in THEMES:
        make.theme(slug, title=en, title_zh=zh, title_ru=ru)
    for slug, en, zh, ru in FORMULAS:
        make.formula(slug, title=en, title_zh=zh, title_ru=ru)
    jiang, russia, sco = (Actor.objects.get(slug=slug) for slug in ("jiang-zemin", "russia", "sco"))
    Tenure.objects.create(person=jiang, title="General Secretary", title_zh="总书记", title_ru="генеральный секретарь", of=russia)
    for slug, day, importance, en, zh, ru, summary in EVENTS:
        make.event(slug, day, title=en, title_zh=zh, title_ru=ru, summary=summary, importance=importance, actors=(russia, sco))
    for slug, day, en, zh, ru, summary, articles in TREATIES:
        treaty = make.treaty(slug, day, title=en, title_zh=zh, title_ru=ru, summary=summary, parties=(russia,))
        for position, (number, heading, text) in enumerate(articles):
            Article.objects.create(treaty=treaty, key=number, number=number, heading=heading, summary=text, position=position)
        if slug == "friendship-2001":
            Registration.objects.create(treaty=treaty, register="United Nations Treaty Series", number="I-39862")
    for slug, title, authors, container, language, original in SOURCES:
        make.source(slug, title=title, authors=authors, container=container, language=language, original_title=original, kind="book")
    make.assessment(
        "li-split",
        jiang,
        Source.objects.get(slug="li-danhui"),
        title="The split was not inevitable",
        summary="Had both sides been patient, the quarrel over the experts could have been ended.",
    )
    make.event("secret-event", draft=True, title="Zanzibarquux secret meeting", summary="Of a draft: Zanzibarquux.")
    make.actor("secret-actor", "person", draft=True, title="Yeltsinova Draftovna")
    index.refresh()
