"""Policies: the documents that grant or deny access, whichever resource carries them and however they are spelled.

A document may be JSON text, a heredoc, `jsonencode` or `data.aws_iam_policy_document`. Each of its statements is a `Statement`, a view of
the JSON whose parts are nodes, so that everything that is said of one has a place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Facet, Resource
from auditor.views.carriers import CARRIERS, DOCUMENT, EVERY, IDENTITY, RESOURCE, TRUST
from auditor.views.statement import Condition, Principal, Statement, Use

__all__ = [
    "ATTACHMENTS",
    "DOCUMENT",
    "EVERY",
    "IDENTITY",
    "RESOURCE",
    "TRUST",
    "Condition",
    "Policy",
    "Principal",
    "Statement",
    "Use",
    "identity_statements",
    "is_boundary",
    "policies",
    "resource_statements",
    "statements",
    "trust_statements",
]


@dataclass(frozen=True, slots=True)
class Policy:
    """One document: the resource that carries it, its attribute, and the JSON in it."""

    resource: Resource
    use: Use
    where: Node
    tree: Node

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements; a document that is not known at all is one unknown statement."""
        if self.tree.unknown:
            return (Statement(self.tree, self.use),)
        return tuple(Statement(node, self.use) for node in self.tree.each("Statement"))

    @property
    def version(self) -> str:
        """The version of the language; the old one when none is named."""
        return self.tree.at("Version").text or "2008-10-17"


def policies(resource: Resource, graph: Graph) -> tuple[Policy, ...]:
    """The documents that a resource carries.

    A `data.aws_iam_policy_document` that a carrier or another document of the graph takes is judged there, where its use is known.
    Any other is taken for what its statements look like.
    """
    cache = _CACHE.setdefault(graph, {})
    if resource not in cache:
        cache[resource] = tuple(_documents(resource, graph) if resource.kind == DOCUMENT else _carried(resource))
    return cache[resource]


def statements(resource: Resource, graph: Graph) -> Iterator[Statement]:
    """The statements of all documents of a resource."""
    for policy in policies(resource, graph):
        yield from policy.statements


def identity_statements(resource: Resource, graph: Graph) -> Iterator[Statement]:
    """The statements that say what a principal may do, without those of documents that serve as permissions boundaries only."""
    for policy in policies(resource, graph):
        if policy.use is Use.IDENTITY and not is_boundary(resource, graph):
            yield from policy.statements


def trust_statements(resource: Resource, graph: Graph) -> Iterator[Statement]:
    """The statements that say who may become a role."""
    for policy in policies(resource, graph):
        if policy.use is Use.TRUST:
            yield from policy.statements


def resource_statements(resource: Resource, graph: Graph) -> Iterator[Statement]:
    """The statements that say who may use a resource."""
    for policy in policies(resource, graph):
        if policy.use is Use.RESOURCE:
            yield from policy.statements


def is_boundary(resource: Resource, graph: Graph) -> bool:
    """Whether a managed policy is a permissions boundary and nothing else: it grants nothing by itself."""
    if resource.kind != "aws_iam_policy":
        return False
    if graph.naming(resource, "policy_arn", *ATTACHMENTS):
        return False
    bounds = bool(graph.naming(resource, "permissions_boundary", *_BOUND))
    if doubt := graph.unclear("policy_arn", *ATTACHMENTS) if bounds else graph.unclear("permissions_boundary", *_BOUND):
        raise Undecided(doubt)
    return bounds


ATTACHMENTS: Final = (
    "aws_iam_role_policy_attachment",
    "aws_iam_user_policy_attachment",
    "aws_iam_group_policy_attachment",
    "aws_iam_policy_attachment",
)
_BOUND: Final = ("aws_iam_role", "aws_iam_user")


_CACHE: WeakKeyDictionary[Graph, dict[Resource, tuple[Policy, ...]]] = WeakKeyDictionary()


def _carried(resource: Resource) -> Iterator[Policy]:
    for path, use in CARRIERS.get(resource.kind, ()):
        if _echoed(resource, path.partition(".")[0]):
            continue
        for node in resource.body.each(path):
            if resource.kind == "aws_organizations_policy" and resource.at("type").text not in _PERMISSION_POLICIES:
                continue
            yield Policy(resource, use, node, node.json())


def _echoed(resource: Resource, block: str) -> bool:
    """Whether a plan leaves open a block that nobody wrote: the provider fills it in with what other resources attach."""
    node = resource.at(block)
    return resource.facet is Facet.PLANNED and block == "inline_policy" and node.unknown and not node.refs


_PERMISSION_POLICIES = (None, "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY")


def _documents(resource: Resource, graph: Graph) -> Iterator[Policy]:
    taken, doubt = _taken(graph)
    if resource in taken:
        return
    if doubt is not None:
        raise Undecided(doubt)
    where = resource.at("json")
    tree = where.json()
    yield Policy(resource, _looks_like(tree), where, tree)


def _looks_like(tree: Node) -> Use:
    for statement in tree.each("Statement") if not tree.unknown else ():
        principal = statement.at("Principal")
        if _written(principal) or _written(statement.at("NotPrincipal")):
            actions = [str(action.data).lower() for action in statement.each("Action")]
            federated = principal.at("Federated")
            return Use.TRUST if _written(federated) or any(action.startswith("sts:") for action in actions) else Use.RESOURCE
    return Use.IDENTITY


def _written(node: Node) -> bool:
    return not node.unknown and node.present


_TAKEN: WeakKeyDictionary[Graph, tuple[frozenset[Resource], Node | None]] = WeakKeyDictionary()


def _taken(graph: Graph) -> tuple[frozenset[Resource], Node | None]:
    """The documents that something takes whose statements are judged, and a node that may take any of them."""
    if graph not in _TAKEN:
        nodes = [node for kind, paths in CARRIERS.items() for it in graph.of(kind) for path, _ in paths for node in it.body.each(path)]
        doubt = next((node for node in nodes if node.unknown and not node.refs and node.json().unknown), None)
        for other in graph.of(DOCUMENT):
            nodes += [node for path in ("source_policy_documents", "override_policy_documents") for node in other.body.each(path)]
        taken = {document for node in nodes for document in graph.targets(node, DOCUMENT)}
        texts = {_without_spaces(node) for node in nodes if isinstance(node.data, str)} if graph.of(DOCUMENT) else set()
        taken |= {it for it in graph.of(DOCUMENT) if isinstance(it.at("json").data, str) and _without_spaces(it.at("json")) in texts}
        _TAKEN[graph] = frozenset(taken), doubt
    return _TAKEN[graph]


def _without_spaces(node: Node) -> str:
    """A document as states have it in both places; who takes it is not told there."""
    return "".join(str(node.data).split())
