"""Records by any of their names, for tables that know them by no slug of ours."""

from __future__ import annotations

from collections import defaultdict

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sinorus.corpus.schema import TYPES

from .rules import Refused


class Lookup:
    """Slugs by title and other names in every language, capitals aside; each type is read when it is first asked about."""

    def __init__(self) -> None:
        self._slugs: dict[str, set[str]] = {}
        self._names: dict[str, dict[str, set[str]]] = {}

    def _load(self, kind: str) -> None:
        if kind in self._slugs:
            return
        model = TYPES[kind].model
        columns = ["slug", "title", "title_zh", "title_ru"]
        names: dict[str, set[str]] = defaultdict(set)
        slugs = set()
        for slug, *titles in model._default_manager.values_list(*columns):
            slugs.add(slug)
            for title in titles:
                names[title.casefold()].add(slug)
        try:
            other_names = model._meta.get_field("names").related_model
        except FieldDoesNotExist:
            pass
        else:
            for text, slug in other_names._default_manager.values_list("text", "record__slug"):
                names[text.casefold()].add(slug)
        names.pop("", None)
        self._slugs[kind], self._names[kind] = slugs, names

    def find(self, kind: str, value: str, *, fresh: bool = False) -> str:
        """The slug of the one record of that name, "" when the value is blank, or unknown and ``fresh``.

        Raises :class:`Refused` for a name that several records have, and for an unknown one.
        """
        self._load(kind)
        if not value or value in self._slugs[kind]:
            return value
        found = self._names[kind].get(value.casefold(), set())
        if len(found) > 1:
            told = {"value": value[:60], "found": ", ".join(sorted(found)[:5])}
            raise Refused(_("“%(value)s” may be %(found)s. Say which under “values”.") % told)
        if not found and not fresh:
            told = {"value": value[:60], "kind": kind}
            message = _("None of the %(kind)s is called “%(value)s”. Say which it is under “values”, or have it made with “create”.")
            raise Refused(message % told)
        return next(iter(found), "")

    def new_slug(self, kind: str, title: str) -> str:
        """A slug that no record of that type has yet."""
        self._load(kind)
        stem = slugify(title)[:90].strip("-") or kind.removesuffix("s")
        if len(stem) <= 3:
            stem = f"{kind.removesuffix('s')}-{stem}"
        slug, number = stem, 1
        while slug in self._slugs[kind]:
            number += 1
            slug = f"{stem}-{number}"
        return slug

    def add(self, kind: str, slug: str, *names: str) -> None:
        """A record that is about to be made."""
        self._load(kind)
        self._slugs[kind].add(slug)
        for name in names:
            self._names[kind].setdefault(name.casefold(), set()).add(slug)
