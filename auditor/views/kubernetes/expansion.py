"""`$(NAME)` in commands, arguments and variables: what the kubelet puts in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.node import Node, Undecided
from auditor.views.decide import undecided
from auditor.views.kubernetes.config_reference import keys_of
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.environment import open_entry
from auditor.views.kubernetes.lookup import look_up

_USE = re.compile(r"(\$+)\(([^()\s]*)\)")
_NAME = re.compile(r"[A-Z][A-Z0-9_]+")
_SERVICE = re.compile(r"[A-Z0-9_]+_(?:SERVICE_(?:HOST|PORT)(?:_[A-Z0-9_]+)?|PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)")


@dataclass(frozen=True, slots=True)
class Use:
    """A place that asks for a variable. `place` is the number of the variable whose value asks, None for commands and arguments."""

    where: Node
    name: str
    place: int | None


def uses(container: Container) -> Iterator[Use]:
    """The places of a container that ask for variables, by names that look like variables of an environment. Raises `Undecided`."""
    for place, variable in enumerate(container.variables):
        if not variable.value.unknown:
            yield from (Use(variable.value, name, place) for name in names(variable.value))
    for word in container.words():
        yield from (Use(word, name, None) for name in names(word))


def names(node: Node) -> Iterator[str]:
    """The variables that a text asks for; `$$(NAME)` is the text itself. Raises `Undecided`."""
    data = node.value
    for found in _USE.finditer(data) if isinstance(data, str) else ():
        if len(found[1]) % 2 and _NAME.fullmatch(found[2]):
            yield found[2]


def from_service(name: str) -> bool:
    """Whether a variable has the form of those that Services give."""
    return _SERVICE.fullmatch(name) is not None


def given_by_sources(container: Container, name: str) -> bool:
    """Whether `envFrom` gives a variable. Raises `Undecided` when one of its sources, or an entry of `env`, is not known."""
    entry = open_entry(container.where)
    doubt = None if entry is None else Undecided(entry)
    for source in container.where.each("envFrom"):
        try:
            if _gives(container, source, name):
                return True
        except Undecided as reason:
            doubt = doubt or reason
    if doubt is not None:
        raise doubt
    return False


def _gives(container: Container, source: Node, name: str) -> bool:
    prefix = source.at("prefix").text or ""
    if not name.startswith(prefix):
        return False
    for kind, path in (("ConfigMap", "configMapRef.name"), ("Secret", "secretRef.name")):
        wanted = source.at(path).text
        if not wanted:
            continue
        pod = container.pod
        found = look_up(pod.graph, pod.resource, kind, wanted, pod.namespace)
        if found.missing:
            continue
        if not found.decided(pod.resource).targets:
            raise undecided(source, found.reason)
        if any(name[len(prefix) :] in keys_of(target) for target in found.targets):
            return True
    return False
