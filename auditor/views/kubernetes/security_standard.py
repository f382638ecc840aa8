"""What the levels of the Pod Security Standards share."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Final, TypeAlias

from auditor.model.node import Node
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.pod import Pod

Version: TypeAlias = "tuple[int, int]"

LATEST: Final = (1, 37)


class Level(enum.StrEnum):
    """The levels of the standard, each with the controls of those before it."""

    PRIVILEGED = "privileged"
    BASELINE = "baseline"
    RESTRICTED = "restricted"


Found: TypeAlias = "Iterator[tuple[Node, str]]"
"""The places that fail a control, each with what is wrong there."""

SECCOMP: Final = ("RuntimeDefault", "Localhost")


def contexts(pod: Pod) -> Iterator[Node]:
    """The security contexts of a pod and of its containers."""
    yield pod.where.at("securityContext")
    for container in pod.containers:
        yield container.where.at("securityContext")


def has_own_users(pod: Pod) -> bool:
    """Whether the pod has user ids of its own, so that its root is nobody on the node."""
    return pod.where.at("hostUsers").flag is False


def added(container: Container, allowed: frozenset[str]) -> Found:
    """The capabilities that a container adds beyond the allowed ones."""
    for item in container.where.each("securityContext.capabilities.add"):
        if item.text is not None and item.text not in allowed:
            yield item, f"the container adds the capability {item.text}"
