"""Linux capabilities that containers add and keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.node import Node
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.security_baseline import CAPABILITIES as GIVEN

__all__ = ["DANGEROUS", "GIVEN", "KERNEL", "added", "kept"]

KERNEL: Final = frozenset({"SYS_MODULE", "SYS_RAWIO", "BPF", "SYS_BOOT", "MAC_ADMIN"})
"""Capabilities that change the kernel or the machine itself."""

DANGEROUS: Final = frozenset(
    """
    NET_ADMIN SYS_PTRACE DAC_READ_SEARCH SYS_TIME SYSLOG AUDIT_CONTROL MAC_OVERRIDE PERFMON CHECKPOINT_RESTORE LINUX_IMMUTABLE
    """.split()  # noqa: SIM905 - many quoted words do not read better
)
"""Capabilities that reach beyond the container: into other processes, the node's network, files or clock."""


def added(container: Container) -> Iterator[tuple[Node, str]]:
    """(where, name) of each added capability: upper case, without `CAP_`. Raises `Undecided` after those that are known."""
    for item in container.own_security("capabilities.add").each():
        name = (item.text or "").upper().removeprefix("CAP_")
        if name:
            yield item, name


def kept(container: Container) -> str:
    """What of the runtime's capabilities a container keeps: `nothing`, `some`, `NET_RAW` or `everything`. Raises `Undecided`."""
    dropped = container.dropped_capabilities
    if "ALL" in dropped:
        return "nothing"
    if "NET_RAW" in dropped:
        return "some"
    return "NET_RAW" if dropped else "everything"
