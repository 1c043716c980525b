"""Makes the template tags and translations of ``sinorus.dates`` known to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatesConfig(AppConfig):
    """An app without models."""

    name = "sinorus.dates"
    label = "dates"
    verbose_name = _("Historical dates")
