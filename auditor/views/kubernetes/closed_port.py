"""Probes that ask a port on which nothing listens, as far as everything else says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.port_evidence import Evidence, evidence_of, is_mentioned
from auditor.views.kubernetes.probe import Probe, is_elsewhere


@dataclass(frozen=True, slots=True)
class Undeclared:
    """A probe with the number of a port that no container of its pod declares. `proof`: what says that the port is another one."""

    probe: Probe
    number: int
    proof: Evidence | None


def undeclared_ports(container: Container) -> Iterator[Undeclared]:
    """The probes of a container whose port nobody declares, though its pod declares ports. Raises `Undecided`.

    On the node's own network declaring a port opens nothing, so there nothing follows from it.
    """
    pod = container.pod
    if not container.ports or pod.host_network:
        return
    declared = {port.number for other in pod.running for port in other.ports}
    for probe in container.probes:
        number = probe.port.number
        if number is not None and number not in declared and not is_elsewhere(probe):
            yield Undeclared(probe, int(number), _proof(container, int(number)))


def _proof(container: Container, number: int) -> Evidence | None:
    """What a container is told to listen on, if it declares just that, and the number that is asked stands nowhere."""
    declared = {port.number for port in container.ports}
    told = [it for it in evidence_of(container) if not it.declared and not it.source.endswith("probe") and it.number in declared]
    return told[0] if told and not is_mentioned(container.pod, number) else None
