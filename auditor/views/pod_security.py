"""The Pod Security Standards: which controls a pod fails, at each level and in each version of the standard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from auditor.model.node import Node, Undecided
from auditor.views.kubernetes import security_baseline as baseline
from auditor.views.kubernetes import security_restricted as restricted
from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.security_baseline import safe_sysctls
from auditor.views.kubernetes.security_standard import LATEST, Found, Level, Version

__all__ = ["CONTROLS", "LATEST", "Assessment", "Control", "Level", "Version", "Violation", "assess", "safe_sysctls", "strictest"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One place at which a pod fails a control. `where` may be missing: something that must be written is not."""

    control: str
    where: Node
    message: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a level says of a pod: the violations, and the controls that cannot be decided with the nodes that leave them open."""

    level: Level
    violations: tuple[Violation, ...]
    undecided: tuple[tuple[str, Node], ...]

    @property
    def controls(self) -> tuple[str, ...]:
        """The names of the controls that fail, each once."""
        return tuple(dict.fromkeys(violation.control for violation in self.violations))

    @property
    def passed(self) -> bool:
        """Whether the pod satisfies the level. Raises `Undecided` when no control fails but one is open."""
        if self.violations:
            return False
        if self.undecided:
            raise Undecided(self.undecided[0][1])
        return True


@dataclass(frozen=True, slots=True)
class Control:
    """A control of the standard: `check` yields the places that fail it."""

    name: str
    level: Level
    check: Callable[[Pod, Level, Version], Found]


def assess(pod: Pod, level: Level, version: Version = LATEST) -> Assessment:
    """Evaluate a pod against a level of the standard as of a Kubernetes version."""
    violations: list[Violation] = []
    undecided: list[tuple[str, Node]] = []
    for control in CONTROLS:
        if level is Level.PRIVILEGED or (control.level is Level.RESTRICTED and level is Level.BASELINE):
            continue
        try:
            for where, message in control.check(pod, level, version):
                violations.append(Violation(control.name, where, message))
        except Undecided as reason:
            undecided.append((control.name, reason.node))
    return Assessment(level, tuple(violations), tuple(undecided))


def strictest(pod: Pod, version: Version = LATEST) -> Level:
    """The strictest level that a pod satisfies. Raises `Undecided`."""
    for level in (Level.RESTRICTED, Level.BASELINE):
        if assess(pod, level, version).passed:
            return level
    return Level.PRIVILEGED


CONTROLS: Final = (
    Control("privileged containers", Level.BASELINE, baseline.privileged),
    Control("host namespaces", Level.BASELINE, baseline.host_namespaces),
    Control("host ports", Level.BASELINE, baseline.host_ports),
    Control("host path volumes", Level.BASELINE, baseline.host_path),
    Control("capabilities", Level.BASELINE, baseline.capabilities_baseline),
    Control("sysctls", Level.BASELINE, baseline.sysctls),
    Control("SELinux", Level.BASELINE, baseline.selinux),
    Control("host process", Level.BASELINE, baseline.host_process),
    Control("AppArmor", Level.BASELINE, baseline.apparmor),
    Control("proc mount", Level.BASELINE, baseline.proc_mount),
    Control("seccomp", Level.BASELINE, baseline.seccomp_baseline),
    Control("host probes", Level.BASELINE, baseline.host_probes),
    Control("volume types", Level.RESTRICTED, restricted.volume_types),
    Control("privilege escalation", Level.RESTRICTED, restricted.escalation),
    Control("dropped capabilities", Level.RESTRICTED, restricted.capabilities_restricted),
    Control("running as non-root", Level.RESTRICTED, restricted.non_root),
    Control("root user", Level.RESTRICTED, restricted.root_user),
    Control("seccomp profile", Level.RESTRICTED, restricted.seccomp_restricted),
)
"""The controls in the order of the standard."""
