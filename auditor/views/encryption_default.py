"""Whether new EBS volumes are encrypted without anybody asking for it."""

from __future__ import annotations

from auditor.model.graph import Graph


def volumes_encrypted_by_default(graph: Graph) -> bool:
    """Whether the account encrypts every new volume of the region, as far as this code says so.

    Raises `Undecided` when it says something that is not known.
    """
    for setting in graph.of("aws_ebs_encryption_by_default"):
        enabled = setting.at("enabled")
        if enabled.missing or enabled.flag:
            return True
    return False
