from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FacetsConfig(AppConfig):
    name = "sinorus.facets"
    label = "facets"
    verbose_name = _("Facets")
