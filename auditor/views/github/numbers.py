"""Versions that YAML reads as numbers."""

from __future__ import annotations

import re

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import Value
from auditor.views.github.places import steps
from auditor.views.github.reading import Trail, down, entries, items
from auditor.views.github.syntax.walk import node_at

_SHORTENED = re.compile(r"\d+\.\d*0\Z")
_VERSION = re.compile(
    r"version|(?:\A|[-_])(?:python|node|go|ruby|java|php|dotnet|perl|rust|terraform|kubernetes|k8s|erlang|elixir|otp)\b", re.I
)


def shortened_numbers(resource: Resource, graph: Graph) -> list[Node]:
    """The numbers under the name of a version that end with a zero after the point, which is lost."""
    found: list[tuple[Value, Trail]] = []
    root = resource.body.value_
    for step in steps(resource, graph):
        found += ((value, (*step.trail, "with", name)) for name, value in entries(step.where.value_, "with") if _VERSION.search(name))
    for name, job in entries(root, "jobs"):
        matrix, trail = down(job, "strategy", "matrix"), ("jobs", name, "strategy", "matrix")
        for row, values in entries(matrix):
            if _VERSION.search(row):
                found += ((value, (*trail, row, number)) for number, value in items(values))
        for number, item in items(matrix, "include"):
            found += ((value, (*trail, "include", number, key)) for key, value in entries(item) if _VERSION.search(key))
    return [node_at(value, trail) for value, trail in found if _is_shortened(value)]


def _is_shortened(value: Value) -> bool:
    written = getattr(value, "raw", "")
    return isinstance(value.data, float) and bool(_SHORTENED.match(written)) and not getattr(value, "style", "")
