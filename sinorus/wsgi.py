"""The WSGI entry point, for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinorus.settings")

application = get_wsgi_application()

from sinorus.operations.asked import Request  # noqa: E402 - the settings are read first
from sinorus.operations.outage import open_only_what_is_there  # noqa: E402

application.request_class = Request
open_only_what_is_there()
