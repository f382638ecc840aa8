"""The machines and containers that jobs run on: whether they are one's own, and what rights of their host they have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.github.labels import labels_of
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Job, Platform, given
from auditor.views.pipeline.reading import entries, field, items, several, text

_SOCKET: Final = re.compile(r"(?:docker|containerd|crio|podman)\.sock")
_PRIVILEGED: Final = re.compile(r"--privileged\b(?!=false)|--cap-add[= ](?:ALL|SYS_ADMIN)\b|--pid[= ]host\b", re.I)


def own_machine(job: Job) -> str:
    """What says that a job of GitHub runs on a machine of one's own: the label or group; empty when nothing does."""
    group = job.runner.at("group") if isinstance(job.runner.value, dict) else None
    if group is not None and text(group):
        return f"the group {text(group)}"
    alone = (value.data for entry in items(field(job.matrix, "exclude")) for _, value in entries(entry) if len(entry.data) == 1)
    excluded = {data for data in alone if isinstance(data, str)}
    labels = labels_of(job.where.value_, ("jobs", job.key))
    own = (label for label in labels if label.text.lower() == "self-hosted")
    return next((label.text for label in own if label.text not in excluded or ".matrix" not in label.where.path), "")


def workflow_spec(resource: Resource) -> Node:
    """The specification of a workflow of Argo."""
    return resource.body.at("spec.workflowSpec" if resource.kind == "CronWorkflow" else "spec")


@dataclass(frozen=True, slots=True, eq=False)
class HostRight:
    """A setting that gives a container rights of its host."""

    where: Node
    text: str


def host_rights(resource: Resource, graph: Graph) -> list[HostRight]:
    """A place function: what gives containers of jobs rights of their host, each place once."""
    found: dict[str, HostRight] = {}
    for pipeline in pipelines(resource, graph):
        for job in pipeline.jobs:
            for right in _of_job(job):
                found.setdefault(str(right.where.span), right)
    if resource.kind == "azure_pipeline":
        for container in items(resource.body.at("resources.containers")):
            for right in _of_container(container, "options", "volumes"):
                found.setdefault(str(right.where.span), right)
    return list(found.values())


def _of_job(job: Job) -> Iterator[HostRight]:
    match job.pipeline.platform:
        case Platform.GITHUB:
            for container in (field(job.where, "container"), *(node for _, node in entries(field(job.where, "services")))):
                yield from _of_container(container, "options", "volumes")
        case Platform.JENKINS:
            for node in _texts(job.runner):
                yield from _of_options(node)
        case Platform.ARGO:
            kinds = [field(job.where, key) for key in ("container", "script")]
            yield from _of_pod([*kinds, *items(field(job.where, "sidecars")), *items(field(job.where, "initContainers"))], job.where)
        case Platform.TEKTON:
            task = field(job.where, "taskSpec") if given(field(job.where, "taskSpec")) else job.where
            yield from _of_pod([*items(field(task, "steps")), *items(field(task, "sidecars"))], task)
        case _:
            return


def _of_container(container: Node, options: str, volumes: str) -> Iterator[HostRight]:
    yield from _of_options(field(container, options))
    for volume in several(field(container, volumes)):
        if _SOCKET.search(text(volume)):
            yield HostRight(volume, "the container has the socket of the engine")


def _of_options(node: Node) -> Iterator[HostRight]:
    found = _PRIVILEGED.search(text(node))
    if found:
        yield HostRight(node.part(*found.span()), f"{found[0]} gives the container rights of its host")
    elif _SOCKET.search(text(node)):
        yield HostRight(node, "the container has the socket of the engine")


def _of_pod(containers: list[Node], holder: Node) -> Iterator[HostRight]:
    for container in containers:
        privileged = field(field(container, "securityContext"), "privileged")
        if privileged.data is True:
            yield HostRight(privileged, "the container is privileged")
    for volume in items(field(holder, "volumes")):
        path = field(field(volume, "hostPath"), "path")
        if _SOCKET.search(text(path)):
            yield HostRight(path, "containers can reach the socket of the engine")


def _texts(node: Node) -> Iterator[Node]:
    if isinstance(node.data, str):
        yield node
    for _, item in entries(node):
        yield from _texts(item)
    for item in items(node):
        yield from _texts(item)
