"""Ways from a pod's token to the whole cluster: workload, service account, binding, role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes import route
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.power import takeovers
from auditor.views.kubernetes.rbac import bindings_of, grants, mounts_token, role_of
from auditor.views.kubernetes.service import services_of


@dataclass(frozen=True, slots=True)
class Path:
    """One way. `where` is where the pod names its account; `steps` are the binding's and the role's part of it.

    `words` names account, binding and role and what they allow; `exposure` says how the pods are reached from outside, or nothing.
    """

    where: Node
    words: str
    steps: tuple[Node, ...]
    all: bool
    exposure: str


def paths(pod: Pod) -> Iterator[Path]:
    """The ways that are written here: bindings for the whole cluster, of an account whose token the pods get. Raises `Undecided`."""
    account = pod.service_account
    bindings = [it for it in bindings_of(account, pod.namespace, pod.graph, pod.resource.root) if it.kind == "ClusterRoleBinding"]
    if not bindings or not mounts_token(pod):
        return
    where = pod.where.at("serviceAccountName")
    for binding in bindings:
        role = role_of(binding, pod.graph)
        name = binding.at("roleRef.name")
        chain = f"{account} -> {binding.at('metadata.name').text} -> {name.text}"
        if name.text == "cluster-admin":
            yield Path(where, chain, (name,), True, exposure(pod))
        for target in role.targets if role else ():
            for grant in grants(target, pod.graph):
                found = takeovers(grant)
                if found:
                    words = f"{chain}, which may {found[0]}"
                    yield Path(where, words, (name, grant.where), found == ("do everything",), exposure(pod))


def exposure(pod: Pod) -> str:
    """How the pods are reached from outside of the cluster, as a part of a sentence; empty when nothing here says so."""
    for service in services_of(pod):
        if service.at("spec.type").data in ("LoadBalancer", "NodePort"):
            return f", and {service.address.text} opens the pods to the outside"
        source = _routed(pod.graph).get(id(service))
        if source is not None:
            return f", and {source.address.text} opens the pods to the outside"
    return ""


def _routed(graph: Graph) -> dict[int, Resource]:
    """Services (by identity) -> what sends traffic of the outside to them."""
    return of_graph(graph, "routed-services", lambda: dict(_routes(graph)))


def _routes(graph: Graph) -> Iterator[tuple[int, Resource]]:
    for source in graph.of(*route.KINDS.split()):
        try:
            for backend in route.backends(source, graph):
                for service in route.look_up_backend(backend, source, graph).targets:
                    yield id(service), source
        except Undecided:
            continue
