"""Where the ports of a Service lead, against everything that shows on which ports the pods listen."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.port_evidence import Evidence, evidence_of, is_mentioned
from auditor.views.kubernetes.service import ServicePort, all_pods_behind, declared, is_headless, ports_of


@dataclass(frozen=True, slots=True)
class Target:
    """A port of a Service that leads to a number. `unshown`: none of its pods shows that number, though every container shows some.

    `evidence` holds what the containers show instead.
    """

    port: ServicePort
    number: int
    evidence: tuple[Evidence, ...]
    unshown: bool

    @property
    def shown(self) -> tuple[int, ...]:
        """The ports that the pods show instead."""
        return tuple(sorted({it.number for it in self.evidence}))

    @property
    def contradicts(self) -> bool:
        """Whether more than a declaration shows another port."""
        return self.unshown and any(not it.declared for it in self.evidence)


def targets(service: Resource, graph: Graph) -> tuple[Target, ...]:
    """The ports of a Service that lead to a number, as the places of a rule; none where the number means nothing. Raises `Undecided`."""
    if is_headless(service):
        return ()
    pods = all_pods_behind(service, graph)
    return tuple(_target(port, pods) for port in ports_of(service) if pods and _number(port) is not None)


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
    return Target(port, number, every, not found)
