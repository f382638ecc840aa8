"""Names inside the cluster: whether pods ask the cluster's DNS, and whether policies let them reach it."""

from __future__ import annotations

import ipaddress
import re
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.model.value import Unknown, Value
from auditor.views.decide import some
from auditor.views.kubernetes.dependency import dependencies_of
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.network_policy import Peer, Verdict, directions, namespace_labels, policies, rules, verdict
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.policy_index import is_policy, selector_of
from auditor.views.kubernetes.selection import selected
from auditor.views.kubernetes.selector import Labels

_SERVERS: Final = (  # namespace, a label of the pods, the port that they listen on
    ("kube-system", ("k8s-app", "kube-dns"), 53),
    ("openshift-dns", ("dns.operator.openshift.io/daemonset-dns", "default"), 5353),
)
NODE_LOCAL: Final = ipaddress.ip_address("169.254.20.10")
"""Where NodeLocal DNSCache listens on every node."""

_CLUSTER_NAME = re.compile(r"[a-z0-9]\.svc(?![\w-])|\.cluster\.local\b")
_TEXTS = ("command", "args", "env.value")
_MORE = Node(Value(Unknown("the other labels of the DNS pods are not written here")), "metadata.labels")


def without_dns(policy: Resource, graph: Graph, protocol: str) -> tuple[Pod, ...]:
    """The pods that a policy, as the first one for egress, lets send something, and no policy lets ask the cluster's DNS over a protocol.

    Raises `Undecided` when there are none, and it is not certain.
    """
    found: list[Pod] = []
    doubt: Undecided | None = None
    for pod in _governed_first(policy, graph):
        try:
            if not reaches_dns(pod, protocol):
                found.append(pod)
        except Undecided as reason:
            doubt = doubt or reason
    if doubt is not None and not found:
        raise doubt
    return tuple(found)


def _governed_first(policy: Resource, graph: Graph) -> tuple[Pod, ...]:
    if not is_policy(policy) or "egress" not in directions(policy):
        return ()
    pods = selected(graph, policy.root, namespace_of(policy), selector_of(policy))[0]
    return tuple(pod for pod in pods if _with_rules(pod)[:1] == (policy,) and uses_cluster_dns(pod) and allows_something_else(pod))


def _with_rules(pod: Pod) -> tuple[Resource, ...]:
    return tuple(policy for policy in policies(pod, "egress") if any(True for _ in rules(policy, "egress")))


def uses_cluster_dns(pod: Pod) -> bool:
    """Whether the pods ask the cluster's DNS: a pod on the node's network does so only when it says so. Raises `Undecided`."""
    policy = pod.dns_policy
    return policy == "ClusterFirstWithHostNet" or (policy == "ClusterFirst" and not pod.host_network)


def names_services(pod: Pod) -> bool:
    """Whether the containers are told names of the cluster: of a Service that is here, or ones that end with `.svc`."""
    if dependencies_of(pod):
        return True
    texts = [node.data for container in pod.containers for path in _TEXTS for node in container.where.each(path)]
    return any(_CLUSTER_NAME.search(text) for text in texts if isinstance(text, str))


def reaches_dns(pod: Pod, protocol: str) -> bool:
    """Whether the policies of the pods leave a way to a DNS server of the cluster over UDP or TCP. Raises `Undecided`."""
    return some(*(lambda it=it: _reaches(pod, it, protocol) for it in _SERVERS), lambda: _reaches_the_node(pod, protocol))


def _reaches(pod: Pod, server: tuple[str, tuple[str, str], int], protocol: str) -> bool:
    namespace, label, port = server
    peer = Peer(Labels(dict([label]), {}, _MORE), namespace, namespace_labels(pod.graph, pod.resource.root, namespace))
    return verdict(pod, "egress", peer, port, protocol) is not Verdict.BLOCKED


def _reaches_the_node(pod: Pod, protocol: str) -> bool:
    for policy in policies(pod, "egress"):
        for rule in rules(policy, "egress"):
            blocks = [it.at("ipBlock.cidr").text for it in rule.each("to")]
            if any(_holds_node_local(text) for text in blocks if text) and _is_dns_port(rule, protocol):
                return True
    return False


def _holds_node_local(cidr: str) -> bool:
    try:
        network = ipaddress.ip_network(cidr, strict=False)
    except ValueError:
        return False
    return NODE_LOCAL in network and network.prefixlen >= 8


def _is_dns_port(rule: Node, protocol: str) -> bool:
    if rule.at("ports").missing:
        return True
    ports = [it for it in rule.each("ports") if (it.at("protocol").text or "TCP") == protocol]
    return any(it.at("port").missing or it.at("port").number == 53 for it in ports)


def allows_something_else(pod: Pod) -> bool:
    """Whether the policies of the pods let them out for more than DNS, so that they have names to resolve. Raises `Undecided`."""
    every = [rule for policy in policies(pod, "egress") for rule in rules(policy, "egress")]
    return any(not _only_dns(rule) for rule in every)


def _only_dns(rule: Node) -> bool:
    try:
        return rule.at("ports").present and all(it.at("port").number in (53, 5353) for it in rule.each("ports"))
    except Undecided:
        return False
