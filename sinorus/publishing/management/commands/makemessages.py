"""Django's ``makemessages`` with the habits of this project, so that it needs no options and its differences stay small."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.management.commands import makemessages
from django.utils.translation import to_locale

#: What holds no words for readers.
IGNORED = ("tests", "bench", "docs", "var", "static")
#: The hour of the run and the name of a translator tell nothing that the history does not.
TOLD_ELSEWHERE = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To):.*\\n"\n', re.MULTILINE
)


class Command(makemessages.Command):
    """Every language of the settings, in the order of the messages, without line numbers, guesses or what is out of use."""

    msgmerge_options: ClassVar = ["-q", "--backup=none", "--update", "--no-fuzzy-matching"]
    msgattrib_options: ClassVar = ["--no-obsolete", "--sort-output"]

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        locales = [to_locale(code) for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        parser.set_defaults(locale=locales, ignore_patterns=list(IGNORED), no_location=True, no_obsolete=True)

    def write_po_file(self, potfile: str, locale: Any) -> None:
        super().write_po_file(potfile, locale)
        written = Path(potfile).parent / str(locale) / "LC_MESSAGES" / f"{self.domain}.po"
        written.write_text(TOLD_ELSEWHERE.sub("", written.read_text(encoding="utf-8")), encoding="utf-8")
