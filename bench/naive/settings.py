"""The settings of sinorus, with the peer's addresses and without what a peer would not have."""

from pathlib import Path

from sinorus.settings import *  # noqa: F403

ROOT_URLCONF = "bench.naive.urls"
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [Path(__file__).parent]}]
