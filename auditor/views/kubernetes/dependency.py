"""Which workload calls which Service, as far as manifests say: exact names of Services in variables, arguments, ingresses and routes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes import route
from auditor.views.kubernetes.lookup import look_up
from auditor.views.kubernetes.monitor import look_up_services
from auditor.views.kubernetes.pod import Pod, pod_of
from auditor.views.kubernetes.service import ServicePort, is_headless, pods_behind, ports_of
from auditor.views.kubernetes.workload import KINDS

_DOTTED = r"(?P<name>[a-z](?:[a-z0-9-]*[a-z0-9])?)(?:\.(?P<namespace>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.svc(?:\.[a-z0-9.-]+)?)?)?"
_URL = re.compile(rf"(?P<scheme>[a-z][a-z0-9+.-]*)://(?:[^/@\s]*@)?{_DOTTED}(?::(?P<port>\d+))?(?=[/?,;\s\"']|$)")
_HOST_AND_PORT = re.compile(rf"(?:^|(?<=[,;=\s])){_DOTTED}:(?P<port>\d+)(?=[/,;\s]|$)")
_HOST = re.compile(rf"{_DOTTED}$")
_NAMES_A_HOST = re.compile(r"(?:^|_)(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER|ENDPOINT|URL|URI)$")
_SCHEMES: Final = {
    "http": 80,
    "https": 443,
    "ws": 80,
    "wss": 443,
    "redis": 6379,
    "rediss": 6379,
    "postgres": 5432,
    "postgresql": 5432,
    "mysql": 3306,
    "mongodb": 27017,
    "amqp": 5672,
    "amqps": 5671,
    "nats": 4222,
    "ldap": 389,
    "ldaps": 636,
}


@dataclass(frozen=True, slots=True)
class Dependency:
    """A Service that something calls. `pod`: the caller, None for what comes in from outside; `where` names the Service."""

    pod: Pod | None
    caller: Resource
    where: Node
    service: Resource
    port: ServicePort


def dependencies_of(pod: Pod) -> tuple[Dependency, ...]:
    """The Services that the containers of a workload are told to call."""
    return tuple(_every(pod.graph).of_caller.get(id(pod.resource), ()))


def dependents_of(pod: Pod) -> tuple[Dependency, ...]:
    """What calls the Services that select the pods of a workload."""
    return tuple(_every(pod.graph).of_called.get(id(pod.resource), ()))


@dataclass(frozen=True, slots=True)
class _Index:
    of_caller: dict[int, list[Dependency]]
    of_called: dict[int, list[Dependency]]


def _every(graph: Graph) -> _Index:
    return of_graph(graph, "dependencies", lambda: _index(graph))


def _index(graph: Graph) -> _Index:
    index = _Index(defaultdict(list), defaultdict(list))
    for it in _all(graph):
        index.of_caller[id(it.caller)].append(it)
        try:
            called = pods_behind(it.service, graph)
        except Undecided:
            continue
        for pod in called:
            if pod.resource is not it.caller:
                index.of_called[id(pod.resource)].append(it)
    return index


def _all(graph: Graph) -> Iterator[Dependency]:
    names = {str(it.at("metadata.name").data) for it in graph.of("Service")}
    for workload in graph.of(*KINDS.split()) if names else ():
        pod = pod_of(workload, graph)
        if pod is not None:
            yield from _of_pod(pod, names)
    for resource in graph.of(*route.KINDS.split()):
        try:
            for backend in route.backends(resource, graph):
                for service in route.look_up_backend(backend, resource, graph).targets:
                    port = route.port_of(service, backend.port) if backend.port.present else None
                    if port is not None:
                        yield Dependency(None, resource, backend.where, service, port)
        except Undecided:
            continue
    for resource in graph.of("ServiceMonitor"):
        yield from _of_monitor(resource, graph)


def _of_monitor(resource: Resource, graph: Graph) -> Iterator[Dependency]:
    """The ports of Services that Prometheus asks."""
    try:
        names = {item.at("port").text: item.at("port") for item in resource.body.each("spec.endpoints")}
        for service in look_up_services(resource, graph).targets:
            for port in ports_of(service):
                if port.name and port.name in names:
                    yield Dependency(None, resource, names[port.name], service, port)
    except Undecided:
        return


def _of_pod(pod: Pod, names: set[str]) -> Iterator[Dependency]:
    seen: set[tuple[int, int | None]] = set()
    for where, variable in _texts(pod):
        for found in _mentions(str(where.data), variable):
            if found["name"] not in names:
                continue
            for it in _dependency(pod, where, found):
                key = (id(it.service), it.port.number)
                if key not in seen:
                    seen.add(key)
                    yield it


def _texts(pod: Pod) -> Iterator[tuple[Node, str]]:
    """(a text that the containers are given, the name of its variable)."""
    for container in pod.containers:
        for path in ("command", "args"):
            for node in container.where.each(path):
                if isinstance(node.data, str):
                    yield node, ""
        for item in container.where.each("env"):
            value, name = item.at("value"), item.at("name").data
            if isinstance(value.data, str) and isinstance(name, str):
                yield value, name


def _mentions(text: str, variable: str) -> Iterator[re.Match[str]]:
    if len(text) > _LONGEST:
        return
    yield from _URL.finditer(text)
    if "://" not in text:
        yield from _HOST_AND_PORT.finditer(text)
        alone = _HOST.match(text)
        if alone and (alone["namespace"] or _NAMES_A_HOST.search(variable.upper())):
            yield alone


_LONGEST = 4000


def _dependency(pod: Pod, where: Node, found: re.Match[str]) -> Iterator[Dependency]:
    try:
        namespace = found["namespace"] or pod.namespace
        services = look_up(pod.graph, pod.resource, "Service", found["name"], namespace, group="").targets
        for service in services:
            port = _port(service, found)
            if port is not None and not is_headless(service):
                yield Dependency(pod, pod.resource, where, service, port)
    except Undecided:
        return


def _port(service: Resource, found: re.Match[str]) -> ServicePort | None:
    """The port that is meant: as written, else that of the scheme, else the only one."""
    groups = found.groupdict()
    ports = list(ports_of(service))
    if groups.get("port"):
        return next((it for it in ports if it.number == int(groups["port"])), None)
    usual = _SCHEMES.get(groups.get("scheme") or "")
    return next((it for it in ports if it.number == usual), None) or (ports[0] if len(ports) == 1 else None)
