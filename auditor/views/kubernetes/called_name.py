"""Names of Services that containers are told to call, whether or not there is such a Service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.lookup import Lookup, look_up
from auditor.views.kubernetes.pod import Pod, pods

_LABEL = r"[a-z](?:[a-z0-9-]*[a-z0-9])?"
_IN_CLUSTER = re.compile(rf"(?<![\w.$(){{}}-])(?P<name>{_LABEL})\.(?P<namespace>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)\.svc(?![\w-])")
_IN_URL = re.compile(rf"[a-z][a-z0-9+.-]*://(?:[^/@\s]*@)?(?P<name>{_LABEL})(?=[:/?,;\s\"']|$)")
_OTHERS = frozenset({"localhost", "host", "hostname", "example", "server", "kubernetes"})
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class CalledName:
    """A Service's name in a text. `certain`: it ends with `.svc`; a single word in a URL may be something else."""

    where: Node
    name: str
    namespace: str | None
    certain: bool
    pod: Pod


def called_names(resource: Resource, graph: Graph) -> tuple[CalledName, ...]:
    """The names that the containers of a workload are given, each once, as the places of a rule. Raises `Undecided`."""
    found: dict[tuple[str, str | None], CalledName] = {}
    for pod in pods(resource, graph):
        for node in _texts(pod):
            for it in _names(node, pod):
                found.setdefault((it.name, it.namespace), it)
    return tuple(found.values())


def _texts(pod: Pod) -> Iterator[Node]:
    for container in pod.containers:
        for path in ("command", "args", "env.value"):
            for node in container.where.each(path):
                if isinstance(node.data, str) and len(node.data) <= _LONGEST:
                    yield node


def _names(node: Node, pod: Pod) -> Iterator[CalledName]:
    text = str(node.data)
    for found in _IN_CLUSTER.finditer(text):
        yield CalledName(node, found["name"], found["namespace"], True, pod)
    for found in _IN_URL.finditer(text):
        if found["name"] not in _OTHERS and "$" not in text:
            yield CalledName(node, found["name"], pod.namespace, False, pod)


def look_up_called(it: CalledName) -> Lookup | None:
    """The Service that is meant; None when the name may be that of something else (an alias of the pod). Raises `Undecided`."""
    if any(alias.text == it.name for alias in it.pod.where.each("hostAliases.hostnames")):
        return None
    if (it.name, it.namespace) == ("kubernetes", "default"):
        return None
    found = look_up(it.pod.graph, it.pod.resource, "Service", it.name, it.namespace, group="")
    if found.missing and not it.certain and found.nearest is None:
        return None
    return found
