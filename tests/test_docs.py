"""The papers tell the truth: every field helps its editor, every filter and public field is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client

from sinorus.api import router
from sinorus.facets.api import CatalogueViewSet

ROOT = Path(__file__).resolve().parent.parent
OURS = [
    "publishing", "vocab", "sources", "events", "treaties", "corpus", "search", "dossiers",
]  # fmt: skip
VIEWSETS = [(prefix, viewset) for prefix, viewset, _name in router.registry if issubclass(viewset, CatalogueViewSet)]


def models() -> list[type]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_every_model_field_has_help_text(model: type) -> None:
    bare = [
        field.name
        for field in model._meta.get_fields()
        if getattr(field, "help_text", None) == ""
        and field.name != "id"
        and not field.auto_created
        and not getattr(field, "remote_field", None)
    ]
    bare += [
        field.name
        for field in model._meta.get_fields()
        if getattr(field, "remote_field", None)
        and not field.auto_created
        and field.concrete
        and not field.help_text
        and not _through(field)
    ]
    assert not bare


def _through(field: object) -> bool:
    """A many-to-many through a model of ours is no form field: its rows are entered where that model is."""
    through = getattr(field.remote_field, "through", None)
    return bool(through and not through._meta.auto_created)


@pytest.mark.parametrize(("prefix", "viewset"), VIEWSETS, ids=lambda value: value if isinstance(value, str) else "")
def test_every_filter_and_field_stands_in_the_papers(prefix: str, viewset: type[CatalogueViewSet]) -> None:
    paper = (ROOT / "docs/api.md").read_text()
    told = set(re.findall(r"`([a-z_]+)`", paper))
    filters = viewset.filterset_class.get_filters()
    assert not set(filters) - told - {"lang"}, "filters that docs/api.md does not name"
    assert not set(viewset.serializer_class().fields) - told, "fields that docs/api.md does not name"
    assert all(str(filter_.extra.get("help_text") or "") for filter_ in filters.values())
    assert all(str(field.help_text or "") for field in viewset.serializer_class().fields.values())


@pytest.fixture(scope="module")
def schema() -> dict:
    from drf_spectacular.generators import SchemaGenerator

    return SchemaGenerator().get_schema(request=None, public=True)


@pytest.mark.parametrize(("prefix", "viewset"), VIEWSETS, ids=lambda value: value if isinstance(value, str) else "")
def test_the_schema_describes_every_parameter(schema: dict, prefix: str, viewset: type[CatalogueViewSet]) -> None:
    for path in (f"/api/v1/{prefix}/", f"/api/v1/{prefix}/facets/"):
        described = {one["name"]: one.get("description", "") for one in schema["paths"][path]["get"]["parameters"]}
        assert set(described) >= set(viewset.filterset_class.get_filters())
        assert all(described.values()), path


@pytest.mark.django_db
def test_the_schema_is_served_and_names_its_version(reader: Client) -> None:
    response = reader.get("/api/v1/schema/?format=json")
    assert response.status_code == 200
    assert response.json()["openapi"].startswith("3.1")


def test_settings_from_the_environment_are_documented() -> None:
    code = (ROOT / "sinorus/settings.py").read_text()
    names = set(re.findall(r'(?:env\.\w+|_switch)\(\s*"([A-Z_]+)"', code))
    paper = (ROOT / "docs/settings.md").read_text()
    assert names
    assert not {name for name in names if f"`{name}`" not in paper}


def test_links_between_papers_lead_somewhere() -> None:
    for paper in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", paper.read_text()):
            assert (paper.parent / target).exists(), f"{paper.name}: {target}"
