"""Whether EBS volumes are encrypted, by what is written and by the default of the account."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.decide import given, undecided


def encrypted_by_default(graph: Graph) -> bool:
    """Whether the account encrypts every new volume of the region, as far as this code says so."""
    return any(setting.at("enabled").missing or setting.at("enabled").flag for setting in graph.of("aws_ebs_encryption_by_default"))


def unencrypted(volume: Resource, graph: Graph) -> bool:
    """Whether an `aws_ebs_volume` is in clear text; raises `Undecided` for one that takes after its snapshot."""
    encrypted = volume.at("encrypted")
    if encrypted.flag or encrypted_by_default(graph):
        return False
    snapshot = volume.at("snapshot_id")
    if encrypted.missing and given(snapshot):
        raise undecided(snapshot, "the volume is encrypted when its snapshot is")
    return True


def attachments(volume: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The attachments that are known to name a volume."""
    try:
        return graph.attached(volume, "volume_id", "aws_volume_attachment")
    except Undecided:
        return ()
