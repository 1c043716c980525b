from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    name = "sinorus.sources"
    label = "sources"
    verbose_name = _("Sources and evidence")

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers itself
