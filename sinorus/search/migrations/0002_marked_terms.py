"""On PostgreSQL every entry gets its terms once more, marked with their weights, as ``sinorus/search/postgres.py`` now writes them.

Some thousands at a time, each in a transaction of its own, so that neither readers nor editors wait for it.
"""

from django.db import migrations

CHUNK = 500
MARK = """
    UPDATE search_entry SET terms = terms || array_to_tsvector(ARRAY(
        SELECT DISTINCT weight || '¦' || lexeme FROM unnest(terms) AS term, unnest(term.weights) AS weight
        WHERE weight IN ('A', 'B', 'C') AND lexeme NOT LIKE '_¦%%'
    )) WHERE id BETWEEN %s AND %s AND terms IS NOT NULL
"""


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM search_entry")
        for first in range(1, cursor.fetchone()[0] + 1, CHUNK):
            cursor.execute(MARK, [first, first + CHUNK - 1])


class Migration(migrations.Migration):

    atomic = False

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
