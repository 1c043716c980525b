"""Makes the two small fonts that cards are written with, once, from Noto Serif CJK SC (SIL Open Font License 1.1).

    pip install fonttools && python docs/fonts.py /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc

Writes ``sinorus/pages/fonts/serif-latin.otf`` (Latin and Cyrillic, punctuation of proportional width) and ``serif-zh.otf`` (the 3755
characters of level 1 of GB 2312, those in titles of the shipped data, Latin letters and Chinese punctuation).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "sinorus/pages/fonts"
LATIN = {
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x218, 0x21C),
    *range(0x400, 0x460),
    *range(0x2010, 0x2027),
    0x20AC,
    0x2116,
    0x2192,
}
CHINESE = {*range(0x3001, 0x3012), 0xFF01, 0xFF08, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F, 0x30FB}


def level_one() -> set[int]:
    """The 3755 most used characters, as GB 2312 has them in its rows 16 to 55."""
    pairs = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return {ord(text) for pair in pairs if (text := pair.decode("gb2312", "ignore"))}


def in_the_data() -> set[int]:
    """Characters of Chinese in the shipped data."""
    files = (ROOT / "sinorus/corpus/data").rglob("*.yaml")
    return {
        ord(letter) for file in files for line in re.findall(r"title_zh:(.*)", file.read_text()) for letter in line if ord(letter) > 0x2100
    }


def proportional(font: TTFont) -> None:
    """Give punctuation the glyphs of proportional width that the font keeps for it."""
    wide: dict[str, str] = {}
    table = font["GSUB"].table
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "pwid":
            for number in record.Feature.LookupListIndex:
                for one in table.LookupList.Lookup[number].SubTable:
                    wide |= getattr(getattr(one, "ExtSubTable", one), "mapping", {})
    for cmap in font["cmap"].tables:
        if hasattr(cmap, "cmap"):
            cmap.cmap.update({code: wide.get(name, name) for code, name in cmap.cmap.items() if code in LATIN})


def write(font: TTFont, letters: set[int], name: str) -> None:
    options: Any = subset.Options(layout_features=["kern"], hinting=False, name_IDs=[0, 1, 2, 13, 14], notdef_outline=True)
    maker = subset.Subsetter(options)
    maker.populate(unicodes=letters)
    maker.subset(font)
    path = FONTS / name
    font.save(path)
    print(f"{name}: {path.stat().st_size} bytes, {len(font.getBestCmap())} characters")


def main(source: str) -> None:
    def regular() -> TTFont:
        return next(font for font in TTCollection(source).fonts if font["name"].getDebugName(1) == "Noto Serif CJK SC")

    latin = regular()
    proportional(latin)
    write(latin, LATIN, "serif-latin.otf")
    write(regular(), level_one() | in_the_data() | CHINESE | LATIN, "serif-zh.otf")


if __name__ == "__main__":
    main(sys.argv[1])
