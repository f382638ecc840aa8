"""What the restricted level of the Pod Security Standards adds."""

from __future__ import annotations

from typing import Final

from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.security_standard import SECCOMP, Found, Level, Version, added, contexts, has_own_users

VOLUMES: Final = frozenset(
    {"configMap", "downwardAPI", "emptyDir", "projected", "secret", "csi", "persistentVolumeClaim", "ephemeral", "image"}
)
"""The types of volumes that the restricted level allows."""


def volume_types(pod: Pod, level: Level, version: Version) -> Found:
    """Volumes of other types than those that are harmless."""
    for volume in pod.where.each("volumes"):
        for key, node in volume.entries():
            if key != "name" and key not in VOLUMES and node.present:
                yield node, f"volumes of type {key} are not allowed"


def _on_windows(pod: Pod, version: Version) -> bool:
    return version >= (1, 25) and pod.windows


def escalation(pod: Pod, level: Level, version: Version) -> Found:
    """Containers whose processes may gain privileges (from 1.8)."""
    if version < (1, 8) or _on_windows(pod, version):
        return
    for container in pod.containers:
        node = container.own_security("allowPrivilegeEscalation")
        if node.flag is not False:
            yield node, "processes may gain privileges"


def capabilities_restricted(pod: Pod, level: Level, version: Version) -> Found:
    """Containers that keep capabilities (from 1.22)."""
    if version < (1, 22) or _on_windows(pod, version):
        return
    for container in pod.containers:
        dropped = [item.text for item in container.where.each("securityContext.capabilities.drop")]
        if "ALL" not in dropped:
            yield container.where.at("securityContext.capabilities.drop"), "the container does not drop ALL capabilities"
        yield from added(container, frozenset({"NET_BIND_SERVICE"}))


def non_root(pod: Pod, level: Level, version: Version) -> Found:
    """Containers that are not bound to run as another user than root."""
    if version >= (1, 35) and has_own_users(pod):
        return
    whole = pod.security("runAsNonRoot")
    if whole.flag is False:
        yield whole, "the pod may run as root"
    for container in pod.containers:
        own = container.own_security("runAsNonRoot")
        if own.flag is False or (own.missing and whole.flag is not True):
            yield own, "the container may run as root"


def root_user(pod: Pod, level: Level, version: Version) -> Found:
    """Pods and containers that say that they run as root (from 1.23)."""
    if version < (1, 23) or (version >= (1, 35) and has_own_users(pod)):
        return
    for context in contexts(pod):
        node = context.at("runAsUser")
        if node.number == 0:
            yield node, "the user is root"


def seccomp_restricted(pod: Pod, level: Level, version: Version) -> Found:
    """Containers without a seccomp profile (from 1.19)."""
    if version < (1, 19) or _on_windows(pod, version):
        return
    whole = pod.security("seccompProfile")
    fine = whole.present and whole.at("type").text in SECCOMP
    if whole.present and not fine:
        yield whole.at("type"), "system calls are not filtered"
    for container in pod.containers:
        own = container.own_security("seccompProfile")
        if own.present and own.at("type").text not in SECCOMP:
            yield own.at("type"), "system calls are not filtered"
        elif own.missing and not fine:
            yield own, "no seccomp profile is set"
