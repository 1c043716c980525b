from axes.apps import AppConfig as Axes
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.apps import DefaultConfig as Totp


class DeskConfig(AppConfig):
    default = True
    name = "sinorus.desk"
    label = "desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        from . import gauges  # noqa: F401 - adds its own


class AttemptsConfig(Axes):
    """django-axes, under a name that says to an editor what it is."""

    verbose_name = _("Attempts to sign in")


class SecondFactorsConfig(Totp):
    """The second factors of django-otp, likewise."""

    verbose_name = _("Second factors")
