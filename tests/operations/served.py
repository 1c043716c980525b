"""The site as it is deployed, without collected static files: what the tests have gunicorn serve."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinorus.settings")

from django.conf import settings

settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

from sinorus.wsgi import application  # noqa: E402, F401 - it reads the settings
