"""The help text of what a merger did says what is kept there; no column changes."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_roles")]
    operations = [
        migrations.AlterField(
            model_name="merger",
            name="moved",
            field=models.JSONField(
                default=list,
                help_text="What was done, step by step, each a {what, table, …}; read backwards to undo the merger.",
                verbose_name="moved",
            ),
        ),
    ]
