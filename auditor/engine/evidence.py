"""What makes a finding ready for a root-cause analysis: where it is, why the value is what it is, and what hangs on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from auditor.engine.wording import HIDDEN, shorten, show
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


@dataclass(frozen=True, slots=True)
class Fault:
    """A failing place. `hidden`: its value is a secret."""

    resource: Resource
    node: Node
    span: Span
    hidden: bool

    @property
    def subject(self) -> str:
        """The attribute's full name."""
        return f"{self.resource.address.text}.{self.node.path}" if self.node.path else self.resource.address.text

    @property
    def shown(self) -> str:
        """The value as short text."""
        return HIDDEN if self.hidden else show(self.node)


def history_of(fault: Fault, twin: Resource | None) -> tuple[Origin, ...]:
    """Where the value came from, nearest step first; nothing for a value that nobody wrote."""
    source = twin if twin is not None else fault.resource
    if source.history is None or fault.node.data is MISSING or not fault.node.path:
        return ()
    steps = source.history(fault.node.path)
    return tuple(_without_secret(step) for step in steps) if fault.hidden else tuple(steps)


def _without_secret(step: Origin) -> Origin:
    text = step.text
    if step.kind == "literal" or "<<" in text:
        text = HIDDEN
    else:
        text = _LITERAL.sub(HIDDEN, text)
    return replace(step, text=text, value=HIDDEN)


_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"?')


def evidence_of(fault: Fault, history: tuple[Origin, ...]) -> Evidence:
    """What proves the finding."""
    if fault.node.data is MISSING:
        return _absent(fault)
    if fault.resource.facet is Facet.RUNNING:
        return Live(next((step.text for step in history if step.kind == "api"), ""), fault.shown, fault.span)
    return Code(fault.span, fault.shown)


def _absent(fault: Fault) -> Absent:
    return Absent(fault.resource.address.text, fault.node.path, fault.span)


def whys_of(fault: Fault, history: tuple[Origin, ...]) -> tuple[Why, ...]:
    """The chain from the value to its birthplace, each step with the code that proves it."""
    subject, shown = fault.subject, fault.shown
    if fault.node.data is MISSING:
        return (Why(f"Why is {subject} not set? Nothing in its block sets it", _absent(fault)),)
    found: list[Why] = []
    for step in history:
        text = shorten(step.text)
        found.append(Why(f"Why is {subject} {shown}? {_SAYS.get(step.kind, '{}').format(text)}", Code(step.span, text)))
        subject = text.rpartition(" = ")[2]
    return tuple(found)


_SAYS = {
    "attribute": "It is written as {}",
    "literal": "{} is written there",
    "variable": "It is a variable: {}",
    "default": "Nobody gives the variable a value: {}",
    "tfvars": "A tfvars file says {}",
    "override": "An override file says {}",
    "command-line": "The command line says {}",
    "environment": "The environment says {}",
    "argument": "The module call passes it: {}",
    "output": "It is an output: {}",
    "for_each": "It is an item: {}",
    "expression": "The condition decides: {}",
    "resource": "Another resource gives it: {}",
    "data source": "A data source gives it: {}",
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
