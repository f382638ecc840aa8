"""One container of a pod, with what it inherits and what is implied."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from auditor.model.node import Node
from auditor.views.kubernetes import image as images
from auditor.views.kubernetes import limit_range, quantity
from auditor.views.kubernetes.environment import Variable, variables_of
from auditor.views.kubernetes.port import Port, ports_of
from auditor.views.kubernetes.probe import Probe, probes_of

if TYPE_CHECKING:
    from auditor.views.kubernetes.pod import Pod


class Role(enum.StrEnum):
    """What a container is for; a sidecar is an init container that restarts always."""

    INIT = "init container"
    SIDECAR = "sidecar"
    APP = "container"
    EPHEMERAL = "ephemeral container"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of a resource, the node that it comes from, and whose word it is: `written`, `limit` or `LimitRange`.

    `certain`: whether it surely holds; what a LimitRange gives does not when it may be of another namespace.
    """

    value: Fraction
    where: Node
    source: str
    certain: bool = True


INHERITED = frozenset({"runAsUser", "runAsGroup", "runAsNonRoot", "seLinuxOptions", "seccompProfile", "appArmorProfile", "windowsOptions"})
"""Fields of a security context that a container takes from its pod when it has none itself."""


@dataclass(frozen=True, eq=False)
class Container:
    """A container. `where` is its table."""

    pod: Pod
    where: Node
    role: Role

    @cached_property
    def name(self) -> str:
        """Its name; empty when it has none. Raises `Undecided`."""
        return self.where.at("name").text or ""

    @cached_property
    def image(self) -> images.Image | None:
        """Its image, taken apart; None when there is none or it is no image reference. Raises `Undecided`."""
        text = self.where.at("image").text
        return images.parse(text) if text else None

    @property
    def pull_policy(self) -> str:
        """The effective `imagePullPolicy`. Raises `Undecided`."""
        return images.pull_policy(self.image, self.where.at("imagePullPolicy").text)

    # -- security

    @cached_property
    def _security(self) -> Node:
        return self.where.at("securityContext")

    @cached_property
    def _fields(self) -> dict[str, Node]:
        """Fields of the security context by path: many rules ask for the same few."""
        return {}

    def own_security(self, path: str) -> Node:
        """A field of its own security context."""
        known = self._fields.get(path)
        if known is None:
            known = self._fields[path] = self._security.at(path)
        return known

    def security(self, path: str) -> Node:
        """A field of its effective security context: its own, else the pod's for those that are inherited. Raises `Undecided`."""
        own = self.own_security(path)
        if path.partition(".")[0] not in INHERITED:
            return own
        return own if own.present else self.pod.security(path)

    @property
    def privileged(self) -> bool:
        """Whether it is privileged. Raises `Undecided`."""
        return self.own_security("privileged").flag is True

    @cached_property
    def added_capabilities(self) -> frozenset[str]:
        """The capabilities that it adds, upper case, without the prefix `CAP_`. Raises `Undecided`."""
        return self._capabilities("add")

    @cached_property
    def dropped_capabilities(self) -> frozenset[str]:
        """The capabilities that it drops, upper case, without the prefix `CAP_`. Raises `Undecided`."""
        return self._capabilities("drop")

    def _capabilities(self, verb: str) -> frozenset[str]:
        names = (item.text for item in self.own_security(f"capabilities.{verb}").each())
        return frozenset(name.upper().removeprefix("CAP_") for name in names if name)

    @property
    def may_escalate(self) -> bool:
        """Whether its processes may gain privileges: unless it is denied, and always when it is as good as root. Raises `Undecided`."""
        if self._security.at("allowPrivilegeEscalation").flag is not False:
            return True
        return self.privileged or "SYS_ADMIN" in self.added_capabilities

    # -- resources

    def written_request(self, resource: str) -> Node:
        """`resources.requests` of a resource (`cpu`, `memory`, `ephemeral-storage`), as written."""
        return self.where.at(f'resources.requests["{resource}"]')

    def written_limit(self, resource: str) -> Node:
        """`resources.limits` of a resource, as written."""
        return self.where.at(f'resources.limits["{resource}"]')

    @cached_property
    def _known(self) -> dict[tuple[str, str], Amount | None]:
        return {}  # many rules ask for the same amounts

    def request(self, resource: str) -> Amount | None:
        """What the scheduler counts: the request, else the limit, else what a LimitRange gives. Raises `Undecided`."""
        if ("request", resource) not in self._known:
            self._known["request", resource] = self._request(resource)
        return self._known["request", resource]

    def _request(self, resource: str) -> Amount | None:
        written = _amount(self.written_request(resource), "written")
        if written is not None:
            return written
        limit = _amount(self.written_limit(resource), "limit")
        return limit if limit is not None else self._from_range(resource, "defaultRequest")

    def limit(self, resource: str) -> Amount | None:
        """The effective limit: as written, else what a LimitRange gives. Raises `Undecided`."""
        if ("limit", resource) not in self._known:
            self._known["limit", resource] = _amount(self.written_limit(resource), "written") or self._from_range(resource, "default")
        return self._known["limit", resource]

    def asks_for(self, resource: str) -> bool:
        """Whether something is requested for it: by itself, or for the pod as a whole. Raises `Undecided`."""
        if self.request(resource) is not None:
            return True
        return any(quantity.of(self.pod.where.at(f'resources.{part}["{resource}"]')) is not None for part in ("requests", "limits"))

    def is_limited(self, resource: str) -> bool:
        """Whether something limits it: its own limit, or one of the pod as a whole. Raises `Undecided`."""
        return self.limit(resource) is not None or quantity.of(self.pod.where.at(f'resources.limits["{resource}"]')) is not None

    def _from_range(self, resource: str, field: str) -> Amount | None:
        found = limit_range.default(self.pod.graph, self.pod.resource, resource, field)
        return Amount(found.value, found.where, "LimitRange", found.certain) if found else None

    # -- ports, probes, environment

    @cached_property
    def ports(self) -> tuple[Port, ...]:
        """The ports that it declares: informational, but names must be declared to be used. Raises `Undecided`."""
        return tuple(ports_of(self.where, host_network=self.pod.host_network))

    def port_number(self, port: Node) -> int | None:
        """The number of a port that is given by number or by the name of a declared one; None for another name. Raises `Undecided`."""
        value = port.value
        if isinstance(value, str) and not value.isdigit():
            return next((it.number for it in self.ports if it.name == value), None)
        number = port.number
        return None if number is None else int(number)

    @cached_property
    def probes(self) -> tuple[Probe, ...]:
        """Its probes that are written."""
        return tuple(probes_of(self.where))

    def probe(self, kind: str) -> Probe | None:
        """Its `liveness`, `readiness` or `startup` probe."""
        return next((it for it in self.probes if it.kind == kind), None)

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """The entries of `env`, in order. Raises `Undecided` when the list is unknown."""
        return tuple(variables_of(self.where))

    def mounts(self) -> Iterator[Node]:
        """The entries of `volumeMounts`. Raises `Undecided` when the list is unknown."""
        for item in self.where.each("volumeMounts"):
            if isinstance(item.value, dict):
                yield item

    def words(self) -> Iterator[Node]:
        """The words of `command` and `args`, in order. Raises `Undecided` when a list is unknown."""
        for path in ("command", "args"):
            yield from self.where.each(path)


def _amount(node: Node, source: str) -> Amount | None:
    value = quantity.of(node)
    return None if value is None else Amount(value, node, source)
