"""What makes a finding ready for a root-cause analysis: where it is, why the value is what it is, and what hangs on it."""

from __future__ import annotations

from itertools import islice

from auditor.engine.wording import shorten, show
from auditor.model.finding import Absent, Code, Dependent, Evidence, Live, Why
from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Facet, Origin, Resource
from auditor.model.span import Span
from auditor.model.value import MISSING

MAX_DEPENDENTS = 50
"""A finding lists no more dependents than this, the nearest first."""


def written_twin(resource: Resource, whole: Graph) -> Resource | None:
    """The code of a planned resource: what is planned is what is written, so its findings point at the code."""
    if resource.facet is not Facet.PLANNED:
        return None
    return next((r for r in whole.find(resource.address) if r.facet is Facet.WRITTEN and r.root == resource.root), None)


def place_of(resource: Resource, node: Node, twin: Resource | None) -> tuple[Span, tuple[Span, ...]]:
    """(where the value is written, the module calls that lead there)."""
    if twin is not None:
        try:
            return twin.body.at(node.path).span if node.path else twin.span, twin.chain
        except ValueError:
            pass
    span = node.span
    return (span if span.file else resource.span), resource.chain


def history_of(resource: Resource, node: Node, twin: Resource | None) -> tuple[Origin, ...]:
    """Where the value came from, nearest step first; nothing for a value that nobody wrote."""
    source = twin if twin is not None else resource
    if source.history is None or node.data is MISSING or not node.path:
        return ()
    return tuple(source.history(node.path))


def evidence_of(resource: Resource, node: Node, span: Span, history: tuple[Origin, ...]) -> Evidence:
    """What proves the finding."""
    if node.data is MISSING:
        return Absent(resource.address.text, node.path, span)
    if resource.facet is Facet.RUNNING:
        return Live(next((step.text for step in history if step.kind == "api"), ""), show(node), span)
    return Code(span, show(node))


def whys_of(resource: Resource, node: Node, span: Span, history: tuple[Origin, ...]) -> tuple[Why, ...]:
    """The chain from the value to its birthplace, each step with the code that proves it."""
    subject = f"{resource.address.text}.{node.path}" if node.path else resource.address.text
    if node.data is MISSING:
        return (Why(f"Why is {subject} not set? Nothing sets it", Absent(resource.address.text, node.path, span)),)
    shown = show(node)
    found: list[Why] = []
    for step in history:
        is_value = step.kind in _VALUES
        text = "(sensitive)" if is_value and node.sensitive else shorten(step.text)
        found.append(Why(f"Why is {subject} {shown}? {_SAYS.get(step.kind, '{}').format(text)}", Code(step.span, text)))
        subject = subject if is_value else text
    return tuple(found)


_VALUES = frozenset({"literal", "default", "tfvars", "command-line", "environment"})
_SAYS = {
    "attribute": "It is written as {}",
    "literal": "{} is written there",
    "local": "The local value is {}",
    "variable": "It is the variable {}",
    "default": "The default of the variable is {}",
    "tfvars": "A tfvars file sets {}",
    "command-line": "The command line sets {}",
    "environment": "The environment sets {}",
    "argument": "The module call passes {}",
    "output": "The module's output is {}",
    "for_each": "It is an item of for_each = {}",
    "count": "It is one of count = {}",
    "function": "The function {} makes it",
    "expression": "The expression {} makes it",
    "data source": "The data source {} gives it",
    "resource": "The resource {} gives it",
    "override": "An override file sets {}",
    "document": "The document {} holds it",
    "api": "The call {} returned it",
}


def blast_of(resource: Resource, graph: Graph) -> tuple[Dependent, ...]:
    """What depends on the resource, nearest first, with the way from each to it."""
    return tuple(
        Dependent(
            dependent.address.text,
            dependent.kind,
            (dependent.address.text, *(edge.target.address.text for edge in way)),
            way[0].because.span,
        )
        for dependent, way in islice(graph.dependents(resource), MAX_DEPENDENTS)
    )
