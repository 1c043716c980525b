"""The Atom feed of any question to the chronicle."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sinorus.facets.feeds import CatalogueFeed


class EventFeed(CatalogueFeed):
    """Events as a feed."""

    heading = _("Chronicle of Chinese–Russian relations")
    list_name = "event-list"
