"""System checks: a declaration that cannot work is found when the process starts, not when somebody searches."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from .fields import WEIGHTS, SearchField, searched_models


@register("search")
def check_search_fields(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every path, weight and attribute that a model's ``search_fields`` name exists."""
    found = [message for model in searched_models() for field in model.search_fields for message in check_field(model, field)]  # type: ignore[attr-defined]
    names = [model._meta.model_name for model in searched_models()]
    twice = sorted({str(name) for name in names if names.count(name) > 1})
    return found + [Error(f"Two searched models are named {name}.", id="search.E004", hint="Rename one of them.") for name in twice]


def check_field(model: type[models.Model], field: SearchField) -> list[CheckMessage]:
    """What is wrong with one declaration."""
    where = f"{model._meta.label}.search_fields: {field.path}"
    if field.weight not in WEIGHTS:
        return [Error(f"{where} has the weight {field.weight!r}.", id="search.E001", hint="Use A, B, C or D.", obj=model)]
    target: Any = model
    if field.relation:
        relation = {one.get_accessor_name(): one for one in model._meta.related_objects}.get(field.relation)
        if relation is None:
            return [Error(f"{where}: no rows point here by that name.", id="search.E002", hint="Use a related_name.", obj=model)]
        target = relation.related_model
    try:
        if not isinstance(target._meta.get_field(field.attribute), models.CharField | models.TextField):
            return [Error(f"{where} is not text.", id="search.E003", hint="Only text can be searched.", obj=model)]
    except FieldDoesNotExist:
        return [Error(f"{where} does not exist.", id="search.E002", hint="Name a field of the model.", obj=model)]
    read = [name for name in (field.language[1:] if field.language.startswith("@") else "", field.anchor) if name]
    missing = [name for name in read if not hasattr(target, name)]
    return [Error(f"{where} reads {name}, which is not there.", id="search.E002", hint="Name an attribute.", obj=model) for name in missing]
