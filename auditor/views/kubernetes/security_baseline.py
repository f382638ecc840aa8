"""The controls of the baseline level of the Pod Security Standards."""

from __future__ import annotations

from typing import Final

from auditor.views.kubernetes.pod import Pod
from auditor.views.kubernetes.security_standard import LATEST, SECCOMP, Found, Level, Version, added, contexts, has_own_users


def privileged(pod: Pod, level: Level, version: Version) -> Found:
    """Containers with all rights of the node."""
    for container in pod.containers:
        node = container.own_security("privileged")
        if node.flag is True:
            yield node, "the container is privileged"


def host_namespaces(pod: Pod, level: Level, version: Version) -> Found:
    """Pods in the network, process or IPC namespace of the node."""
    for field in ("hostNetwork", "hostPID", "hostIPC"):
        node = pod.where.at(field)
        if node.flag is True:
            yield node, f"the pod shares a namespace of the node ({field})"


def host_ports(pod: Pod, level: Level, version: Version) -> Found:
    """Containers that open ports of the node."""
    for container in pod.containers:
        for port in container.where.each("ports"):
            node = port.at("hostPort")
            if node.number:
                yield node, "the container opens a port of the node"


_SYSCTLS: tuple[tuple[Version, frozenset[str]], ...] = (
    (
        (1, 0),
        frozenset(
            {
                "kernel.shm_rmid_forced",
                *(
                    f"net.ipv4.{name}"
                    for name in ("ip_local_port_range", "tcp_syncookies", "ping_group_range", "ip_unprivileged_port_start")
                ),
            }
        ),
    ),
    ((1, 27), frozenset({"net.ipv4.ip_local_reserved_ports"})),
    ((1, 29), frozenset(f"net.ipv4.tcp_{name}" for name in ("keepalive_time", "fin_timeout", "keepalive_intvl", "keepalive_probes"))),
    ((1, 32), frozenset({"net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"})),
    ((1, 37), frozenset({"net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat"})),
)


def safe_sysctls(version: Version = LATEST) -> frozenset[str]:
    """The sysctls that every pod may set."""
    return frozenset(name for since, names in _SYSCTLS if version >= since for name in names)


def sysctls(pod: Pod, level: Level, version: Version) -> Found:
    """Sysctls outside the safe ones."""
    safe = safe_sysctls(version)
    for item in pod.where.each("securityContext.sysctls"):
        name = item.at("name")
        if name.present and name.text not in safe:
            yield name, f"the sysctl {name.text} is not among the safe ones"


def selinux(pod: Pod, level: Level, version: Version) -> Found:
    """SELinux types, users and roles of the pod's choice."""
    types = {"container_t", "container_init_t", "container_kvm_t", *(["container_engine_t"] if version >= (1, 31) else [])}
    for context in contexts(pod):
        options = context.at("seLinuxOptions")
        if options.at("type").text and options.at("type").text not in types:
            yield options.at("type"), f"the SELinux type {options.at('type').text} is not allowed"
        for field in ("user", "role"):
            if options.at(field).text:
                yield options.at(field), f"a custom SELinux {field} is set"


def host_process(pod: Pod, level: Level, version: Version) -> Found:
    """Containers that are processes of a Windows node."""
    for context in contexts(pod):
        node = context.at("windowsOptions.hostProcess")
        if node.flag is True:
            yield node, "the pod has the access of a process of the Windows node"


_APPARMOR = "container.apparmor.security.beta.kubernetes.io/"


def apparmor(pod: Pod, level: Level, version: Version) -> Found:
    """AppArmor profiles that are switched off."""
    for context in contexts(pod):
        profile = context.at("appArmorProfile")
        if profile.present and profile.at("type").text not in ("RuntimeDefault", "Localhost"):
            yield profile.at("type"), "the AppArmor profile is neither the runtime's nor one of the node"
    for key, node in pod.annotations.entries():
        if key.startswith(_APPARMOR) and not (node.text in ("", "runtime/default") or (node.text or "").startswith("localhost/")):
            yield node, "the AppArmor profile is neither the runtime's nor one of the node"


def proc_mount(pod: Pod, level: Level, version: Version) -> Found:
    """Containers that see all of /proc."""
    for container in pod.containers:
        node = container.own_security("procMount")
        if node.text not in (None, "Default") and not (level is Level.BASELINE and version >= (1, 35) and has_own_users(pod)):
            yield node, "the container sees all of /proc"


def seccomp_baseline(pod: Pod, level: Level, version: Version) -> Found:
    """Seccomp profiles that are switched off."""
    if version < (1, 19):
        yield from _seccomp_annotations(pod)
        return
    if level is Level.RESTRICTED:
        return  # there another control is stricter
    for context in contexts(pod):
        profile = context.at("seccompProfile")
        if profile.present and profile.at("type").text not in SECCOMP:
            yield profile.at("type"), "system calls are not filtered"


def _seccomp_annotations(pod: Pod) -> Found:
    keys = ["seccomp.security.alpha.kubernetes.io/pod"]
    keys += [f"container.seccomp.security.alpha.kubernetes.io/{container.name}" for container in pod.containers]
    for key, node in pod.annotations.entries():
        text = node.text if key in keys else "runtime/default"
        if text not in ("runtime/default", "docker/default") and not (text or "").startswith("localhost/"):
            yield node, "system calls are not filtered"


def host_probes(pod: Pod, level: Level, version: Version) -> Found:
    """Probes and hooks that make the kubelet ask another host (from 1.34)."""
    if version < (1, 34):
        return
    for container in pod.containers:
        for place in ("livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"):
            for handler in ("httpGet", "tcpSocket"):
                node = container.where.at(f"{place}.{handler}.host")
                if node.text:
                    yield node, "the kubelet asks a host of the pod's choice"


CAPABILITIES: Final = frozenset(
    {
        *("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE"),
        *("SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"),
    }
)
"""The capabilities that the baseline lets a container add: those that runtimes give anyway."""


def capabilities_baseline(pod: Pod, level: Level, version: Version) -> Found:
    """Capabilities beyond those that runtimes give anyway."""
    if level is Level.RESTRICTED and version >= (1, 22):
        return  # there another control is stricter
    for container in pod.containers:
        yield from added(container, CAPABILITIES)


def host_path(pod: Pod, level: Level, version: Version) -> Found:
    """Volumes that are folders of the node."""
    if level is Level.RESTRICTED:
        return  # there it is one of the volume types
    for volume in pod.where.each("volumes"):
        node = volume.at("hostPath")
        if node.present:
            yield node, "the pod mounts a folder of the node"
