"""The app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "sinorus.search"
    label = "search"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers itself
