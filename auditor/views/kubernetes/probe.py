"""Probes with their defaults."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from auditor.model.node import Node

DEFAULTS: Final[Mapping[str, int]] = {
    "initialDelaySeconds": 0,
    "periodSeconds": 10,
    "timeoutSeconds": 1,
    "successThreshold": 1,
    "failureThreshold": 3,
}
HANDLERS: Final = ("httpGet", "tcpSocket", "grpc", "exec")
_HTTP: Final = {"path": "/", "scheme": "HTTP"}


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

    def asks_same(self, other: Probe, number: Callable[[Node], int | None]) -> bool:
        """Whether both do the same thing, defaults filled in; `number` gives that of a named port. Raises `Undecided`."""
        one, two = self._question(number), other._question(number)
        return one is not None and one == two

    def _question(self, number: Callable[[Node], int | None]) -> Any:
        """What it asks, as data that compares; None when it asks nothing."""
        handler = self.handler
        if not isinstance(handler.value, dict):
            return None
        kind = handler.path.rpartition(".")[2]
        if kind == "exec":
            return kind, tuple(item.text for item in handler.each("command"))
        fields: dict[str, Any] = {key: node.text for key, node in handler.entries() if key not in ("httpHeaders", "port")}
        fields["port"] = number(self.port) or self.port.text
        headers = [(item.at("name").text, item.at("value").text) for item in handler.each("httpHeaders")]
        return kind, {**(_HTTP if kind == "httpGet" else {}), **fields}, headers


_OWN = re.compile(r"localhost|127(?:\.\d+){3}|\[?::1\]?|0\.0\.0\.0|/.*|.*[$`].*")
_ADDRESS = re.compile(r"\d+(?:\.\d+){3}|\[?[0-9a-fA-F:]*:[0-9a-fA-F:]*\]?")
_URL = re.compile(r"\bhttps?://([^\s/:'\"?#]+|\[[^\]]*\])")
_HOST = re.compile(r"(?:^|\s)(?:-h|--host)[=\s]+['\"]?([^\s'\";|&]+)")
_CLIENTS = re.compile(r"(?:^|[\s/;&|(])(?:pg_isready|psql|mysqladmin|mysql|mariadb-admin|redis-cli|valkey-cli)(?=\s|$)")
"""Programs whose option `-h` names the host that they ask."""


def is_elsewhere(probe: Probe) -> bool:
    """Whether a probe asks another address than the pod's. Raises `Undecided`."""
    host = probe.handler.at("host").text
    return bool(host) and host is not None and not _OWN.fullmatch(host)


def asked_hosts(probe: Probe, *, on_node: bool = False) -> Iterator[tuple[Node, str]]:
    """(where it is written, host) of the hosts other than the container itself that a probe asks. Raises `Undecided`.

    `on_node`: the pod has the node's own network, so that an address may be its own.
    """
    host = probe.handler.at("host")
    if is_elsewhere(probe):
        if on_node and _ADDRESS.fullmatch(host.text or ""):
            return
        yield host, host.text or ""
        return
    words = [(item, item.text or "") for item in probe.where.each("exec.command")]
    asks_with_option = _CLIENTS.search(" ".join(word for _, word in words)) is not None
    for item, word in words:
        hosts = _URL.findall(word)
        if asks_with_option:
            hosts += _HOST.findall(word)
        for name in hosts:
            if not _OWN.fullmatch(name):
                yield item, name
    for (_, word), (item, name) in pairwise(words):
        if asks_with_option and word in ("-h", "--host") and name and not _OWN.fullmatch(name):
            yield item, name


def probes_of(container: Node) -> Iterator[Probe]:
    """The probes of a container that are written."""
    for kind in ("liveness", "readiness", "startup"):
        node = container.at(f"{kind}Probe")
        if node.unknown or isinstance(node.data, dict):
            yield Probe(node, kind)
