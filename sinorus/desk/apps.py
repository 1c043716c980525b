from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "sinorus.desk"
    label = "desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        from . import gauges  # noqa: F401 - adds its own
