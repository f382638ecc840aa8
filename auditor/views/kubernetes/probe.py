"""Probes with their defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from auditor.model.node import Node

DEFAULTS: Final[Mapping[str, int]] = {
    "initialDelaySeconds": 0,
    "periodSeconds": 10,
    "timeoutSeconds": 1,
    "successThreshold": 1,
    "failureThreshold": 3,
}
HANDLERS: Final = ("httpGet", "tcpSocket", "grpc", "exec")


@dataclass(frozen=True, slots=True)
class Probe:
    """A probe of a container; `kind` is `liveness`, `readiness` or `startup`."""

    where: Node
    kind: str

    def number(self, field: str) -> float:
        """One of its numbers (`periodSeconds`), with its default. Raises `Undecided`."""
        written = self.where.at(field).number
        return written or DEFAULTS[field]  # zero means: the default

    @property
    def window(self) -> float:
        """The seconds after which it has failed for good, counted from the start of the container. Raises `Undecided`."""
        return self.number("initialDelaySeconds") + self.number("periodSeconds") * self.number("failureThreshold")

    @property
    def tolerance(self) -> float:
        """The seconds that a container may fail before the probe acts. Raises `Undecided`."""
        return self.number("periodSeconds") * self.number("failureThreshold")

    @property
    def handler(self) -> Node:
        """What it does: the table of `httpGet`, `tcpSocket`, `grpc` or `exec`; missing when it does nothing. Raises `Undecided`."""
        for name in HANDLERS:
            found = self.where.at(name)
            if found.present:
                return found
        return self.where.at("httpGet")

    @property
    def port(self) -> Node:
        """The port that it asks, by number or name; missing for a command."""
        return self.handler.at("port")


def probes_of(container: Node) -> Iterator[Probe]:
    """The probes of a container that are written."""
    for kind in ("liveness", "readiness", "startup"):
        node = container.at(f"{kind}Probe")
        if node.unknown or isinstance(node.data, dict):
            yield Probe(node, kind)
