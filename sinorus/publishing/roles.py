"""The three roles of the desk, as groups of Django's own permissions. A migration makes them; so does each that adds a model.

Contributors write drafts, and propose changes of what is published. Editors also change what is in review, and send it
back. Publishers also publish, schedule, withdraw and merge, and decide what is proposed.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.management import create_permissions
from django.db.models import Q

CONTRIBUTORS: Final = "Contributors"
EDITORS: Final = "Editors"
PUBLISHERS: Final = "Publishers"

REVIEW: Final = "publishing.review"
PUBLISH: Final = "publishing.publish"

#: Apps whose models are the desk's: records, and the rows that hang on them.
APPS: Final = ("vocab", "sources", "events", "treaties", "dossiers")


def grant(apps: Any, schema_editor: Any = None) -> None:
    """Make the groups and give each what it may do with the models that there are now. For ``migrations.RunPython``."""
    for config in apps.get_app_configs():
        if config.label in (*APPS, "publishing"):
            config.models_module = True  # permissions are otherwise made only after the last migration
            create_permissions(config, apps=apps, verbosity=0)
            config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects
    groups = apps.get_model("auth", "Group").objects
    models = [model for model in apps.get_models() if model._meta.app_label in APPS and not model._meta.auto_created]
    records = {model._meta.model_name for model in models if any(field.name == "withdrawn_reason" for field in model._meta.fields)}
    parts = {model._meta.model_name for model in models} - records
    own = permissions.filter(content_type__app_label__in=APPS)
    write = own.filter(content_type__model__in=records).exclude(codename__startswith="delete_") | own.filter(content_type__model__in=parts)
    desk = permissions.filter(content_type__app_label="publishing")
    for name, more in (
        (CONTRIBUTORS, Q(pk__in=[])),
        (EDITORS, Q(codename="review")),
        (PUBLISHERS, Q(codename__in=("review", "publish"))),
    ):
        group, _made = groups.get_or_create(name=name)
        group.permissions.add(*write, *desk.filter(more))
    groups.get(name=PUBLISHERS).permissions.add(*own)
