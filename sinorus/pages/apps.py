from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "sinorus.pages"
    label = "pages"
