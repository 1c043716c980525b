"""The Atom feed of any question to the stream of changes."""

from __future__ import annotations

from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from sinorus.facets.feeds import CatalogueFeed, Entry

from .models import Change


class ChangeFeed(CatalogueFeed):
    """Changes as a feed; an entry links to the record."""

    heading = _("Changes in the record of Chinese–Russian relations")
    list_name = "changes"

    def entry(self, item: Change) -> Entry:
        """A change as an entry."""
        told = (item.why, ", ".join(item.what_names))
        return Entry(
            title=f"{item.get_action_display()}: {item.title}",
            link=item.get_absolute_url(),
            description=item.why,
            content=format_html_join("", "<p>{}</p>", ((text,) for text in told if text)),
            guid=f"{self.by_name('changes')}#change-{item.pk}",
            updated=item.time,
            published=item.time,
            categories=[item.record_type, item.action],
        )
