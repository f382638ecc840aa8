"""The use case of `auditor graph`: the evaluated resources and what holds between them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditor.app.inputs import Request, open_inputs
from auditor.links import links
from auditor.loaders import Loading
from auditor.model.diagnostic import Diagnostic
from auditor.model.graph import Edge, Graph
from auditor.model.resource import Resource
from auditor.model.span import Span

# One graph for each root module (or plan, or state), with what was loaded beside the resources.
Loaded = tuple[Graph, Loading]


def load(request: Request) -> tuple[Loaded, ...]:
    """Every unit of a tree. Raises `AuditorError` for what the user can mend."""
    loadings = [unit.load() for unit in open_inputs(request).units()]
    return tuple((Graph(loading.resources, links(), loading.gaps), loading) for loading in loadings)


def document(loaded: Iterable[Loaded]) -> dict[str, Any]:
    """The JSON document; `auditor schema graph` describes it."""
    found = tuple(loaded)
    resources = sorted((r for graph, _ in found for r in graph.resources), key=lambda r: (r.root, r.address, r.facet))
    return {
        "version": "1",
        "resources": [_resource(resource) for resource in resources],
        "edges": [_edge(edge) for graph, _ in found for edge in graph.edges],
        "outputs": {name: value for _, loading in found for name, value in loading.outputs.items()},
        "diagnostics": [_diagnostic(problem) for problem in sorted({p for _, loading in found for p in loading.diagnostics})],
    }


def _resource(resource: Resource) -> dict[str, Any]:
    return {
        "address": resource.address.text,
        "root": resource.root,
        "kind": resource.kind,
        "facet": resource.facet.value,
        "body": resource.body.plain(),
        "location": location(resource.span),
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "from": edge.source.address.text,
        "to": edge.target.address.text,
        "root": edge.source.root,
        "kind": edge.relation.value,
        "location": location(edge.because.span),
    }


def _diagnostic(problem: Diagnostic) -> dict[str, Any]:
    return {"code": problem.code, "severity": problem.level.value, "message": problem.message, "location": location(problem.span)}


def location(span: Span) -> dict[str, Any]:
    """A place as every document writes it."""
    return {"path": span.file, "line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}
