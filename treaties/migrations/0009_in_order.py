"""On PostgreSQL the usual order of a list, and the same backwards, is read from an index. SQLite has no index with empty ones last."""

from django.db import migrations


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS treaty_in_order ON treaties_treaty"
            " (status, signed_earliest ASC NULLS FIRST, signed_latest ASC NULLS LAST, id)"
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX CONCURRENTLY IF EXISTS treaty_in_order")


class Migration(migrations.Migration):

    atomic = False

    dependencies = [("treaties", "0008_ranked")]

    operations = [migrations.RunPython(forwards, backwards)]
