"""The Atom feed of any question to the register."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sinorus.facets.feeds import CatalogueFeed


class TreatyFeed(CatalogueFeed):
    """Instruments as a feed."""

    heading = _("Register of Chinese–Russian treaties")
    list_name = "treaty-list"
