"""NetworkPolicies as one: a pod that policies select in a direction accepts what any of them allows, and nothing else."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.model.value import Unknown, Value
from auditor.views.cache import of_graph
from auditor.views.decide import some, undecided
from auditor.views.kubernetes.namespace import may_be_same, namespace_of
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.policy_index import is_policy, policies_of, selector_of
from auditor.views.kubernetes.selector import Labels, label_selector, labels_of

Direction: TypeAlias = Literal["ingress", "egress"]
_UNNAMED = Node(Value(Unknown("the labels of the namespace are not written here")), "metadata.labels")
_LINK_LOCAL = ("169.254.", "fd00:ec2:")


class Verdict(enum.StrEnum):
    """What policies make of a flow. `open`: no policy selects the pod in that direction."""

    OPEN = "open"
    ALLOWED = "allowed"
    BLOCKED = "blocked"


def of_bundle(graph: Graph, root: str) -> tuple[Resource, ...]:
    """The NetworkPolicies of a bundle."""
    return tuple(policies_of(graph, root).plain)


def others(graph: Graph, root: str) -> tuple[Resource, ...]:
    """The policies of other makes in a bundle, which are not evaluated: where there are some, no verdict can be given."""
    return tuple(policies_of(graph, root).others)


@dataclass(frozen=True, slots=True)
class Peer:
    """The other end of a flow: labels of its pod and of its namespace."""

    labels: Labels
    namespace: str | None
    namespace_labels: Labels


def peer_of(pod: Pod) -> Peer:
    """The pods of a workload as the other end of a flow. Raises `Undecided`."""
    return Peer(pod.labels, pod.namespace, namespace_labels(pod.graph, pod.resource.root, pod.namespace))


def namespace_labels(graph: Graph, root: str, name: str | None) -> Labels:
    """The labels of a namespace, with the one that every namespace has; what no object declares is unknown."""
    if name is None:
        return Labels({}, {}, _UNNAMED)
    found = [it for it in graph.of("Namespace") if it.root == root and it.at("metadata.name").data == name]
    own = {"kubernetes.io/metadata.name": name}
    if not found:
        return Labels(own, {}, _UNNAMED)
    written = labels_of(found[0].at("metadata.labels"))
    return Labels({**written.known, **own}, written.open, written.doubt)


def directions(policy: Resource) -> frozenset[str]:
    """The directions that a policy governs: as `policyTypes` says, else ingress, and egress when it has such rules. Raises `Undecided`."""
    written = frozenset(text.lower() for item in policy.body.each("spec.policyTypes") if (text := item.text))
    if written:
        return written
    return frozenset({"ingress", "egress"} if policy.at("spec.egress").present else {"ingress"})


def policies(pod: Pod, direction: Direction) -> tuple[Resource, ...]:
    """The policies that govern a pod in a direction. Raises `Undecided` when it is not certain which ones do."""
    known: dict[tuple[int, str], tuple[Resource, ...]] = of_graph(pod.graph, "policies", dict)
    key = (id(pod.resource), direction)
    if key not in known:
        known[key] = tuple(it for it in policies_of(pod.graph, pod.resource.root).candidates(pod.labels) if _governs(it, pod, direction))
    return known[key]


def _governs(policy: Resource, pod: Pod, direction: Direction) -> bool:
    if not may_be_same(namespace_of(policy), pod.namespace):
        return False
    return selector_of(policy).matches(pod.labels) and direction in directions(policy)


def is_isolated(pod: Pod, direction: Direction) -> bool:
    """Whether some policy governs a pod in a direction, so that only what is allowed passes. Raises `Undecided`."""
    return bool(policies(pod, direction))


def verdict(pod: Pod, direction: Direction, peer: Peer, port: int | None, protocol: str = "TCP", *, named: Pod | None = None) -> Verdict:
    """What the policies of a pod make of a flow to or from a peer on a port of the destination.

    `named`: the pod whose named ports the policies mean, the destination; for ingress the pod itself. Raises `Undecided`.
    """
    strangers = others(pod.graph, pod.resource.root)
    if strangers:
        raise undecided(strangers[0].body, "policies of another make than NetworkPolicy are not evaluated")
    found = policies(pod, direction)
    if not found:
        return Verdict.OPEN
    destination = pod if direction == "ingress" else named
    questions = [
        lambda rule=rule, policy=policy: _allows(rule, direction, policy, peer, port, protocol, destination)
        for policy in found
        for rule in rules(policy, direction)
    ]
    return Verdict.ALLOWED if some(*questions) else Verdict.BLOCKED


def rules(policy: Resource, direction: Direction) -> Iterator[Node]:
    """The rules of a policy for a direction; an empty one allows everything. Raises `Undecided` when the list is unknown."""
    listing = policy.at(f"spec.{direction}")
    if isinstance(listing.value, list):
        for index in range(len(listing.value)):
            yield listing.at(f"[{index}]")


def others_allow(policy: Resource, direction: Direction, graph: Graph) -> bool:
    """Whether another policy that may act on the same pods allows something in a direction. Raises `Undecided`."""
    own = namespace_of(policy)
    return any(
        it is not policy and may_be_same(namespace_of(it), own) and direction in directions(it) and any(True for _ in rules(it, direction))
        for it in of_bundle(graph, policy.root)
    )


def own_peers(policy: Resource, graph: Graph) -> tuple[Node, ...]:
    """The selectors of other ends that mean pods of the policy's own namespace, as the places of a rule. Raises `Undecided`."""
    if not is_policy(policy):
        return ()
    ends = [end for path in ("spec.ingress.from", "spec.egress.to") for end in policy.body.each(path)]
    return tuple(end.at("podSelector") for end in ends if end.at("namespaceSelector").missing and end.at("podSelector").present)


