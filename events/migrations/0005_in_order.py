"""On PostgreSQL the usual order of a list, and the same backwards, is read from an index. SQLite has no index with empty ones last."""

from django.db import migrations


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS event_in_order ON events_event"
            " (status, date_earliest ASC NULLS FIRST, date_latest ASC NULLS LAST, id)"
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX CONCURRENTLY IF EXISTS event_in_order")


class Migration(migrations.Migration):

    atomic = False

    dependencies = [("events", "0004_ranked")]

    operations = [migrations.RunPython(forwards, backwards)]
