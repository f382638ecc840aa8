"""What network policies make of the calls that manifests declare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.decide import undecided
from auditor.views.kubernetes.dependency import Dependency, dependencies_of, dependents_of
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.network_policy import Direction, Verdict, directions, others, peer_of, policies, rules, verdict
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.policy_index import is_policy, selector_of
from auditor.views.kubernetes.selection import selected
from auditor.views.kubernetes.service import declared, pods_behind


@dataclass(frozen=True, slots=True)
class Flow:
    """A declared call that a policy judges: at the pods that are called (`ingress`), or at the caller (`egress`)."""

    dependency: Dependency
    called: Pod
    direction: Direction


def flows(policy: Resource, graph: Graph) -> tuple[Flow, ...]:
    """The declared calls that a policy is the first one to judge. Raises `Undecided`."""
    if not is_policy(policy):
        return ()
    pods = selected(graph, policy.root, namespace_of(policy), selector_of(policy))[0]
    return tuple(flow for pod in pods for direction in sorted(directions(policy)) for flow in _of_pod(policy, pod, direction))


def _of_pod(policy: Resource, pod: Pod, direction: str) -> Iterator[Flow]:
    if direction == "ingress" and policies(pod, "ingress")[:1] == (policy,):
        for it in dependents_of(pod):
            yield Flow(it, pod, "ingress")
    elif direction == "egress" and policies(pod, "egress")[:1] == (policy,):
        for it in dependencies_of(pod):
            for called in pods_behind(it.service, pod.graph):
                yield Flow(it, called, "egress")


def blocked(policy: Resource, graph: Graph, direction: Direction) -> tuple[Flow, ...]:
    """The declared calls that a policy stops in a direction. Raises `Undecided` when there are none, and it is not certain."""
    found: list[Flow] = []
    doubt: Undecided | None = None
    for flow in flows(policy, graph):
        try:
            if flow.direction == direction and is_blocked(flow):
                found.append(flow)
        except Undecided as reason:
            doubt = doubt or reason
    if doubt is not None and not found:
        raise doubt
    return tuple(found)


def port_number(it: Flow) -> int | None:
    """The port of the called pods; None for a name that they do not declare. Raises `Undecided`."""
    target = it.dependency.port.target
    if isinstance(target.value, str) and not target.value.isdigit():
        found = declared(it.called, it.dependency.port)
        return found[0][1].number if found else None
    number = target.number
    return None if number is None else int(number)


def is_blocked(it: Flow) -> bool:
    """Whether the policies certainly stop the call. Raises `Undecided`."""
    number = port_number(it)
    caller = it.dependency.pod
    if number is None:
        return False
    if caller is None:  # from outside, by whichever controller: blocked only when nobody at all is let in
        strangers = others(it.called.graph, it.called.resource.root)
        if strangers:
            raise undecided(strangers[0].body, "policies of another make than NetworkPolicy are not evaluated")
        return not any(True for policy in policies(it.called, "ingress") for _ in rules(policy, "ingress"))
    protocol = it.dependency.port.protocol
    if it.direction == "ingress":
        return not caller.host_network and verdict(it.called, "ingress", peer_of(caller), number, protocol) is Verdict.BLOCKED
    return verdict(caller, "egress", peer_of(it.called), number, protocol, named=it.called) is Verdict.BLOCKED
