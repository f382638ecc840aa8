"""What shows on which ports the containers of a pod listen: what they declare, what probes ask, what flags and variables say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.node import Node, Undecided
from auditor.views.decide import undecided
from auditor.views.kubernetes.config_reference import ConfigReference, look_up_config, references
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.lookup import Outcome
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
        found = _ENDING.search(value) if _names_own_port(flag) else None
        if found:
            yield Evidence(word, int(found[1]), f"the argument {flag}", False)
        before = text


def _names_own_port(flag: str) -> bool:
    return _FLAG.fullmatch(flag) is not None and not _OTHERS.search(re.sub(r"[-.]", "_", f"{flag.strip('-').upper()}_"))


def is_mentioned(pod: Pod, number: int) -> bool:
    """Whether the number of a port stands anywhere in what the pods are started with, or in a ConfigMap that they read.

    Raises `Undecided` when it may stand in something that is unknown.
    """
    wanted = re.compile(rf"(?<![\d.]){number}(?![\d.])")
    doubt: Node | None = None
    for node in _texts(pod):
        if node.unknown:
            doubt = doubt or node
        elif isinstance(node.data, (str, int)) and wanted.search(str(node.data)):
            return True
    if doubt is not None:
        raise Undecided(doubt)
    return False


def _texts(pod: Pod) -> Iterator[Node]:
    for container in pod.containers:
        for path in ("command", "args", "env.value", "envFrom.configMapRef.name"):
            yield from container.where.each(path)
    maps: dict[str, ConfigReference] = {}
    for reference in references(pod):
        if reference.kind == "ConfigMap":
            maps.setdefault(reference.name, reference)
    for reference in maps.values():
        found = look_up_config(reference, pod)
        if found.outcome is Outcome.UNKNOWN:
            yield undecided(reference.where, found.reason).node
        for target in found.targets:
            yield from target.body.each("data")
            yield from (node for _, node in target.at("data").entries())
