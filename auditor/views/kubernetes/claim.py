"""Claims of storage: which volumes use them, and of which class they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.lookup import Lookup, look_up
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.volume import Volume

_NODE_LOCAL = ("local-path", "hostpath", "host-path", "no-provisioner", "openebs.io/local", "topolvm", "localstorage")
"""Parts of the names of classes and provisioners whose volumes lie on one node."""

SHARED_MODES = frozenset({"ReadWriteMany", "ReadOnlyMany"})


def claimed(pod: Pod) -> Iterator[tuple[Volume, Node]]:
    """(volume, the node that names its claim) of the volumes that use a PersistentVolumeClaim by name. Raises `Undecided`."""
    for volume in pod.volumes:
        if volume.kind == "persistentVolumeClaim":
            yield volume, volume.source.at("claimName")


def look_up_claim(name: Node, pod: Pod) -> Lookup | None:
    """The claim of that name; None when there is no name. Raises `Undecided`."""
    text = name.text
    return look_up(pod.graph, pod.resource, "PersistentVolumeClaim", text, pod.namespace) if text else None


def access_modes(claim: Node) -> frozenset[str]:
    """The access modes of a claim (or of a claim template). Raises `Undecided`."""
    return frozenset(text for item in claim.each("spec.accessModes") if (text := item.text))


def storage_class(claim: Node, source: Resource, graph: Graph) -> Lookup | None:
    """The StorageClass of a claim; None when none is named (the cluster's default) or none is wanted (`""`). Raises `Undecided`."""
    name = claim.at("spec.storageClassName").text
    return look_up(graph, source, "StorageClass", name) if name else None


@dataclass(frozen=True, slots=True)
class Exclusive:
    """A claim that pods of one node (`ReadWriteOnce`) or one pod (`ReadWriteOncePod`) can use. `where` names it in the pod."""

    where: Node
    claim: Resource
    mode: str


def exclusive_claims(pod: Pod) -> Iterator[Exclusive]:
    """The claims of a pod that other nodes cannot use at the same time, volumes that lie on one node left out. Raises `Undecided`."""
    for _, name in claimed(pod):
        found = look_up_claim(name, pod)
        if found is None or found.missing:
            continue
        for claim in found.decided(pod.resource).targets:
            modes = access_modes(claim.body)
            if modes and not modes & SHARED_MODES and not is_node_local(claim, pod.graph):
                yield Exclusive(name, claim, "ReadWriteOncePod" if "ReadWriteOncePod" in modes else "ReadWriteOnce")


def is_node_local(claim: Resource, graph: Graph) -> bool:
    """Whether the volume of a claim lies on one node, where its pods have to run anyway. Raises `Undecided`."""
    name = claim.at("spec.storageClassName").text or ""
    if any(part in name for part in _NODE_LOCAL) or name in ("local", "manual"):
        return True
    found = storage_class(claim.body, claim, graph)
    targets = found.targets if found else ()
    return any(part in (it.at("provisioner").text or "") for it in targets for part in _NODE_LOCAL)


def stateful_users(storage: Resource, graph: Graph) -> Iterator[tuple[Node, Resource]]:
    """(where it is named, StatefulSet) of the claim templates that certainly name a StorageClass. Raises `Undecided`."""
    name = storage.at("metadata.name").text
    for workload in graph.of("StatefulSet"):
        for claim in workload.each("spec.volumeClaimTemplates"):
            named = claim.at("spec.storageClassName")
            if workload.root == storage.root and name and named.data == name:
                yield named, workload
