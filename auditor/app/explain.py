"""The use case of `auditor explain`: a rule's page, or the history of one value."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from auditor.app import graph as graphs
from auditor.app.inputs import Request
from auditor.app.nearest import nearest
from auditor.model.error import InputError
from auditor.model.node import Node
from auditor.model.redacted_text import mask_text
from auditor.model.redaction import secret_name
from auditor.model.resource import Origin, Resource


@dataclass(frozen=True, slots=True)
class ValueHistory:
    """One attribute of one resource: what it is, and every step that made it so, nearest first."""

    resource: Resource
    node: Node
    steps: tuple[Origin, ...]

    @property
    def name(self) -> str:
        """`ADDRESS.path`."""
        address, path = self.resource.address.text, self.node.path
        return address + ("" if not path or path.startswith("[") else ".") + path

    @property
    def value(self) -> Any:
        """The value as plain data, without secrets."""
        if not self.node.path:
            return graphs.body(self.resource)
        return graphs.without_secrets(self.node.plain(), _meaning(self.resource, self.node.path))


def values(thing: str, request: Request) -> tuple[ValueHistory, ...]:
    """The histories of `ADDRESS.path`, one for each root module and facet that has it. Raises `InputError` when none has it."""
    resources = [resource for graph, _ in graphs.load(request) for resource in graph.resources]
    owners = [resource for resource in resources if _path(thing, resource) is not None]
    longest = max((len(resource.address.text) for resource in owners), default=0)
    found = (_history(thing, resource) for resource in owners if len(resource.address.text) == longest)
    histories = tuple(history for history in found if history)
    if not histories:
        known = {resource.address.text for resource in resources}
        known.update(f"{owner.address}.{key}" for owner in owners for key, _ in owner.body.entries())
        raise InputError(f"there is no rule, finding or value {thing!r}{nearest(thing, known)}", hint="auditor graph prints every resource")
    return histories


def _history(thing: str, resource: Resource) -> ValueHistory | None:
    path = _path(thing, resource) or ""
    try:
        node = resource.body.at(path)
    except ValueError:
        raise InputError(f"{path!r} is not a path of an attribute", hint='write it like ingress[0].cidr_blocks or tags["a.b"]') from None
    if path and not node.unknown and node.missing:
        return None
    steps = resource.history(path) if resource.history and path else ()
    secret = node.sensitive or secret_name(_meaning(resource, path))
    return ValueHistory(resource, node, tuple(replace(step, text="(secret)" if secret else mask_text(step.text)) for step in steps))


def _meaning(resource: Resource, path: str) -> str:
    words = re.findall(r"[\w-]+", re.sub(r"\[\d+\]", "", path))
    return graphs.meaning(resource, words[-1]) if words else ""


def _path(thing: str, resource: Resource) -> str | None:
    """The rest of `thing` behind the address of the resource; None when it does not begin with it."""
    address = resource.address.text
    if not thing.startswith(address):
        return None
    rest = thing[len(address) :]
    return rest.removeprefix(".") if not rest or rest[0] in ".[" else None
