"""The groups of the desk: contributors, editors, publishers."""

from django.db import migrations

from sinorus.publishing.roles import grant


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0003_workflow_and_history"),
        ("vocab", "0003_workflow_and_history"),
        ("sources", "0002_workflow_and_history"),
        ("events", "0003_workflow_and_history"),
        ("treaties", "0006_workflow_and_history"),
        ("dossiers", "0002_workflow_and_history"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
