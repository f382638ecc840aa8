"""Whether anything of a bundle mentions a ConfigMap or Secret, by whatever field: many readers are known to nobody."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.model.value import Unknown, Value
from auditor.views.cache import of_graph
from auditor.views.decide import undecided
from auditor.views.kubernetes.producer import perhaps_made_by
from auditor.views.kubernetes.workload import KINDS

_WORD = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_TYPES = ("helm.sh/", "kubernetes.io/service-account-token", "bootstrap.kubernetes.io/")
_READ_BY_NAME = re.compile(
    r"(?:^|-)(?:leader|lock|election|aws-auth|kube-root-ca\.crt|coredns|cluster-info|kubeadm-config|kube-proxy)(?:-|$)"
)
_STANDARD = ("app.kubernetes.io/", "helm.sh/", "kustomize.toolkit", "argocd.argoproj.io/")
_PLAIN = frozenset(
    {"app", "name", "component", "tier", "release", "chart", "heritage", "version", "env", "environment", "team", "k8s-app", "part-of"}
)


def is_mentioned(config: Resource, graph: Graph) -> bool:
    """Whether something reads it, or may: by name anywhere in the bundle, or by a label of its own. Raises `Undecided`."""
    name = config.at("metadata.name").text
    if not name or (config.at("type").text or "").startswith(_TYPES) or _READ_BY_NAME.search(name):
        return True
    if any(not key.startswith(_STANDARD) and key not in _PLAIN for key, _ in config.at("metadata.labels").entries()):
        return True
    if config.at("metadata.annotations").present or config.at("metadata.ownerReferences").present:
        return True
    if not any(it.root == config.root for it in graph.of(*KINDS.split())):
        return True
    if graph.gaps:
        raise undecided(config.body, graph.gaps[0])
    if perhaps_made_by(graph, config.root, "", name) is not None:
        return True
    every: dict[str, _Texts] = of_graph(graph, "mentions", lambda: _index(graph))
    texts = every[config.root]
    if any(owner is not config for owner in texts.words.get(name, ())):
        return True
    if texts.unknown is not None:
        raise Undecided(Node(Value(Unknown(f"{texts.unknown.address.text} holds something unknown")), "metadata.name"))
    return False


class _Texts:
    def __init__(self) -> None:
        self.words: dict[str, list[Resource]] = defaultdict(list)
        self.unknown: Resource | None = None


def _index(graph: Graph) -> dict[str, _Texts]:
    """root -> the words that name a ConfigMap or Secret, with whoever says them."""
    found: dict[str, _Texts] = defaultdict(_Texts)
    names = {str(it.at("metadata.name").data) for it in graph.of("ConfigMap", "Secret")}
    for resource in graph.resources:
        texts = found[resource.root]
        for value in _values(resource.body.value_, 0):
            if isinstance(value, str):
                said = {value} if value in names else set(_WORD.findall(value)) & names if len(value) > 3 else set()
                for word in said:
                    texts.words[word].append(resource)
            elif texts.unknown is None:
                texts.unknown = resource
    return found


def _values(value: Value, depth: int) -> Iterator[object]:
    data = value.data
    if isinstance(data, (str, Unknown)):
        yield data
    elif depth < _MAX_DEPTH and isinstance(data, (dict, list)):
        for item in data.values() if isinstance(data, dict) else data:
            yield from _values(item, depth + 1)


_MAX_DEPTH = 40
