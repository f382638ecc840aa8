"""Where the ports of a Service lead, against everything that shows on which ports the pods listen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.port_evidence import Evidence, evidence_of, is_mentioned
from auditor.views.kubernetes.service import ServicePort, all_pods_behind, declared, is_headless, ports_of


@dataclass(frozen=True, slots=True)
class Target:
    """A port of a Service that leads to a number. `unshown`: none of its pods shows that number, though every container shows some.

    `evidence` holds what the containers show instead; `alone`: no other port of the Service leads to what they show.
    `namesake`: a port that the pods declare under the name of this one, with another number.
    """

    port: ServicePort
    number: int
    evidence: tuple[Evidence, ...]
    unshown: bool
    alone: bool
    namesake: Evidence | None

    @property
    def shown(self) -> tuple[int, ...]:
        """The ports that the pods show instead."""
        return tuple(sorted({it.number for it in self.evidence}))

    @property
    def contradicts(self) -> bool:
        """Whether more than a declaration shows another port."""
        if not self.unshown:
            return False
        return self.namesake is not None or (self.alone and any(not it.declared for it in self.evidence))


def targets(service: Resource, graph: Graph) -> tuple[Target, ...]:
    """The ports of a Service that lead to a number, as the places of a rule; none where the number means nothing. Raises `Undecided`."""
    if is_headless(service):
        return ()
    pods = all_pods_behind(service, graph)
    ports = list(ports_of(service)) if pods else []
    named = any(_number(port) is None for port in ports)
    found = [_target(port, pods) for port in ports if _number(port) is not None]
    alone = not named and all(it.unshown for it in found)
    return tuple(replace(it, alone=alone) for it in found)


def _number(port: ServicePort) -> int | None:
    value = port.target.value
    number = None if isinstance(value, str) and not value.isdigit() else port.target.number
    return None if number is None else int(number)


def _target(port: ServicePort, pods: tuple[Pod, ...]) -> Target:
    number = _number(port)
    assert number is not None
    shown = [evidence_of(container) for pod in pods for container in pod.running]
    every = tuple(it for evidence in shown for it in evidence)
    silent = not all(shown) or not every
    found = silent or any(it.number == number for it in every) or any(declared(pod, port) or is_mentioned(pod, number) for pod in pods)
    return Target(port, number, every, not found, alone=False, namesake=_namesake(port, number, pods))


def _namesake(port: ServicePort, number: int, pods: tuple[Pod, ...]) -> Evidence | None:
    for pod in pods:
        for container in pod.running:
            for own in container.ports:
                if own.name and own.name == port.name and own.number != number:
                    return Evidence(own.where.at("containerPort"), own.number, f"the port named {own.name}", True)
    return None
