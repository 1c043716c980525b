from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """Commands and pages for those who run the site; no models."""

    name = "sinorus.operations"
    verbose_name = _("Operations")

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers itself
