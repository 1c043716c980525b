"""What the groups of the desk may do with readers' reports and imports."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

from sinorus.publishing.roles import EDITORS, PUBLISHERS


def grant(apps: Any, schema_editor: Any) -> None:
    config = apps.get_app_config("desk")
    config.models_module = True  # permissions are otherwise made only after the last migration
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    wanted = ("view_report", "change_report", "view_import", "add_import")
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="desk", codename__in=wanted)
    for group in apps.get_model("auth", "Group").objects.filter(name__in=(EDITORS, PUBLISHERS)):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_readers_reports"), ("publishing", "0004_roles")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
