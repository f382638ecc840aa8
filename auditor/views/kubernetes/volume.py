"""Volumes of pods, and what stands behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.node import Node
from auditor.model.resource import Resource


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
