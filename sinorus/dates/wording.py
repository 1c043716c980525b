"""The first step of reading words: spellings are made one, words of three languages become the same few tokens.

After :func:`normalise` a text holds only: digits; ``m04`` (a month), ``s21`` (a season), ``d1950`` (a decade),
``17 century``, ``i1996_04_25`` (a date in ISO form), ``-`` (any dash), and the words that ``words`` and ``units`` know.
Texts with Chinese characters keep their 年, 月, 日 and lose their spaces.
"""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from .errors import DateError, quoted

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xA0: " ",
    0x202F: " ",
    0x2009: " ",
}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−〜～"), "-")
_SIGNS = str.maketrans({**_FULL_WIDTH, **_DASHES, ord("’"): "'", ord("ʼ"): "'", ord("ё"): "е", ord("。"): " "})
_CHINESE = re.compile(r"[\u3400-\u9fff]")

_MONTHS = (
    "january|jan|январ[ьяе]|янв",
    "february|feb|феврал[ьяе]|фев|февр",
    "march|mar|март[ае]?|мар",
    "april|apr|апрел[ьяе]|апр",
    "may|ма[йяе]",
    "june|jun|июн[ьяе]|июн",
    "july|jul|июл[ьяе]|июл",
    "august|aug|август[ае]?|авг",
    "september|sept|sep|сентябр[ьяе]|сент|сен",
    "october|oct|октябр[ьяе]|окт",
    "november|nov|ноябр[ьяе]|нояб|ноя",
    "december|dec|декабр[ьяе]|дек",
)
_SEASONS = (
    "spring|весн(?:а|ы|ой|у|е)",
    "summer|лет(?:о|а|ом|у|е)",
    "autumn|fall|осен(?:ь|и|ью)",
    "winter|зим(?:а|ы|ой|у|е)",
)
_NAMES = [
    *((re.compile(rf"(?<!\w)(?:{words})(?!\w)\.?"), f" m{number:02} ") for number, words in enumerate(_MONTHS, 1)),
    *((re.compile(rf"(?<!\w)(?:{words})(?!\w)"), f" s{number} ") for number, words in enumerate(_SEASONS, 21)),
]
_ISO = re.compile(r"(?<![\w-])([0-9]{4})-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?(?![\w-])")
_ROMAN = re.compile(r"(?<!\w)([ivxхі]+)(?=[ -]*(?:й |го )?(?:century|centuries|век|вв?(?!\w)|столети|квартал))")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "і": 1, "х": 10}
_CHINESE_NUMBER = re.compile(r"[〇零一二三四五六七八九十]+(?=年|月|日|号|世纪)")
_CHINESE_DIGITS = {sign: str(number) for number, sign in enumerate("零一二三四五六七八九")} | {"〇": "0"}

_CENTURY = r"(?:century|век(?:а|е|у|ов)?|столети(?:е|я|ю|и)|вв?(?!\w)\.?)"
_WESTERN = [
    (re.compile(rf"(?<!\w)([0-9]{{1,2}})(?:st|nd|rd|th|-?(?:й|го|м|е|ое|ый|ого))? ?{_CENTURY}"), r" \1 century "),
    (re.compile(r"(?<!\w)([0-9]0)-?[ех](?!\w)(?: (?:год\w*|гг))?\.? +([0-9]{1,2}) century"), r" \1 decade \2 century "),
    (re.compile(r"(?<!\w)([0-9]{3}0)(?:'?s \(decade\)|-?(?:е|х)(?!\w))(?: (?:год\w*|гг)(?!\w)\.?)?"), r" d\1 "),
    (re.compile(r"(?<!\w)([0-9]{2}[1-9]0)'?s(?!\w)"), r" d\1 "),
    (re.compile(r"(?<!\w)([0-9]{1,2})(?:st|nd|rd|th|-?(?:го|ого|е))(?!\w)"), r"\1"),
    (re.compile(r"(?<=[0-9])[ ]?(?:гг|годах|годов|годы|года|году|годом|год|г)(?!\w)\.?"), " "),
    (re.compile(r"(?<!\w)(?:the|of|in|on(?= [0-9ims])|в|во|a\.?d\.?)(?!\w)"), " "),
    (re.compile(r"(?<!\w)(mid|middle|середин[аыеу])[ -]+"), r"mid "),
    (re.compile(r","), " "),
]
_CENTURY_OF_HUNDREDS = re.compile(r"(?<!\w)[0-9]{2}00'?s(?!\w)(?! \(decade\))")
_YEAR_OR_MONTH = re.compile(r"(?<![\w-])([0-9]{2})([0-9]{2})[‐‑‒–—−]([0-9]{2})(?![\w-])")


def is_chinese(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return bool(_CHINESE.search(text))


def normalise(text: str) -> str:
    """The text with its spellings made one, as described above.

    Raises :class:`DateError` for the few spellings that mean two things, and for unprintable characters.
    """
    if not all(character.isprintable() or character in "\t\n\r" for character in text):
        raise DateError(_("“%(text)s” contains an unprintable character."), text=quoted(text))
    _refuse_two_meanings(text)
    text = unicodedata.normalize("NFC", text)
    text = _ISO.sub(lambda found: "i" + "_".join(part for part in found.groups() if part), text)
    text = text.translate(_SIGNS).casefold().replace("ё", "е")
    if is_chinese(text):
        text = re.sub(r"\s+", "", text)
        text = _CHINESE_NUMBER.sub(lambda found: _chinese_number(found[0]), text)
        return re.sub(r"-+", "-", text)
    text = re.sub(r"\s+", " ", text)
    text = _ROMAN.sub(lambda found: str(_from_roman(found[1])), text)
    for pattern, token in (*_WESTERN[:4], *_NAMES, *_WESTERN[4:]):
        text = pattern.sub(token, text)
    return re.sub(r"\s+", " ", re.sub(r"-+", "-", text)).replace("( ", "(").replace(" )", ")").strip()


def _refuse_two_meanings(text: str) -> None:
    if found := _CENTURY_OF_HUNDREDS.search(text):
        raise DateError(
            _("“%(text)s” may be ten or a hundred years. Write %(start)s0–%(start)s9, or for instance 20th century."),
            text=found[0],
            start=found[0][:3],
        )
    found = _YEAR_OR_MONTH.search(text)
    if found and 1 <= int(found[3]) <= 12 and int(found[3]) > int(found[2]):
        raise DateError(
            _("“%(text)s” may be a month or a stretch of years. Write %(year)s-%(end)s or %(year)s–%(century)s%(end)s."),
            text=found[0],
            year=found[1] + found[2],
            century=found[1],
            end=found[3],
        )


def _from_roman(signs: str) -> int:
    values = [_ROMAN_VALUES[sign] for sign in signs]
    return sum(-v if any(later > v for later in values[i + 1 :]) else v for i, v in enumerate(values))


def _chinese_number(signs: str) -> str:
    """一九九六 → 1996, 十二 → 12, 二十 → 20."""
    if "十" not in signs:
        return "".join(_CHINESE_DIGITS[sign] for sign in signs)
    tens, _ten, ones = signs.partition("十")
    if "十" in ones or len(tens) > 1 or len(ones) > 1:
        return signs
    return (_CHINESE_DIGITS[tens] if tens else "1") + (_CHINESE_DIGITS[ones] if ones else "0")
