"""How much of what AWS limits a role has: attached policies, characters of its trust policy and of its inline policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource

_INLINE: Final = "aws_iam_role_policy"
_ATTACHING: Final = (("aws_iam_role_policy_attachment", "role"), ("aws_iam_policy_attachment", "roles"))


def attached(role: Resource, graph: Graph) -> tuple[Node, ...]:
    """The managed policies that are certainly attached."""
    found = list(role.each("managed_policy_arns"))
    for kind, path in _ATTACHING:
        try:
            found += [it.at("policy_arn") for it in graph.attached(role, path, kind)] if graph.of(kind) else []
        except Undecided:
            continue
    return tuple(found)


def characters(document: Node) -> int:
    """The length of a document without the blanks that AWS does not count."""
    return len("".join((document.text or "").split()))


def inline(role: Resource, graph: Graph) -> Iterator[Node]:
    """The documents of the inline policies."""
    yield from role.each("inline_policy.policy")
    if graph.of(_INLINE):
        for carrier in graph.attached(role, "role", _INLINE):
            yield carrier.at("policy")
