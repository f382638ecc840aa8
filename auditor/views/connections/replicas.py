"""How many copies of a client run at most: what its autoscaler may reach, and how many more while a new version replaces the old."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.application_scaling import SCHEDULE, TARGET, known_scalers
from auditor.views.cache import of_graph
from auditor.views.decide import undecided
from auditor.views.index import first_open
from auditor.views.kubernetes.rollout import rollout_of
from auditor.views.kubernetes.scaler import all_scalers_of, maximum, maximum_node
from auditor.views.kubernetes.workload import SCALABLE, replicas
from auditor.views.lambda_function import event_sources
from auditor.views.scaling.group import known_schedules

SERVICE: Final = "aws_ecs_service"
FUNCTION: Final = "aws_lambda_function"
_RUNNER_DEFAULT: Final = 25
"""Instances of App Runner when no configuration says otherwise."""
_MAXIMUM_PERCENT: Final = 200
"""`deployment_maximum_percent` of ECS when nothing is said."""


@dataclass(frozen=True, slots=True)
class Replicas:
    """How many run at most, where that is written, and how many while a deployment runs. None: nothing limits them but the account."""

    most: int | None
    where: Node
    during_deployment: int | None = None


def replicas_of(client: Resource, graph: Graph) -> Replicas:
    """How many copies of a client run at most. Raises `Undecided`."""
    match client.kind:
        case "aws_ecs_service":
            return _of_service(client, graph)
        case "aws_lambda_function":
            return _of_function(client, graph)
        case "aws_autoscaling_group":
            return _largest(client, [client.at("max_size"), *_scheduled(client, graph)])
        case "aws_apprunner_service":
            return _of_runner(client, graph)
        case "Deployment" | "StatefulSet" | "ReplicaSet" | "Rollout" | "DeploymentConfig" | "ReplicationController":
            return _of_workload(client, graph)
        case "DaemonSet":
            raise undecided(client.body, "a DaemonSet has a pod on each node")
        case "Job" | "CronJob":
            node = client.at("spec.parallelism" if client.kind == "Job" else "spec.jobTemplate.spec.parallelism")
            return Replicas(int(node.number) if node.number is not None else 1, node)
        case _:
            return Replicas(1, client.body)


def scaling_targets(service: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The Application Auto Scaling targets of an ECS service, by reference or by the name in their id. Raises `Undecided`."""
    index: dict[str, list[Resource]] = of_graph(graph, "scaling-targets-by-service", lambda: _targets_by_name(graph))
    name = service.at("name").data
    by_name = index.get(name, []) if isinstance(name, str) else []
    cluster = _short(service.at("cluster"))
    found = [it for it in by_name if not cluster or (it.at("resource_id").text or "").split("/")[1] == cluster]
    return tuple(dict.fromkeys((*found, *_referring(service, graph, strict=not found))))


def _referring(service: Resource, graph: Graph, *, strict: bool) -> tuple[Resource, ...]:
    try:
        return graph.attached(service, "resource_id", TARGET)
    except Undecided:
        if strict:
            raise
        return ()


def _short(cluster: Node) -> str:
    return cluster.data.rpartition("/")[2] if isinstance(cluster.data, str) else ""


def _targets_by_name(graph: Graph) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for target in graph.of(TARGET):
        text = target.at("resource_id").data
        parts = text.split("/") if isinstance(text, str) else []
        if len(parts) == 3 and parts[0] == "service":
            found.setdefault(parts[2], []).append(target)
    return found


def _of_service(service: Resource, graph: Graph) -> Replicas:
    if service.at("scheduling_strategy").text == "DAEMON":
        raise undecided(service.at("scheduling_strategy"), "a daemon service has a task on each instance")
    targets = scaling_targets(service, graph)
    nodes = [node for target in targets for node in (target.at("max_capacity"), *_scheduled_capacities(target, graph))]
    found = _largest(service, nodes or [service.at("desired_count")])
    if found.most is None:
        return Replicas(0, service.at("desired_count"), 0)
    controller = service.at("deployment_controller.type")
    percent = service.at("deployment_maximum_percent").number if service.at("deployment_maximum_percent").present else _MAXIMUM_PERCENT
    if controller.present and controller.text == "CODE_DEPLOY":
        percent = 200
    return Replicas(found.most, found.where, int(found.most * (percent or 100) // 100))


def _scheduled_capacities(target: Resource, graph: Graph) -> Iterator[Node]:
    for action in known_scalers(target, graph, SCHEDULE):
        yield action.at("scalable_target_action.max_capacity")


def _scheduled(group: Resource, graph: Graph) -> Iterator[Node]:
    for action in known_schedules(group, graph):
        yield action.at("max_size")


def _largest(client: Resource, nodes: list[Node]) -> Replicas:
    """The largest of several sizes; an unknown one leaves the answer open."""
    numbers = [(int(number), node) for node in nodes if (number := node.number) is not None and number >= 0]
    if not numbers:
        return Replicas(None, client.body)
    number, where = max(numbers, key=lambda pair: pair[0])
    return Replicas(number, where)


def _of_function(function: Resource, graph: Graph) -> Replicas:
    reserved = function.at("reserved_concurrent_executions")
    if reserved.present and (number := reserved.number) is not None and number >= 0:
        return Replicas(int(number), reserved)
    found = _by_sources(function, graph)
    if found is None and (stray := first_open(graph, ("function_name",), ("aws_lambda_event_source_mapping",))):
        raise Undecided(stray[1])
    return found or Replicas(None, reserved)


def _by_sources(function: Resource, graph: Graph) -> Replicas | None:
    """What the event sources of a function start at most together; None unless all that invokes it is limited."""
    caps = [mapping.at("scaling_config.maximum_concurrency") for mapping in event_sources(function, graph)]
    numbers = [cap.number for cap in caps if cap.present]
    if not caps or len(numbers) < len(caps) or None in numbers or _invoked_otherwise(function, graph):
        return None
    return Replicas(int(sum(number for number in numbers if number is not None)), caps[0])


def _invoked_otherwise(function: Resource, graph: Graph) -> bool:
    """Whether something besides event sources invokes the function, or may."""
    for kind in ("aws_lambda_permission", "aws_lambda_function_url"):
        try:
            if graph.attached(function, "function_name", kind):
                return True
        except Undecided:
            return True
    return False


def _of_runner(service: Resource, graph: Graph) -> Replicas:
    node = service.at("auto_scaling_configuration_arn")
    found = graph.targets(node, "aws_apprunner_auto_scaling_configuration_version")
    if node.present and not found:
        raise undecided(node, "the scaling configuration is not in sight")
    size = found[0].at("max_size") if found else service.at("auto_scaling_configuration_arn")
    number = size.number if found and size.present else _RUNNER_DEFAULT
    return Replicas(_RUNNER_DEFAULT if number is None else int(number), size)


def _of_workload(workload: Resource, graph: Graph) -> Replicas:
    scalers = all_scalers_of(workload, graph)
    tops = [(top, maximum_node(scaler)) for scaler in scalers if (top := maximum(scaler)) is not None]
    if tops:
        most, where = max(tops, key=lambda pair: pair[0])
    else:
        most, where = replicas(workload) or 0, workload.at("spec.replicas")
    rollout = rollout_of(workload) if workload.kind in SCALABLE else None
    surge = rollout.surge_of(most) if rollout is not None and rollout.rolling else 0
    return Replicas(most, where, most + (surge or 0))
