"""The groups of the desk may write other names of instruments, which came after they were made."""

from django.db import migrations

from sinorus.publishing.roles import grant


class Migration(migrations.Migration):
    dependencies = [("treaties", "0009_in_order"), ("publishing", "0004_roles"), ("events", "0005_in_order")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
