"""The policies of a principal: its own, those that are attached to it, those of its groups, and its permissions boundary."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, TypeVar

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Facet, Resource
from auditor.views.attachments import managed_policy
from auditor.views.iam.aws_managed import aws_managed
from auditor.views.iam.hole import has_hole
from auditor.views.iam.layers import Held
from auditor.views.iam.names import Names
from auditor.views.iam.pattern import raw, written
from auditor.views.policy import Policy, Use, policies

T = TypeVar("T")

PRINCIPALS: Final = {"aws_iam_role": "role", "aws_iam_user": "user", "aws_iam_group": "group"}
"""The kinds that have policies, and the word that names each of them in the resources that give it some."""


def own(principal: Resource, names: Names) -> Held:
    """The policies of a role, a user or a group, inline and attached."""
    graph, word = names.graph, PRINCIPALS[principal.kind]
    gaps: list[str] = []
    inline = _taking(principal, word, f"aws_iam_{word}_policy", names, gaps)
    found = [policy for carrier in (principal, *inline) for policy in _known(partial(policies, carrier, graph), gaps)]
    held = Held(tuple(policy for policy in found if policy.use is Use.IDENTITY))
    for arn in _attached(principal, word, names, gaps):
        held |= managed(arn, names)
    return Held(held.policies, tuple(dict.fromkeys((*held.gaps, *gaps))), perhaps=_perhaps(word, names))


def _taking(principal: Resource, path: str, kind: str, names: Names, gaps: list[str]) -> tuple[Resource, ...]:
    """The resources of a kind that name a principal. Those that may name anybody are not among them: see `_perhaps`."""
    graph = names.graph
    try:
        return graph.attached(principal, path, kind)
    except Undecided as reason:
        if not _open(path, kind, names) or graph.gap_for(principal):
            gaps.append(str(reason))
        return ()


def _open(path: str, kind: str, names: Names) -> tuple[Resource, ...]:
    """The resources of a kind of which nobody knows whom they name."""

    def found() -> tuple[Resource, ...]:
        return tuple(it for it in names.graph.of(kind) if any(node.unknown and not node.refs for node in it.body.each(path)))

    return names.once(("open", kind, path), found)


def _perhaps(word: str, names: Names) -> tuple[Policy, ...]:
    """The policies that any principal of a kind may have."""

    def found() -> tuple[Policy, ...]:
        graph = names.graph
        inline = [policy for it in _open(word, f"aws_iam_{word}_policy", names) for policy in _known(partial(policies, it, graph), [])]
        one = _open(word, f"aws_iam_{word}_policy_attachment", names)
        many = _open(f"{word}s", "aws_iam_policy_attachment", names)
        return (*inline, *(policy for it in (*one, *many) for policy in managed(it.at("policy_arn"), names).policies))

    return names.once(("perhaps", word), found)


def of_groups(user: Resource, names: Names) -> Held:
    """The policies of the groups that a user is in."""
    gaps: list[str] = []
    groups = groups_of(user, names, gaps)
    held = Held((), tuple(gaps))
    for group in groups:
        held |= own(group, names)
    return held


def groups_of(user: Resource, names: Names, gaps: list[str]) -> tuple[Resource, ...]:
    """The groups that a user is in; what is not known of that goes to `gaps`."""
    graph = names.graph
    groups: dict[Resource, None] = {}
    for member in _known(lambda: graph.attached(user, "user", "aws_iam_user_group_membership"), gaps):
        for node in member.each("groups"):
            groups.update(dict.fromkeys(_groups(node, graph, gaps)))
    for member in _known(lambda: graph.attached(user, "users", "aws_iam_group_membership"), gaps):
        groups.update(dict.fromkeys(_groups(member.at("group"), graph, gaps)))
    return tuple(groups)


def boundary(principal: Resource, names: Names) -> Held | None:
    """The permissions boundary; None when there is none."""
    node = principal.at("permissions_boundary")
    if not written(node) or (not node.unknown and node.data == ""):
        return None
    return managed(node, names)


def managed(arn: Node, names: Names) -> Held:
    """The managed policy that a value leads to; a gap where it is not here."""
    graph = names.graph
    targets = graph.targets(arn, "aws_iam_policy")
    text = raw(arn, names.resolve)
    if not targets and not has_hole(text) and ":aws:policy/" not in text:
        targets = names.once(("policy", text), lambda: tuple(it for it in names.find(text) if it.kind == "aws_iam_policy"))
    if targets:
        gaps: list[str] = []
        found = tuple(policy for target in targets for policy in _known(partial(policies, target, graph), gaps))
        return Held(found, tuple(gaps))
    try:
        name = managed_policy(arn, graph)
    except Undecided:
        name = None
    known = aws_managed(f"arn:aws:iam::aws:policy/{name}") if name else None
    if known is not None:
        return Held((known,))
    shown = text if not has_hole(text) else name or f"a policy that {arn.path} names"
    return Held(gaps=(f"the document of {shown} is not here",))


def _attached(principal: Resource, word: str, names: Names, gaps: list[str]) -> list[Node]:
    """The ARNs of the managed policies that are attached."""
    listed = principal.at("managed_policy_arns")
    echoed = principal.facet is Facet.PLANNED and listed.unknown and not listed.refs  # nobody wrote it: the provider fills it in
    found = [] if echoed else list(principal.each("managed_policy_arns"))
    one = _taking(principal, word, f"aws_iam_{word}_policy_attachment", names, gaps)
    many: tuple[Resource, ...] = ()
    if names.graph.of("aws_iam_policy_attachment"):  # a kind of Terraform's own: the cloud has none to read
        many = _taking(principal, f"{word}s", "aws_iam_policy_attachment", names, gaps)
    found += [taker.at("policy_arn") for taker in (*one, *many)]
    return [node for node in found if written(node)]


def _groups(node: Node, graph: Graph, gaps: list[str]) -> Iterable[Resource]:
    found = graph.targets(node, "aws_iam_group")
    if not found and not node.unknown:
        found = tuple(group for group in graph.of("aws_iam_group") if node.data in graph.names(group))
    if not found:
        gaps.append(f"the group {node.text if not node.unknown else node.path} is not here")
    return found


def _known(read: Callable[[], Iterable[T]], gaps: list[str]) -> tuple[T, ...]:
    """What is read; where that cannot be decided, nothing and the reason as a gap."""
    try:
        return tuple(read())
    except Undecided as reason:
        gaps.append(str(reason))
        return ()
