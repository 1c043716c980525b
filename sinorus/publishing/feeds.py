"""The Atom feed of any question to the stream of changes."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from sinorus.facets.feeds import CatalogueFeed

from .models import Change


class ChangeFeed(CatalogueFeed):
    """Changes as a feed; an entry links to the record."""

    heading = _("Changes in the record of Chinese–Russian relations")
    list_name = "changes"

    def item_title(self, item: Change) -> str:
        return f"{item.get_action_display()}: {item.title}"

    def item_description(self, item: Change) -> str:
        return item.why

    def item_extra_kwargs(self, item: Change) -> dict[str, Any]:
        told = (item.why, ", ".join(item.what_names))
        return {"content": format_html_join("", "<p>{}</p>", ((text,) for text in told if text))}

    def item_guid(self, item: Change) -> str:
        return self.request.build_absolute_uri(f"{reverse('changes')}#change-{item.pk}")

    def item_updateddate(self, item: Change) -> datetime.datetime:
        return item.time

    def item_pubdate(self, item: Change) -> datetime.datetime:
        return item.time

    def item_categories(self, item: Change) -> list[str]:
        return [item.record_type, item.action]
