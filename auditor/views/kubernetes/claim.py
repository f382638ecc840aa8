"""Claims of storage: which volumes use them, and of which class they are."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.lookup import Lookup, look_up
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.volume import Volume


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
