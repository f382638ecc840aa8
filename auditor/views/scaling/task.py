"""ECS tasks: what one needs of an instance, how many an instance takes, and how long one takes to start."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.container import containers
from auditor.views.instance_type import InstanceType

CPU_UNITS: Final = 1024
"""The units of one vCPU."""
_AMOUNT: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(vcpu|gb)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Need:
    """What one task keeps for itself: CPU units, MiB, and the ports of the instance that only one task can have."""

    cpu: float
    memory: float
    ports: tuple[Node, ...]

    def fits(self, instance: InstanceType) -> int | None:
        """How many an instance of that type takes at most, of which the system needs nothing; None when nothing limits them."""
        rooms = [CPU_UNITS * instance.vcpus // self.cpu] if self.cpu else []
        rooms += [instance.memory_mib // self.memory] if self.memory else []
        rooms += [1] if self.ports else []
        return int(min(rooms)) if rooms else None


def need(task: Resource, graph: Graph) -> Need:
    """What a task of that definition needs. Raises `Undecided`."""
    inside = list(containers(task, graph))
    cpu, memory = amount(task.at("cpu")), amount(task.at("memory"))
    if cpu is None:
        cpu = sum(it.at("cpu").number or 0 for it in inside)
    if memory is None:
        memory = sum(reserved(it) for it in inside)
    mode = task.at("network_mode")
    shares = mode.missing or mode.text in ("bridge", "host")
    ports = tuple(port for port in (port for it in inside for port in it.each("portMappings.hostPort")) if shares and port.number)
    return Need(cpu, memory, ports)


def reserved(container: Node) -> float:
    """The MiB that a container keeps: its reservation, or else its limit; 0 for none. Raises `Undecided`."""
    soft, hard = container.at("memoryReservation"), container.at("memory")
    return (soft.number if soft.present else hard.number) or 0


def amount(node: Node) -> float | None:
    """CPU units or MiB as a task definition writes them: `512`, `1 vCPU`, `2 GB`; None for nothing or anything else. Raises `Undecided`."""
    found = _AMOUNT.fullmatch((node.text or "").strip())
    if not found:
        return None
    return float(found[1]) * (1024 if found[2] else 1)


def start_period(task: Resource, graph: Graph) -> tuple[float, Node] | None:
    """The longest `startPeriod` of the containers, with its place; None when none is written. Raises `Undecided`."""
    periods = [node for it in containers(task, graph) for node in it.each("healthCheck.startPeriod")]
    found = [(number, node) for node in periods if (number := node.number) is not None]
    return max(found, key=lambda pair: pair[0], default=None)
