"""Whole pages and fragments of the look, drawn without anybody's data."""

from typing import Any

from django.template import Context, Template
from django.test import RequestFactory


def draw(source: str, **context: Any) -> str:
    return Template("{% load i18n ui %}" + source).render(Context(context))


def get(path: str = "/") -> Any:
    return RequestFactory().get(path)
