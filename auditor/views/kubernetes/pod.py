"""Pods as they will be: of a Pod, or of the template of whatever makes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes.container import Container, Role
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.owner import is_made_here
from auditor.views.kubernetes.selector import Labels, labels_of
from auditor.views.kubernetes.volume import Volume, volumes_of
from auditor.views.kubernetes.workload import BATCH, is_workload, pod_template


@dataclass(frozen=True, eq=False)
class Pod:
    """The pods of a workload. `where` is their `spec`, `template` the table with `metadata` and `spec`."""

    resource: Resource
    graph: Graph
    template: Node

    @cached_property
    def where(self) -> Node:
        """The pod's `spec`."""
        return self.template.at("spec")

    @property
    def spec(self) -> Node:
        """The pod's `spec`."""
        return self.where

    @cached_property
    def namespace(self) -> str | None:
        """The namespace that the workload names."""
        return namespace_of(self.resource)

    @cached_property
    def labels(self) -> Labels:
        """The labels of the pods, with those that controllers add."""
        written = labels_of(self.template.at("metadata.labels"))
        added = {key: self.template.at("metadata.labels") for key in _ADDED.get(self.resource.kind, ()) if key not in written.known}
        if not added:
            return written
        return Labels(written.known, {**added, **written.open}, written.doubt)

    @property
    def annotations(self) -> Node:
        """The annotations of the pods."""
        return self.template.at("metadata.annotations")

    def annotation(self, key: str) -> Node:
        """One annotation."""
        return self.annotations.at(f'["{key}"]')

    @cached_property
    def containers(self) -> tuple[Container, ...]:
        """All containers: init containers and sidecars first, then the others, then ephemeral ones."""
        return tuple(self._containers())

    def _containers(self) -> Iterator[Container]:
        for item in _items(self.where, "initContainers"):
            restarts = item.at("restartPolicy")
            yield Container(self, item, Role.SIDECAR if restarts.data == "Always" else Role.INIT)
        for item in _items(self.where, "containers"):
            yield Container(self, item, Role.APP)
        for item in _items(self.where, "ephemeralContainers"):
            yield Container(self, item, Role.EPHEMERAL)

    @cached_property
    def running(self) -> tuple[Container, ...]:
        """The containers that run as long as the pod: its own and its sidecars."""
        return tuple(it for it in self.containers if it.role in (Role.APP, Role.SIDECAR))

    @cached_property
    def volumes(self) -> tuple[Volume, ...]:
        """The volumes, with those that a StatefulSet's claim templates make."""
        return tuple(volumes_of(self.where, self.resource))

    def volume(self, name: str) -> Volume | None:
        """The volume of that name."""
        return next((it for it in self.volumes if it.name == name), None)

    @cached_property
    def _fields(self) -> dict[str, Node]:
        return {}

    def security(self, path: str) -> Node:
        """A field of the pod's own security context."""
        known = self._fields.get(path)
        if known is None:
            known = self._fields[path] = self.where.at(f"securityContext.{path}")
        return known

    @property
    def host_network(self) -> bool:
        """Whether the pods use the node's network. Raises `Undecided`."""
        return self.where.at("hostNetwork").flag is True

    @property
    def service_account(self) -> str:
        """The name of the service account: `default` when none is named. Raises `Undecided`."""
        return self.where.at("serviceAccountName").text or self.where.at("serviceAccount").text or "default"

    @property
    def grace_period(self) -> float:
        """`terminationGracePeriodSeconds`, by default 30."""
        number = self.where.at("terminationGracePeriodSeconds").number
        return 30 if number is None else number

    @property
    def restart_policy(self) -> str:
        """`restartPolicy`, by default Always."""
        return self.where.at("restartPolicy").text or "Always"

    @property
    def dns_policy(self) -> str:
        """`dnsPolicy`, by default ClusterFirst."""
        return self.where.at("dnsPolicy").text or "ClusterFirst"

    @property
    def windows(self) -> bool:
        """Whether the pods say that they run on Windows. Raises `Undecided`."""
        return self.where.at("os.name").text == "windows"

    @property
    def ends(self) -> bool:
        """Whether the pods are meant to end (of a job)."""
        return self.resource.kind in BATCH


_ADDED = {
    "Deployment": ("pod-template-hash",),
    "ReplicaSet": ("pod-template-hash",),
    "Rollout": ("rollouts-pod-template-hash", "pod-template-hash"),
    "StatefulSet": ("statefulset.kubernetes.io/pod-name", "controller-revision-hash", "apps.kubernetes.io/pod-index"),
    "DaemonSet": ("controller-revision-hash", "pod-template-generation"),
    "Job": ("batch.kubernetes.io/job-name", "job-name", "batch.kubernetes.io/controller-uid", "controller-uid"),
    "CronJob": ("batch.kubernetes.io/job-name", "job-name", "batch.kubernetes.io/controller-uid", "controller-uid"),
}
"""Labels that controllers give to the pods, with values that only the cluster knows."""


def _items(spec: Node, path: str) -> list[Node]:
    listing = spec.at(path)
    return [listing] if listing.unknown else [item for item in listing.each() if isinstance(item.data, dict) or item.unknown]


def pod_of(resource: Resource, graph: Graph) -> Pod | None:
    """The pods of a workload; None for everything else."""
    if not is_workload(resource):
        return None
    known: dict[int, Pod | None] = of_graph(graph, "pods", dict)
    if id(resource) not in known:
        template = pod_template(resource)
        known[id(resource)] = Pod(resource, graph, template) if template is not None else None
    return known[id(resource)]


def pods(resource: Resource, graph: Graph) -> tuple[Pod, ...]:
    """The pods of a workload, as the places of a rule: one item, or nothing. What another object of the graph made has none of its own."""
    found = None if is_made_here(resource, graph) else pod_of(resource, graph)
    return (found,) if found is not None and (isinstance(found.where.data, dict) or found.where.unknown) else ()


def containers(resource: Resource, graph: Graph) -> tuple[Container, ...]:
    """All containers of a workload, as the places of a rule. Raises `Undecided` when the pod cannot be known."""
    return _known(resource, graph, lambda pod: pod.containers)


def running_containers(resource: Resource, graph: Graph) -> tuple[Container, ...]:
    """The containers and sidecars of a workload, without init and ephemeral containers, as the places of a rule."""
    return _known(resource, graph, lambda pod: pod.running)


def _known(resource: Resource, graph: Graph, which: object) -> tuple[Container, ...]:
    assert callable(which)
    found = None if is_made_here(resource, graph) else pod_of(resource, graph)
    if found is None:
        return ()
    if found.where.unknown:
        raise Undecided(found.where)
    result: tuple[Container, ...] = which(found)
    return result


def in_words(found: Sequence[Pod]) -> str:
    """For messages: the workloads of pods, the first two by name."""
    names = [f"{pod.resource.kind} {pod.resource.at('metadata.name').text}" for pod in found[:2]]
    more = len(found) - len(names)
    return " and ".join(names) if not more else f"{', '.join(names)} and {more} more"
