"""Simplified Chinese: 1996年4月25日. What each method answers stands in ``speech``."""

from datetime import date
from typing import ClassVar

from .speech import Day, numbers, season_kind


class Chinese:
    """Simplified Chinese: 1996年4月25日."""

    SEASONS = ("春", "夏", "秋", "冬")
    HEMISPHERES: ClassVar = {"": "", "north": "（北半球）", "south": "（南半球）"}
    SECTIONS = (
        *("第一季度", "第二季度", "第三季度", "第四季度"),
        *("前三分之一", "中间三分之一", "后三分之一", "上半年", "下半年"),
    )
    STAGES: ClassVar = {"early": "{}初", "mid": "{}中期", "late": "{}末"}
    DASH, SPACED_DASH = "—", "—"
    COMMA, AND, OR = "、", "和", "或"
    UNKNOWN = "年份不详"

    def day(self, day: Day, *, genitive: bool = False) -> str:
        year, month, number = numbers(day)
        return f"{year}年{month}月{number}日"

    def month(self, year: int, month: int, *, genitive: bool = False) -> str:
        return f"{year}年{month}月"

    def season(self, year: int, code: int, *, genitive: bool = False) -> str:
        kind, hemisphere = season_kind(code)
        shown = f"{year}—{year + 1}年" if code in (24, 28, 30) else f"{year}年"
        return f"{shown}{self.SEASONS[kind]}{self.HEMISPHERES[hemisphere]}"

    def section(self, year: int, code: int, *, genitive: bool = False) -> str:
        return f"{year}年{self.SECTIONS[code - 33]}"

    def year(self, year: int, *, genitive: bool = False) -> str:
        return f"{year}年"

    def decade(self, first: int, *, genitive: bool = False) -> str:
        return f"{first // 100 + 1}世纪{first % 100:02}年代" if first % 100 else f"{first}年代"

    def century(self, number: int, *, genitive: bool = False) -> str:
        return f"{number}世纪"

    def millennium(self, number: int, *, genitive: bool = False) -> str:
        return f"第{number}个千年"

    def stage(self, which: str, unit: str, genitive_unit: str, *, genitive: bool = False) -> str:
        return self.STAGES[which].format(unit)

    def about(self, text: str, genitive: str) -> str:
        return f"约{text}"

    def doubt(self, text: str) -> str:
        return f"{text}（?）"

    def days_in_month(self, first: date, last: date) -> str:
        return f"{first.year}年{first.month}月{first.day}日—{last.day}日"

    def days_in_year(self, first: date, last: date) -> str:
        return f"{first.year}年{first.month}月{first.day}日—{last.month}月{last.day}日"

    def months_in_year(self, year: int, first: int, last: int) -> str:
        return f"{year}年{first}月—{last}月"

    def years(self, first: int, last: int) -> str:
        return f"{first}—{last}年"

    def since(self, text: str, genitive: str, *, about: bool, unknown: bool) -> str:
        text = f"约{text}" if about else text
        return f"{text}起，结束时间不详" if unknown else f"{text}起"

    def until(self, text: str, genitive: str, *, about: bool, unknown: bool) -> str:
        text = f"约{text}" if about else text
        return f"至{text}为止，开始时间不详" if unknown else f"至{text}为止"

    def or_earlier(self, text: str, genitive: str) -> str:
        return f"不晚于{text}"

    def or_later(self, text: str, genitive: str) -> str:
        return f"不早于{text}"

    def between(self, first: str, last: str, first_genitive: str, last_genitive: str) -> str:
        return f"{first}至{last}之间"

    def julian(self, new: date, old: Day) -> str:
        year, month, day = numbers(old)
        short = (f"{year}年" if year != new.year else "") + f"{month}月{day}日"
        return f"{self.day(new)}（儒略历{short}）"

    ANY = "{0}至{1}之间的任何一天"
    ONE = "{0}当天"
    SPAN = "{0}至{1}"
    FROM = "{0}及以后的任何一天"
    UP_TO = "{0}及以前的任何一天"
    ALL = "{0}至{1}之间的几个日期"
    REMARKS: ClassVar[dict[str, str]] = {
        "approximate": "大约",
        "uncertain": "不确定",
        "both": "大约且不确定",
        "open-end": "没有结束日期",
        "unknown-end": "结束时间不详",
        "several": "几个日期之一",
        "open-start": "没有开始日期",
        "unknown-start": "开始时间不详",
        "all": "几个日期全部",
        "estimate": "估计为{0}",
    }
    SEMICOLON = "；"
