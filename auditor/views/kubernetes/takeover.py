"""Ways from a pod's token to the whole cluster: workload, service account, binding, role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import Relation
from auditor.model.node import Node
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.power import takeovers
from auditor.views.kubernetes.rbac import bindings_of, grants, mounts_token, role_of
from auditor.views.kubernetes.service import is_service


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
    for selecting in pod.graph.into(pod.resource, Relation.SELECTS):
        service = selecting.source
        if not is_service(service):
            continue
        if service.at("spec.type").data in ("LoadBalancer", "NodePort"):
            return f", and {service.address.text} opens the pods to the outside"
        for route in pod.graph.into(service, Relation.ROUTES):
            return f", and {route.source.address.text} opens the pods to the outside"
    return ""
