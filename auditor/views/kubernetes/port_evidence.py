"""What shows on which ports the containers of a pod listen: what they declare, what probes ask, what flags and variables say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.node import Node, Undecided
from auditor.views.kubernetes.config_reference import ConfigReference, look_up_config, references
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import Pod

_FLAG = re.compile(r"--?(?:[\w.-]*[.-])?(?:port|listen|listen-address|bind|bind-address|addr|address)$", re.IGNORECASE)
_ASSIGNED = re.compile(r"(--?[\w.-]+)=(.+)", re.DOTALL)
_ENDING = re.compile(r"(?:^|:)(\d{1,5})$")
_VARIABLE = re.compile(r"(?:^|_)(?:PORT|LISTEN|LISTEN_ADDR|LISTEN_ADDRESS|BIND|BIND_ADDR|BIND_ADDRESS)$")
_OTHERS = re.compile(
    r"(?:DB|DATABASE|SQL|POSTGRES|POSTGRESQL|PG|MYSQL|MARIADB|MONGO|MONGODB|REDIS|KAFKA|RABBITMQ|AMQP|SMTP|MAIL|ELASTIC|ELASTICSEARCH|"
    r"MEMCACHED|NATS|VAULT|CONSUL|LDAP|PROXY|REMOTE|UPSTREAM|TARGET|CLIENT|METRICS|ADMIN|DEBUG|HEALTH|MANAGEMENT|AGENT|OTEL|STATSD|"
    r"BACKEND|EXPORTER|COLLECTOR|JAEGER|GRPC_CLIENT|SERVICE|HOST)_",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place that shows a port. `source` says which, for messages; `declared`: it is a `containerPort`."""

    where: Node
    number: int
    source: str
    declared: bool


def evidence_of(container: Container) -> tuple[Evidence, ...]:
    """What shows the ports of a container. Raises `Undecided`."""
    return tuple(_evidence(container))


def _evidence(container: Container) -> Iterator[Evidence]:
    for port in container.ports:
        yield Evidence(port.where.at("containerPort"), port.number, "containerPort", True)
    for probe in container.probes:
        number = None if probe.handler.at("host").present else container.port_number(probe.port)
        if number is not None:
            yield Evidence(probe.port, number, f"the {probe.kind} probe", False)
    yield from _flags(container)
    for variable in container.variables:
        if _VARIABLE.search(variable.name.upper()) and not _OTHERS.search(variable.name.upper()):
            found = _ENDING.search(variable.value.text or "")
            if found:
                yield Evidence(variable.value, int(found[1]), f"the variable {variable.name}", False)


def _flags(container: Container) -> Iterator[Evidence]:
    """`--port=8080`, `--port 8080`, `--listen-address=0.0.0.0:8080`; not those that name another server's port."""
    before = ""
    for word in container.words():
        text = word.text or ""
        assigned = _ASSIGNED.fullmatch(text)
        flag, value = (assigned[1], assigned[2]) if assigned else (before, text)
        found = (
            _ENDING.search(value) if _FLAG.fullmatch(flag) and not _OTHERS.search(f"{flag.strip('-').upper().replace('-', '_')}_") else None
        )
        if found:
            yield Evidence(word, int(found[1]), f"the argument {flag}", False)
        before = text


def _names_own_port(flag: str) -> bool:
    return _FLAG.fullmatch(flag) is not None and not _OTHERS.search(re.sub(r"[-.]", "_", f"{flag.strip('-').upper()}_"))


def is_mentioned(pod: Pod, number: int) -> bool:
    """Whether the number of a port stands anywhere in what the pods are started with, or in a ConfigMap that they read."""
    wanted = re.compile(rf"(?<![\d.]){number}(?![\d.])")
    return any(wanted.search(text) for text in _texts(pod))


def _texts(pod: Pod) -> Iterator[str]:
    for container in pod.containers:
        for path in ("command", "args", "env.value"):
            for node in container.where.each(path):
                if isinstance(node.data, (str, int)):
                    yield str(node.data)
    maps = {reference.name: reference for reference in references(pod) if reference.kind == "ConfigMap"}
    for reference in maps.values():
        yield from _configuration(reference, pod)


def _configuration(reference: ConfigReference, pod: Pod) -> Iterator[str]:
    try:
        for target in look_up_config(reference, pod).targets:
            for _, node in target.at("data").entries():
                if isinstance(node.data, (str, int)):
                    yield str(node.data)
    except Undecided:
        return
