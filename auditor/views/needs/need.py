"""One thing that a configuration needs to be allowed, and where its two ends are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.decide import undecided
from auditor.views.iam.access import names_of
from auditor.views.iam.arns import ARNS
from auditor.views.iam.request import ContextValue
from auditor.views.lambda_function import functions

ANYTHING: Final = "*"
"""The target of an action that concerns no resource."""
ROLE: Final = "aws_iam_role"


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """Actions that a principal must be allowed for what is written at `where` to work.

    `principal` is the node that names a role, the role itself, or the name of a service. `target` is the node that names a resource,
    the resource itself, or a text (an ARN, a name, `*`); None when nobody knows which of them it is. `part` follows the ARN of the target,
    which is of one of `kinds`. `purpose` completes "needs it to ...". `one_of`: any of the actions is enough.
    """

    principal: Node | Resource | str
    actions: tuple[str, ...]
    target: Node | Resource | str | None
    where: Node
    purpose: str
    kinds: tuple[str, ...] = ()
    part: str = ""
    one_of: bool = False
    context: Mapping[str, ContextValue] = field(default_factory=dict)
    certain: bool = True
    """Whether what creates the need is certainly written."""


def principal_of(need: Need, graph: Graph) -> Resource | str | None:
    """The role or the service; None for a role that AWS keeps. Raises `Undecided` for a role that is not here."""
    if not isinstance(need.principal, Node):
        return need.principal
    return role_at(need.principal, graph)


def role_at(node: Node, graph: Graph) -> Resource | None:
    """The role that a value names; None for one that AWS keeps. Raises `Undecided` for one that is not here."""
    found = graph.targets(node, ROLE)
    if len(found) == 1:
        return found[0]
    if found:
        raise undecided(node, f"it may be any of {', '.join(sorted(it.address.text for it in found))}")
    text = node.text or ""  # raises Undecided where it is not known at all
    if ":role/aws-service-role/" in text or text.startswith("AWSServiceRoleFor"):
        return None
    raise undecided(node, f"the role {text or 'that it names'} is not here")


def role_of_profile(node: Node, graph: Graph) -> Node:
    """The node that names the role of an instance profile; the node of the profile itself where it is not here, which nothing resolves."""
    found = graph.targets(node, "aws_iam_instance_profile")
    return found[0].at("role") if len(found) == 1 else node


def target_of(need: Need, graph: Graph) -> Resource | str | None:
    """The resource, an ARN (with the part that it is about), `*`, or None where only its kind is known."""
    node = need.target
    if isinstance(node, Resource) or node is None:
        return node
    if isinstance(node, Node):
        found = targets(node, graph, need.kinds)
        if len(found) == 1:
            return found[0]
        if found:
            raise undecided(node, f"it may be any of {', '.join(sorted(it.address.text for it in found))}")
    text = node if isinstance(node, str) else "" if node.unknown else node.text or ""
    if text == ANYTHING:
        return text
    arn = text if text.startswith("arn:") else _composed(text, need.kinds, graph)
    return arn.removesuffix(":*") + need.part if arn else None


def _composed(name: str, kinds: tuple[str, ...], graph: Graph) -> str:
    """The ARN of something that only its name tells; empty where a name is not enough."""
    form = ARNS.get(kinds[0], "") if len(kinds) == 1 and name else ""
    blanks = set(_BLANK.findall(form)) - {"region", "account", "slash"}
    if len(blanks) != 1:
        return ""
    names = names_of(graph)
    known = {"region": names.region, "account": names.account, "slash": "" if name.startswith("/") else "/"}
    return "arn:aws:" + _BLANK.sub(lambda found: known.get(found[1], name), form)


_BLANK = re.compile(r"\{(\w+)\}")


def targets(node: Node, graph: Graph, kinds: tuple[str, ...]) -> tuple[Resource, ...]:
    """The resources of these kinds that a value names."""
    if "aws_lambda_function" in kinds and (found := functions(node, graph)):
        return found
    found = graph.targets(node, *kinds)
    if not found and isinstance(node.data, str) and node.data.endswith(":*"):  # the ARN of a log group with all of its streams
        return graph.called(node.data.removesuffix(":*"), *kinds)
    return found


def is_of(node: Node, graph: Graph, kinds: tuple[str, ...]) -> bool | None:
    """Whether a value names something of these kinds; None when nobody can tell."""
    if not kinds or targets(node, graph, kinds):
        return True
    others = graph.targets(node)
    if others:
        names = {it.kind.removeprefix("data.") for it in others}
        return None if names & _OPAQUE else bool(names & set(kinds))
    text = str(node.data) if isinstance(node.data, str) else _prefix(node)
    if not text.startswith("arn:") or text.count(":") < 3:
        return None
    service = text.split(":")[2]
    return any(ARNS.get(kind, "").startswith(f"{service}:") and _fits(kind, text) for kind in kinds)


_OPAQUE = frozenset({"module", "variable", "terraform_remote_state", "aws_ssm_parameter", "aws_cloudformation_stack"})
"""Kinds whose values may be the name of anything."""


def _prefix(node: Node) -> str:
    return str(getattr(node.data, "prefix", ""))


def _fits(kind: str, arn: str) -> bool:
    """Whether an ARN has the word of a kind behind its account: services have several kinds of resources."""
    word = ARNS[kind].split(":", 3)[3].partition("{")[0]
    rest = arn.split(":", 5)[5:]
    return not word or not rest or rest[0].startswith(word)
