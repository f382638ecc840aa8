"""Folders and sockets of the node in pods: which, how much they give away, and whether a container may write there."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.pod import Pod, pods

_SOCKETS: Final = ("docker.sock", "containerd.sock", "crio.sock", "podman.sock", "cri-dockerd.sock", "dockershim.sock", "buildkitd.sock")
_SOCKET_FOLDERS: Final = ("/run/docker", "/run/containerd", "/run/crio", "/run/podman", "/run/k3s/containerd", "/run/cri-dockerd")
_SYSTEM: Final = frozenset(
    """
    / /bin /boot /dev /etc /home /lib /lib64 /opt /proc /root /run /sbin /sys /usr /usr/bin /usr/sbin /usr/local /var /var/lib
    /var/lib/docker /var/lib/containerd /var/lib/containers /var/lib/kubelet /var/lib/etcd /etc/kubernetes /etc/cni /etc/cni/net.d
    /opt/cni /opt/cni/bin /etc/ssh /etc/cron.d /etc/systemd /run/systemd /var/spool/cron
    """.split()  # noqa: SIM905 - many quoted words do not read better
)
_WHOLE: Final = frozenset("/etc/kubernetes /var/lib/kubelet /var/lib/etcd /root /boot /etc/ssh /var/lib/docker".split())  # noqa: SIM905 - as above
"""Folders of which every part counts."""


@dataclass(frozen=True, eq=False)
class HostPath:
    """A volume that is a path of the node. `where` is the path, `mounts` where containers mount it."""

    pod: Pod
    where: Node
    name: str
    path: str
    mounts: tuple[Node, ...]

    @property
    def socket(self) -> bool:
        """Whether it is the socket of the container runtime, or the folder that holds it."""
        return posixpath.basename(self.path) in _SOCKETS or self.path in _SOCKET_FOLDERS

    @property
    def sensitive(self) -> bool:
        """Whether whoever reads or writes it learns or rules much of the node: system folders, but not a single harmless file in them."""
        return self.path in _SYSTEM or any(self.path.startswith(f"{folder}/") for folder in _WHOLE)

    @property
    def writable(self) -> Node | None:
        """A mount through which it can be written; None when all are read-only. Raises `Undecided`."""
        return next((mount for mount in self.mounts if mount.at("readOnly").flag is not True), None)


def host_paths(resource: Resource, graph: Graph) -> tuple[HostPath, ...]:
    """The paths of the node that the pods of a workload mount, as the places of a rule. Raises `Undecided`."""
    return tuple(found for pod in pods(resource, graph) for found in _of(pod))


def _of(pod: Pod) -> list[HostPath]:
    found = []
    for volume in pod.volumes:
        if volume.kind != "hostPath":
            continue
        where = volume.source.at("path")
        mounts = tuple(
            mount for container in pod.containers for mount in container.mounts() if mount.at("name").text == volume.name and volume.name
        )
        found.append(HostPath(pod, where, volume.name, _normal(where.text or ""), mounts))
    return found


def _normal(path: str) -> str:
    plain = posixpath.normpath("/" + path.strip().lstrip("/"))
    return plain.removeprefix("/var") if plain.startswith("/var/run/") or plain == "/var/run" else plain
