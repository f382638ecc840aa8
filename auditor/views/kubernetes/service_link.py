"""The variables that a pod gets for each Service of its namespace: `shop-db` gives `SHOP_DB_PORT=tcp://10.0.0.7:5432` and others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.environment import open_entry
from auditor.views.kubernetes.namespace import namespace_of
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.service import is_headless, is_service, service_type

READERS: Final[Mapping[str, str]] = {"traefik": "TRAEFIK", "kong": "KONG", "registry": "REGISTRY", "etcd": "ETCD"}
"""Last part of an image's name -> the prefix of the variables from which its program takes settings."""

_PREFIX = re.compile(r"([A-Z][A-Z0-9_]*)_HOST(?:NAME)?")


@dataclass(frozen=True, slots=True)
class Link:
    """A variable that a Service gives, where the container reads settings with the same beginning. `where` says so."""

    where: Node
    service: Resource
    name: str


def has_links(pod: Pod) -> bool:
    """Whether the pods get variables for Services. Raises `Undecided`."""
    return pod.where.at("enableServiceLinks").flag is not False


def collisions(container: Container) -> Iterator[Link]:
    """The variables of Services that look like settings of a container, and are none. Raises `Undecided`."""
    services = _services(container.pod)
    if not services:
        return
    names = {variable.name for variable in container.variables}
    if any(True for _ in container.where.each("envFrom")):
        return  # the variable may be set there, and would win
    prefixes = {found[1]: variable.where for variable in container.variables if (found := _PREFIX.fullmatch(variable.name))}
    image = container.image.repository.rpartition("/")[2] if container.image else ""
    if image in READERS:
        prefixes.setdefault(READERS[image], container.where.at("image"))
    for prefix, where in prefixes.items():
        if prefix in services and f"{prefix}_PORT" not in names:
            entry = open_entry(container.where)
            if entry is not None:
                raise Undecided(entry)
            yield Link(where, services[prefix], f"{prefix}_PORT")


def _services(pod: Pod) -> Mapping[str, Resource]:
    """Beginning of the variables -> Service of the pod's namespace. Raises `Undecided` when the namespace is unknown."""
    every: dict[tuple[str, str | None], dict[str, Resource]] = of_graph(pod.graph, "service-links", lambda: _index(pod))
    return every.get((pod.resource.root, pod.namespace), {})


def _index(pod: Pod) -> dict[tuple[str, str | None], dict[str, Resource]]:
    found: dict[tuple[str, str | None], dict[str, Resource]] = {}
    for service in pod.graph.of("Service"):
        try:
            name = service.at("metadata.name").text
            if not name or not is_service(service) or is_headless(service) or service_type(service) == "ExternalName":
                continue
            found.setdefault((service.root, namespace_of(service)), {})[name.upper().replace("-", "_")] = service
        except Undecided:
            continue
    return found
