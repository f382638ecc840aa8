"""What makes a finding ready for a root-cause analysis: where it is, why the value is what it is, and what hangs on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice

from auditor.engine.declarative import split
from auditor.engine.wording import HIDDEN, shorten, show
from auditor.model.finding import Absent, Code, Dependent, Evidence, Live, Why
from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Facet, Origin, Resource
from auditor.model.span import Span
from auditor.model.value import MISSING

MAX_DEPENDENTS = 50
"""A finding lists no more dependents than this, the nearest first."""

MAX_NEAR = 500
"""Among so many resources next to the checked one, the owner of a value is looked for."""


@dataclass(frozen=True)
class Fault:
    """The value that a rule stopped at. `hidden`: it is a secret.

    `owner` is the resource that holds it: mostly the one that was checked, else one that hangs on it (the ACL of a bucket), and
    None when it cannot be told. `code` is where the owner is written: for what is planned, the code that the plan was made from.
    """

    resource: Resource
    node: Node
    owner: Resource | None
    code: Resource
    span: Span
    """Where the value is written; for a missing one, the block that lacks it."""
    block: Span
    """Where the checked resource is written."""
    hidden: bool

    @classmethod
    def of(cls, resource: Resource, node: Node, graph: Graph, whole: Graph, *, secret: bool = False) -> Fault:
        """The fault at a node that was met while `resource` was checked."""
        owner = _owner(resource, node, graph)
        held = owner or resource
        code = _code(held, whole)
        block = code.span if held is resource else _code(resource, whole).span
        return cls(resource, node, owner, code, _span(node, code, planned=code is not held), block, secret or node.sensitive)

    def referred(self, history: tuple[Origin, ...]) -> Fault:
        """The same fault; a value that nobody wrote (an id that the provider gives) stands where it is asked for."""
        if self.node.unknown and history and history[0].kind == "attribute":
            asked, here = history[0].span, self.span
            inside = here.file == asked.file and asked.line <= here.line <= here.end_line <= asked.end_line  # an entry of a table, say
            return self if inside else replace(self, span=asked)
        return self

    @property
    def elsewhere(self) -> str:
        """The address of the resource that holds the value, when it is not the checked one."""
        return "" if self.owner is None or self.owner is self.resource else self.owner.address.text

    @property
    def attribute(self) -> str:
        """The path of the value in the checked resource; below another resource, with that one's address."""
        return self.subject if self.elsewhere else self.node.path

    @property
    def subject(self) -> str:
        """The attribute's full name."""
        address = (self.owner or self.resource).address.text
        return f"{address}.{self.node.path}" if self.node.path else address

    @property
    def chain(self) -> tuple[Span, ...]:
        """The module calls that lead there."""
        return self.code.chain

    @cached_property
    def shown(self) -> str:
        """The value as short text; nothing for a whole resource, whose block is shown anyway."""
        if not self.node.path and self.node.data is not MISSING:
            return ""
        return HIDDEN if self.hidden else show(self.node)


def _code(resource: Resource, whole: Graph) -> Resource:
    """Where a resource is written: what is planned points at the code, as far as that is there."""
    if resource.facet is not Facet.PLANNED:
        return resource
    return next((r for r in whole.find(resource.address) if r.facet is Facet.WRITTEN and r.root == resource.root), resource)


def _span(node: Node, code: Resource, *, planned: bool) -> Span:
    if planned:
        return code.body.at(node.path).span if node.path else code.span
    span = node.span
    return span if span.file else code.span


def _owner(resource: Resource, node: Node, graph: Graph) -> Resource | None:
    try:
        if _is(resource.body.at(node.path), node):
            return resource
        steps = split(node.path) if node.path else ()
    except ValueError:
        return None
    if _holds(resource, node, steps):
        return resource
    near = chain((edge.source for edge in graph.into(resource)), (edge.target for edge in graph.out(resource)))
    return next((other for other in islice(near, MAX_NEAR) if _holds(other, node, steps)), None)


def _holds(resource: Resource, node: Node, steps: tuple[str, ...]) -> bool:
    """Whether the node is the one at its path in the resource; texts that hold JSON are looked into."""
    found = resource.body
    for step in steps:
        below = found.at(step)
        found = found.json().at(step) if below.data is MISSING and isinstance(found.data, str) else below
    return _is(found, node)


def _is(found: Node, node: Node) -> bool:
    return found.value_ is node.value_ or (found.value_.place == node.value_.place and type(found.data) is type(node.data))


def history_of(fault: Fault) -> tuple[Origin, ...]:
    """Where the value came from, nearest step first; nothing for a value that nobody wrote."""
    if fault.owner is None or fault.code.history is None or fault.node.data is MISSING or not fault.node.path:
        return ()
    steps = fault.code.history(fault.node.path)
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
    "values": "The values of the chart say {}",
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
            way[0].written,
        )
        for dependent, way in islice(graph.dependents(resource), MAX_DEPENDENTS)
    )
