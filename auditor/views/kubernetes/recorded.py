"""What a cluster keeps of those who applied an object."""

from __future__ import annotations

from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.hygiene import _LAST_APPLIED, is_record


def applied(resource: Resource) -> Node:
    """An object as somebody wrote it: its own body, or of one that a cluster listed, what kubectl kept; else a missing node."""
    return resource.at(_LAST_APPLIED).json() if is_record(resource) else resource.body
