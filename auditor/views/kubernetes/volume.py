"""Volumes of pods, and what stands behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.provisioner import OLD_PROVISIONERS
from auditor.views.kubernetes.workload import pod_template


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume. `kind` is the name of its source (`configMap`, `hostPath`, `volumeClaimTemplate`), empty when it has none."""

    where: Node
    name: str
    kind: str

    @property
    def source(self) -> Node:
        """The table of its source; for a claim template, the claim itself."""
        return self.where if self.kind == "volumeClaimTemplate" else self.where.at(self.kind or "emptyDir")


def volumes_of(spec: Node, owner: Resource) -> Iterator[Volume]:
    """The volumes of a pod. Raises `Undecided` when the list, or a name in it, is unknown."""
    for item in spec.each("volumes"):
        if isinstance(item.value, dict):
            kinds = [key for key, node in item.entries() if key != "name" and (node.unknown or node.data is not None)]
            yield Volume(item, item.at("name").text or "", kinds[0] if kinds else "")
    if owner.kind in ("StatefulSet", "AdvancedStatefulSet"):
        for claim in owner.each("spec.volumeClaimTemplates"):
            if isinstance(claim.value, dict):
                yield Volume(claim, claim.at("metadata.name").text or "", "volumeClaimTemplate")


def sources_of(resource: Resource) -> Iterator[tuple[Node, str]]:
    """(where, source) of each volume that an object mounts, is, or has made: `glusterfs`, `awsElasticBlockStore`. Raises `Undecided`."""
    if resource.kind == "StorageClass":
        provisioner = resource.at("provisioner")
        source = OLD_PROVISIONERS.get(provisioner.text or "")
        if source:
            yield provisioner, source
    elif resource.kind == "PersistentVolume":
        for key, node in resource.at("spec").entries():
            yield node, key
    else:
        template = pod_template(resource)
        for volume in template.each("spec.volumes") if template is not None else ():
            for key, node in volume.entries():
                yield node, key
