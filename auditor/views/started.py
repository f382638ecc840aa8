"""What runs, and what it is started with: environment, command line and configuration files of functions, containers, machines and pods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.model.value import Unknown
from auditor.views.cache import of_graph
from auditor.views.container import containers as task_containers
from auditor.views.decide import undecided
from auditor.views.kubernetes.config_reference import look_up_config, references
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import Pod, pods
from auditor.views.kubernetes.workload import KINDS as WORKLOADS
from auditor.views.user_data import scripts

GAP: Final = "\x00"
"""Stands in a text for a piece that is not known."""

_MACHINES: Final = ("aws_launch_template", "aws_launch_configuration")
_PLAIN: Final = {
    "aws_lambda_function": "environment.variables",
    "aws_apprunner_service": "source_configuration.image_repository.image_configuration.runtime_environment_variables",
}
_SECRETS: Final = "source_configuration.image_repository.image_configuration.runtime_environment_secrets"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a container, function or machine is started with.

    `doubt`: something of it is not known, so that what is not found may be there all the same.
    """

    variables: tuple[tuple[str, Node], ...]
    words: tuple[Node, ...] = ()
    files: tuple[Node, ...] = ()
    doubt: Node | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """One container of a service or workload, a function, or a group of machines. `where` is its table, `name` that of the container."""

    resource: Resource
    settings: Settings
    name: str
    where: Node


def started(graph: Graph) -> tuple[Started, ...]:
    """Every function, service, machine and pod of the graph, container by container."""
    return of_graph(graph, "started", lambda: tuple(Started(*it) for it in _all(graph)))


def started_by(resource: Resource, graph: Graph) -> tuple[Started, ...]:
    """The containers of this very function, service, group of machines or workload."""
    index: dict[Resource, list[Started]] = of_graph(graph, "started-by-resource", lambda: _by_resource(graph))
    return tuple(index.get(resource, ()))


def text_of(node: Node) -> str:
    """The text of a value as far as it is known, with a gap for each unknown piece; empty for what is no text."""
    data = node.data
    if isinstance(data, str):
        return data
    if isinstance(data, Unknown):
        return "".join(part if isinstance(part, str) else GAP for part in data.parts) or GAP
    return ""


def _by_resource(graph: Graph) -> dict[Resource, list[Started]]:
    found: dict[Resource, list[Started]] = {}
    for it in started(graph):
        found.setdefault(it.resource, []).append(it)
    return found


def _all(graph: Graph) -> Iterator[tuple[Resource, Settings, str, Node]]:
    for kind, path in _PLAIN.items():
        for resource in graph.of(kind):
            yield resource, _of_table(resource.at(path), resource.at(_SECRETS)), "", resource.body
    for service in graph.of("aws_ecs_service"):
        for task in graph.targets(service.at("task_definition"), "aws_ecs_task_definition"):
            for container in task_containers(task, graph):
                yield service, _of_task_container(container), str(container.at("name").data), container
    for group in graph.of("aws_autoscaling_group"):
        for machine in _machines(group, graph):
            yield group, Settings((), files=tuple(script.where for script in scripts(machine, graph))), "", machine.body
    for instance in graph.of("aws_instance"):
        yield instance, Settings((), files=tuple(script.where for script in scripts(instance, graph))), "", instance.body
    for workload in graph.of(*WORKLOADS.split()):
        yield from _of_workload(workload, graph)


def _of_table(*tables: Node) -> Settings:
    found: list[tuple[str, Node]] = []
    doubt: Node | None = None
    for table in tables:
        if table.unknown:
            doubt = doubt or table
        elif isinstance(table.data, dict):
            found += table.entries()
    return Settings(tuple(found), doubt=doubt)


def _of_task_container(container: Node) -> Settings:
    found: list[tuple[str, Node]] = []
    doubt: Node | None = None
    for path, value in (("environment", "value"), ("secrets", "valueFrom")):
        for item in container.each(path):
            name = None if item.unknown else item.at("name").data
            if isinstance(name, str):
                found.append((name, item.at(value)))
            else:
                doubt = doubt or item
    for file in container.each("environmentFiles"):
        doubt = doubt or file
    words = (*container.each("entryPoint"), *container.each("command"))
    return Settings(tuple(found), words, doubt=doubt)


def _machines(group: Resource, graph: Graph) -> Iterator[Resource]:
    for path in ("launch_template.id", "launch_template.name", "launch_configuration"):
        yield from graph.targets(group.at(path), *_MACHINES)
    path = "mixed_instances_policy.launch_template.launch_template_specification.launch_template_id"
    yield from graph.targets(group.at(path), *_MACHINES)


def _of_workload(workload: Resource, graph: Graph) -> Iterator[tuple[Resource, Settings, str, Node]]:
    try:
        found = [(container, pod) for pod in pods(workload, graph) for container in pod.running]
    except Undecided:
        return
    for container, pod in found:
        yield workload, _of_container(container, pod), str(container.where.at("name").data), container.where


def _of_container(container: Container, pod: Pod) -> Settings:
    found: list[tuple[str, Node]] = []
    files: list[Node] = []
    doubt: Node | None = None
    try:
        found += [(variable.name, variable.value) for variable in container.variables if not variable.value.missing]
        for name, node in _from_objects(container, pod):
            if name:
                found.append((name, node))
            else:
                files.append(node)
    except Undecided as reason:
        doubt = reason.node
    return Settings(tuple(found), tuple(container.words()), tuple(files), doubt)


def _from_objects(container: Container, pod: Pod) -> Iterator[tuple[str, Node]]:
    """(variable or empty for a file, its value) of the ConfigMaps and Secrets that a container reads.

    In the end raises `Undecided` when one of them is not here.
    """
    names = {
        variable.source.at(f"{part}KeyRef.name").path: variable.name for variable in container.variables for part in ("configMap", "secret")
    }
    lost: Node | None = None
    for reference in references(pod):
        path = reference.where.path
        if not (path in names or path.startswith(f"{container.where.path}.envFrom") or reference.how in ("volume", "projected")):
            continue
        targets = look_up_config(reference, pod).targets
        if not targets and not (reference.kind == "Secret" and reference.how != "envFrom"):
            lost = lost or reference.where
        for target in targets:
            for key, node in _entries(target):
                if reference.how == "envFrom":
                    yield key, node
                elif path not in names:
                    yield "", node
                elif key == reference.key.text:
                    yield names[path], node
    if lost is not None:
        raise undecided(lost, "what the container reads is not in sight")


def _entries(config: Resource) -> Iterator[tuple[str, Node]]:
    for part in ("data", "stringData"):
        yield from config.at(part).entries()
