"""Whether any policy governs a pod: NetworkPolicies, and those of Cilium as far as they select pods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.decide import undecided
from auditor.views.kubernetes.namespace import may_be_same, namespace_of
from auditor.views.kubernetes.network_policy import Direction, is_isolated, others
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.policy_index import policies_of
from auditor.views.kubernetes.selector import Requirement, Selector, label_selector

CILIUM = ("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy")


def isolated(pod: Pod) -> frozenset[str]:
    """The directions (`ingress`, `egress`) in which some policy governs the pods. Raises `Undecided`."""
    found: set[str] = set()
    doubt: Undecided | None = None
    for direction in get_args(Direction):
        try:
            if is_isolated(pod, direction):
                found.add(direction)
        except Undecided as reason:
            doubt = doubt or reason
    for policy in _cilium(pod):
        try:
            found.update(_governed(policy, pod))
        except Undecided as reason:
            doubt = doubt or reason
    if len(found) < 2:
        strangers = [it for it in others(pod.graph, pod.resource.root) if it.kind not in CILIUM]
        if strangers:
            raise undecided(strangers[0].body, f"policies such as {strangers[0].address.text} are not evaluated")
        if doubt is not None:
            raise doubt
    return frozenset(found)


def has_policies(pod: Pod) -> bool:
    """Whether the bundle holds any policy, of whatever make, for the namespace of the pods. Raises `Undecided`."""
    return has_policies_for(pod.namespace, pod.graph, pod.resource.root)


def has_policies_for(namespace: str | None, graph: Graph, root: str) -> bool:
    """Whether a bundle holds any policy, of whatever make, for a namespace. Raises `Undecided`."""
    found = policies_of(graph, root)
    if found.namespaces and (namespace is None or None in found.namespaces or namespace in found.namespaces):
        return True
    if found.doubt is not None:
        raise found.doubt
    return False


def _cilium(pod: Pod) -> Iterator[Resource]:
    for policy in pod.graph.of(*CILIUM):
        if policy.root == pod.resource.root:
            yield policy


def _governed(policy: Resource, pod: Pod) -> Iterator[str]:
    if policy.kind == "CiliumNetworkPolicy" and not may_be_same(namespace_of(policy), pod.namespace):
        return
    for spec in _specs(policy):
        endpoints = spec.at("endpointSelector")
        if endpoints.present and _plain(label_selector(endpoints)).matches(pod.labels):
            for direction in get_args(Direction):
                if _is_written(spec, direction) or _is_written(spec, f"{direction}Deny"):
                    yield direction


def _specs(policy: Resource) -> Iterator[Node]:
    if isinstance(policy.at("spec").value, dict):
        yield policy.at("spec")
    yield from policy.body.each("specs")


def _is_written(spec: Node, key: str) -> bool:
    return isinstance(spec.value, dict) and key in spec.value and spec.at(key).data is not None


def _plain(selector: Selector) -> Selector:
    """Without the prefixes that say where a label comes from (`k8s:app`, `any:app`)."""
    pairs = tuple((_key(key), value) for key, value in selector.pairs)
    wanted = tuple(Requirement(_key(it.key), it.operator, it.values, it.where) for it in selector.requirements)
    return Selector(selector.where, pairs, wanted, selector.doubt)


def _key(key: str) -> str:
    return key.partition(":")[2] if key.startswith(("k8s:", "any:")) else key
