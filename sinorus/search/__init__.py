"""Search in three scripts: what of a record is searched is declared on its model; an index in SQLite or PostgreSQL finds it."""
