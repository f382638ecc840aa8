"""Which level of the Pod Security Standards the namespace of a workload asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.lookup import look_up
from auditor.views.kubernetes.pod import Pod
from auditor.views.pod_security import LATEST, Level, Version

PREFIX: Final = "pod-security.kubernetes.io/"
SYSTEM: Final = frozenset({"kube-system", "kube-public", "kube-node-lease"})
_VERSION = re.compile(r"v1\.(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Demand:
    """A level and version that a namespace asks for; `where` is the label."""

    where: Node
    level: Level
    version: Version


def demand(namespace: Resource, mode: str) -> Demand | None:
    """What the label of a mode (`enforce`, `audit`, `warn`) asks for; None when there is no such label. Raises `Undecided`.

    A level that does not exist is restricted: that is what the API server takes.
    """
    where = namespace.at(f'metadata.labels["{PREFIX}{mode}"]')
    if where.missing:
        return None
    text = where.text or ""
    level = Level(text) if text in {str(it) for it in Level} else Level.RESTRICTED
    return Demand(where, level, _version(namespace.at(f'metadata.labels["{PREFIX}{mode}-version"]')))


def _version(node: Node) -> Version:
    found = _VERSION.fullmatch(node.text or "")
    return min((1, int(found[1])), LATEST) if found else LATEST


def namespace_object(pod: Pod, graph: Graph) -> Resource | None:
    """The Namespace object that the pods of a workload go to, when it is written here. Raises `Undecided`."""
    name = pod.namespace
    if name is None:
        return None
    found = look_up(graph, pod.resource, "Namespace", name).targets
    return found[0] if found else None


def level_of(text: str) -> Level | None:
    """The level of that name; None for another text."""
    return Level(text) if text in {str(it) for it in Level} else None


def place_of(pod: Pod, node: Node) -> Node:
    """Where a finding about the whole pod stands: at the value that is wrong, or at the containers when something is missing in one."""
    if not node.unknown and node.present:
        return node
    containers = pod.where.at("containers")
    return containers if not containers.unknown and containers.present else pod.where
