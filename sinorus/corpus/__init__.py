"""The reference data that the project ships, as readable files, and the loader that puts them into the database."""
