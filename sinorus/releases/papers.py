"""What lies beside the data in a release: its description for machines and for people, and how to cite it."""

from __future__ import annotations

import json
from typing import Any, Final

import yaml
from django.conf import settings
from rest_framework import serializers

from .answers import LISTS
from .tables import Column, Table, tables

NAME: Final = "sinorus"
TITLE: Final = "sinorus: an open, sourced record of Chinese–Russian relations"
FORMAT: Final = "1"  # of the files: raised when a program that reads them has to change


def about(edition: int, day: str) -> dict[str, str]:
    """What the release is, by name."""
    return {
        "title": TITLE,
        "edition": str(edition),
        "date": day,
        "licence": settings.LICENCE["name"],
        "licence_url": settings.LICENCE["url"],
        "format": FORMAT,
        "made_with": f"sinorus {settings.VERSION}",
    }


def datapackage(edition: int, day: str) -> str:
    """A Frictionless Data Package (v1): every table with its schema, every file of records, the SQLite file."""
    licence = {"name": "CC-BY-4.0", "title": settings.LICENCE["name"], "path": settings.LICENCE["url"]}
    package = {
        "profile": "data-package",
        "name": NAME,
        "title": TITLE,
        "version": str(edition),
        "created": f"{day}T00:00:00Z",
        "licenses": [licence],
        "resources": [_csv(table) for table in tables()] + [_jsonl(name) for name in LISTS] + [_sqlite()],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _csv(table: Table) -> dict[str, Any]:
    keys = [
        {"fields": column.name, "reference": {"resource": "" if column.references == table.name else column.references, "fields": "id"}}
        for column in table.columns
        if column.references
    ]
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "primaryKey": "id", "missingValues": [""]}
    return {
        "name": table.name.replace("_", "-"),
        "profile": "tabular-data-resource",
        "path": f"csv/{table.name}.csv",
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | ({"foreignKeys": _renamed(keys)} if keys else {}),
    }


def _renamed(keys: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Names of resources have hyphens where those of tables have underscores."""
    return [key | {"reference": key["reference"] | {"resource": key["reference"]["resource"].replace("_", "-")}} for key in keys]


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.nullable and column.type not in ("string", "array"):
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    if choices := [one for one in column.choices if one]:
        constraints["enum"] = choices
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.meaning}
    return field | ({"constraints": constraints} if constraints else {})


def _jsonl(name: str) -> dict[str, Any]:
    fields = [
        {"name": field, "description": str(one.help_text or ""), "type": kind_of(one)}
        for field, one in sorted(LISTS[name].serializer_class().fields.items())
    ]
    return {
        "name": f"{name}-records",
        "path": f"jsonl/{name}.jsonl",
        "description": f"Every record of /api/v1/{name}/, one a line.",
        "format": "jsonl",
        "mediatype": "application/jsonl",
        "encoding": "utf-8",
        "schema": {"fields": fields},
    }


def kind_of(field: serializers.Field) -> str:
    """The type of a field of the API in JSON's terms."""
    kinds = (
        (serializers.BooleanField, "boolean"),
        (serializers.IntegerField, "integer"),
        (serializers.FloatField, "number"),
        (serializers.CharField | serializers.ChoiceField | serializers.DateTimeField, "string"),
        (serializers.ListSerializer | serializers.ListField, "array"),
    )
    if found := next((name for cls, name in kinds if isinstance(field, cls)), None):
        return found
    method = getattr(field.parent, getattr(field, "method_name", None) or "", None)
    told = (getattr(method or field, "_spectacular_annotation", None) or {}).get("field", {})
    kind = told.get("type", "string") if isinstance(told, dict) else "string"
    return kind if isinstance(kind, str) else kind[0]


def _sqlite() -> dict[str, Any]:
    return {
        "name": "sqlite",
        "path": f"{NAME}.sqlite",
        "description": "All tables in one SQLite file, with keys, indexes, a full-text index (<table>_fts) and this dictionary.",
        "format": "sqlite",
        "mediatype": "application/vnd.sqlite3",
    }


def datasette() -> str:
    """Metadata for Datasette: ``datasette sinorus.sqlite -m datasette.json``."""
    described = {
        table.name: {"description": table.meaning, "columns": {column.name: column.meaning for column in table.columns}}
        for table in tables()
    }
    licence = {"license": settings.LICENCE["name"], "license_url": settings.LICENCE["url"]}
    return json.dumps({"title": TITLE, **licence, "databases": {NAME: {"tables": described}}}, ensure_ascii=False, indent=1) + "\n"


def citation(edition: int, day: str) -> str:
    """CITATION.cff (https://citation-file-format.github.io/)."""
    told = {
        "cff-version": "1.2.0",
        "message": "Please cite this data set with its edition.",
        "type": "dataset",
        "title": TITLE,
        "version": f"edition {edition}",
        "date-released": day,
        "authors": [{"name": "The editors of sinorus"}],
        "license": "CC-BY-4.0",
        "keywords": ["China", "Russia", "Soviet Union", "diplomatic history", "treaties"],
    }
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120)


def readme(edition: int, day: str, counts: dict[str, int]) -> str:
    """What lies where, for people."""
    numbers = "\n".join(f"| `{name}` | {number} |" for name, number in counts.items())
    return f"""# {TITLE}

Edition {edition} of {day}. Licence: {settings.LICENCE["name"]}, <{settings.LICENCE["url"]}>.

| file | what |
|---|---|
| `{NAME}.sqlite` | everything in one SQLite file: tables with keys and indexes, for full text `events_fts` …, and `about`, `dictionary` |
| `csv/` | the same tables as CSV: UTF-8, exact; an empty cell of a column that is no text means that nothing is recorded |
| `jsonl/` | every record as the API tells it, one a line, in canonical JSON; statuses of treaties are those of {day} |
| `datapackage.json` | Frictionless description of every file, table and column: the data dictionary |
| `datasette.json` | the same for Datasette: `datasette {NAME}.sqlite -m datasette.json` |
| `CITATION.cff` | how to cite this edition |
| `SHA256SUMS` | `sha256sum -c SHA256SUMS` tells whether a file was changed |

| records | number |
|---|---|
{numbers}

A permanent id is the letter of the type and the `id` of its row: E events, T treaties, A actors, P places, H themes, F formulas, S sources,
M assessments, D dossiers.
"""