def rules_with_peers(policy: Resource, graph: Graph) -> tuple[Node, ...]:
    """The lists of other ends (`from`, `to`) in the rules of a policy, as the places of a rule. Raises `Undecided`."""
    if not is_policy(policy):
        return ()
    found = [rule.at("from") for rule in policy.body.each("spec.ingress")] + [rule.at("to") for rule in policy.body.each("spec.egress")]
    return tuple(it for it in found if it.unknown or isinstance(it.data, list))


def _allows(
    rule: Node, direction: Direction, policy: Resource, peer: Peer, port: int | None, protocol: str, destination: Pod | None
) -> bool:
    if rule.data is not None and not isinstance(rule.value, dict):
        return False
    ports, ends = rule.at("ports"), rule.at("from" if direction == "ingress" else "to")
    if ports.present and not some(*(lambda it=it: _is_port(it, port, protocol, destination) for it in ports.each())):
        return False
    return ends.missing or some(*(lambda it=it: _is_peer(it, policy, peer) for it in ends.each()))


def _is_port(it: Node, port: int | None, protocol: str, destination: Pod | None) -> bool:
    if (it.at("protocol").text or "TCP") != protocol:
        return False
    wanted = it.at("port")
    if wanted.missing:
        return True
    if isinstance(wanted.value, str) and not wanted.value.isdigit():
        if destination is None:
            raise Undecided(wanted)
        return any(own.name == wanted.value and own.number == port for one in destination.running for own in one.ports)
    first, last = wanted.number, it.at("endPort").number
    return port is not None and first is not None and first <= port <= (first if last is None else last)


def _is_peer(it: Node, policy: Resource, peer: Peer) -> bool:
    if it.at("ipBlock").present:
        return _all_addresses(it.at("ipBlock"))
    pods, namespaces = it.at("podSelector"), it.at("namespaceSelector")
    if namespaces.missing:
        if pods.missing or not may_be_same(namespace_of(policy), peer.namespace):
            return False
    elif not label_selector(namespaces).matches(peer.namespace_labels):
        return False
    return pods.missing or label_selector(pods).matches(peer.labels)


def _all_addresses(block: Node) -> bool:
    """Whether a block holds every address; whether it holds a pod's is not known to any manifest. Raises `Undecided`."""
    if block.at("cidr").text in ("0.0.0.0/0", "::/0") and all((it.text or "").startswith(_LINK_LOCAL) for it in block.each("except")):
        return True
    raise Undecided(block.at("cidr"))
