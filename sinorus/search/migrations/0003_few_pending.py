"""On PostgreSQL a save notes its terms in a short list, which is put into the index some twenty saves at a time.

A save then costs the same however large the index is. The list is kept as short as PostgreSQL allows, since each search reads it.
"""

from django.db import migrations


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER INDEX search_entry_terms SET (fastupdate = on, gin_pending_list_limit = 64)")


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER INDEX search_entry_terms SET (fastupdate = off)")
        schema_editor.execute("SELECT gin_clean_pending_list('search_entry_terms')")


class Migration(migrations.Migration):

    dependencies = [("search", "0002_marked_terms")]

    operations = [migrations.RunPython(forwards, backwards)]
