"""What the planner of PostgreSQL is told."""

from __future__ import annotations

from django.db import connection


def learn() -> None:
    """Let PostgreSQL count its tables anew; after many rows came in one transaction its plans are else those for empty tables.

    Only our tables: those that all databases of a cluster share would stay locked until the transaction ends, and hold up whoever
    else does the same. SQLite needs none of it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
            cursor.execute("ANALYZE " + ", ".join(map(connection.ops.quote_name, sorted(tables))))
