"""The programs of a control plane and their flags, wherever they are set: in pods, by kubeadm, in files of kubelet and kube-proxy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes import workload
from auditor.views.kubernetes.component_flags import Component, Flag
from auditor.views.kubernetes.component_setting import FIELDS, REMOVED, REMOVED_PLUGINS, SECURE_CIPHERS
from auditor.views.kubernetes.component_source import configured, installed, started
from auditor.views.kubernetes.pod import pod_of

__all__ = [
    "KINDS",
    "NODE_KINDS",
    "PROXY_KINDS",
    "REMOVED",
    "REMOVED_PLUGINS",
    "SECURE_CIPHERS",
    "Component",
    "Flag",
    "api_servers",
    "components",
    "controller_managers",
    "etcds",
    "kubelets",
    "proxies",
    "schedulers",
]

KINDS: Final = f"{workload.KINDS} ClusterConfiguration"
"""The kinds that can start one of the programs of a control plane, as a rule's target."""

NODE_KINDS: Final = f"{workload.KINDS} KubeletConfiguration"
"""The kinds that can set up a kubelet, as a rule's target."""

PROXY_KINDS: Final = f"{workload.KINDS} KubeProxyConfiguration"
"""The kinds that can set up a kube-proxy, as a rule's target."""


def components(resource: Resource, graph: Graph) -> tuple[Component, ...]:
    """Every program of a control plane that an object starts or sets up."""
    known: dict[int, tuple[Component, ...]] = of_graph(graph, "components", dict)
    if id(resource) not in known:
        known[id(resource)] = tuple(_components(resource, graph))
    return known[id(resource)]


def _components(resource: Resource, graph: Graph) -> Iterator[Component]:
    if resource.kind == "ClusterConfiguration":
        yield from installed(resource)
    elif resource.kind in FIELDS:
        yield configured(resource)
    else:
        pod = pod_of(resource, graph)
        for container in pod.running if pod is not None else ():
            found = started(container)
            if found is not None:
                yield found


def _named(name: str) -> Callable[[Resource, Graph], tuple[Component, ...]]:
    return lambda resource, graph: tuple(it for it in components(resource, graph) if it.name == name)


api_servers = _named("kube-apiserver")
controller_managers = _named("kube-controller-manager")
schedulers = _named("kube-scheduler")
etcds = _named("etcd")
kubelets = _named("kubelet")
proxies = _named("kube-proxy")
