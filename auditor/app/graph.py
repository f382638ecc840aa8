"""The use case of `auditor graph`: the evaluated resources and what holds between them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditor.app.inputs import Request, open_inputs
from auditor.links import links
from auditor.loaders import Loading
from auditor.model.diagnostic import Diagnostic
from auditor.model.error import NothingToAudit
from auditor.model.graph import Edge, Graph
from auditor.model.redacted_text import mask_text
from auditor.model.redaction import reference, secret_name
from auditor.model.resource import Resource
from auditor.model.span import Span
from auditor.model.value import Value, digest

# One graph for each root module (or plan, or state), with what was loaded beside the resources.
Loaded = tuple[Graph, Loading]


def load(request: Request) -> tuple[Loaded, ...]:
    """Every unit of a tree. Raises `AuditorError` for what the user can mend."""
    inputs = open_inputs(request)
    loadings = [unit.load() for unit in inputs.units()]
    if not loadings:
        raise NothingToAudit(inputs.tree.root)
    return tuple((Graph(loading.resources, links(), loading.gaps, loading.context), loading) for loading in loadings)


def document(loaded: Iterable[Loaded]) -> dict[str, Any]:
    """The JSON document; `auditor schema graph` describes it."""
    found = tuple(loaded)
    resources = sorted((r for graph, _ in found for r in graph.resources), key=lambda r: (r.root, r.address, r.facet))
    return {
        "version": "1",
        "resources": [_resource(resource) for resource in resources],
        "edges": [_edge(edge) for graph, _ in found for edge in graph.edges],
        "outputs": {name: without_secrets(value, name) for _, loading in found for name, value in loading.outputs.items()},
        "diagnostics": [_diagnostic(problem) for problem in sorted({p for _, loading in found for p in loading.diagnostics})],
    }


def _resource(resource: Resource) -> dict[str, Any]:
    return {
        "address": resource.address.text,
        "root": resource.root,
        "kind": resource.kind,
        "facet": resource.facet.value,
        "body": body(resource),
        "location": location(resource.span),
    }


def body(resource: Resource) -> Any:
    """The body as plain data. What is marked as secret is hidden already; here goes what only its name or its form shows."""
    return {key: without_secrets(item, meaning(resource, key)) for key, item in resource.body.plain().items()}


def meaning(resource: Resource, key: str) -> str:
    """The name that tells whether the value of an attribute is secret: of a variable, local or output it is its own."""
    if resource.kind not in ("local", "output", "variable") or key not in ("default", "value"):
        return key
    return "secret" if resource.body.at("sensitive").data is True else resource.address.name.rpartition(".")[2]


def without_secrets(data: Any, name: str) -> Any:
    """Plain data that is assigned to `name`, without what its name or its form shows to be secret."""
    match data:
        case str() if secret_name(name) and data and not reference(data):
            return {"$redacted": digest(Value(data))}
        case str():
            return mask_text(data)
        case {"$redacted": _} | {"$unknown": _}:
            return data
        case dict():
            return {key: without_secrets(item, name if secret_name(name) else key) for key, item in data.items()}
        case list():
            return [without_secrets(item, name) for item in data]
        case _:
            return data


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "from": edge.source.address.text,
        "to": edge.target.address.text,
        "root": edge.source.root,
        "kind": edge.relation.value,
        "location": location(edge.written),
    }


def _diagnostic(problem: Diagnostic) -> dict[str, Any]:
    return {"code": problem.code, "severity": problem.level.value, "message": problem.message, "location": location(problem.span)}


def location(span: Span) -> dict[str, Any]:
    """A place as every document writes it."""
    return {"path": span.file, "line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}
