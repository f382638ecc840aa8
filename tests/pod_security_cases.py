"""Pods for every control, level and version of the Pod Security Standards, made from the text of the standard.

Each case differs in one thing from a pod that satisfies the restricted level in every version.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from auditor.views.pod_security import LATEST, Level, Version

VERSIONS = tuple((1, minor) for minor in range(LATEST[1] + 1))
ALWAYS = ((1, 0), (2, 0))
LISTS = ("containers", "initContainers", "ephemeralContainers")
Spec: TypeAlias = "dict[str, Any]"
Interval: TypeAlias = "tuple[Version, Version]"


@dataclass(frozen=True)
class Case:
    """A pod. `baseline` and `restricted`: from which version on, and before which one, the level forbids it."""

    name: str
    spec: Spec
    baseline: Interval | None = None
    restricted: Interval | None = None
    annotations: dict[str, str] = field(default_factory=dict)

    def forbidden(self, level: Level, version: Version) -> bool:
        """What the standard says."""
        interval = self.baseline if level is Level.BASELINE else self.restricted
        return interval is not None and interval[0] <= version < interval[1]

    @property
    def pod(self) -> dict[str, Any]:
        """The manifest."""
        metadata = {"name": "p", **({"annotations": self.annotations} if self.annotations else {})}
        return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": self.spec}


def good() -> Spec:
    """A spec that satisfies the restricted level in every version, with one container of each kind."""
    context = {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "runAsNonRoot": True,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    return {kind: [{"name": kind[0], "image": "shop/web:1", "securityContext": copy.deepcopy(context)}] for kind in LISTS}


def _since(minor: int, before: int = 1000) -> Interval:
    return (1, minor), (1, before) if before < 1000 else (2, 0)


def cases() -> Iterator[Case]:
    """Every case."""
    yield Case("good", good())
    yield from _of_containers()
    yield from _of_pods()
    yield from _of_either()
    yield from _sysctls()
    yield from _volumes()
    yield from _annotations()
    yield from _inherited()


def _in_container(kind: str, change: Spec, context: Spec, **pod: Any) -> Spec:
    spec = {**good(), **pod}
    item = spec[kind][0]
    item.update(copy.deepcopy(change))
    for key, value in context.items():
        if value is None:
            item["securityContext"].pop(key, None)
        else:
            item["securityContext"][key] = copy.deepcopy(value)
    return spec


def _of_containers() -> Iterator[Case]:
    windows, own = {"os": {"name": "windows"}}, {"hostUsers": False}
    rows: list[tuple[str, Spec, Spec, Interval | None, Interval | None, Spec]] = [
        ("privileged", {}, {"privileged": True, "allowPrivilegeEscalation": None}, ALWAYS, ALWAYS, {}),
        ("not privileged", {}, {"privileged": False}, None, None, {}),
        ("host port", {"ports": [{"containerPort": 80}, {"containerPort": 81, "hostPort": 81}]}, {}, ALWAYS, ALWAYS, {}),
        ("host port 0", {"ports": [{"containerPort": 80, "hostPort": 0}]}, {}, None, None, {}),
        *(("add " + name, {}, {"capabilities": {"drop": ["ALL"], "add": [name]}}, None, _since(22), {}) for name in _DEFAULT),
        ("add NET_BIND_SERVICE", {}, {"capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}}, None, None, {}),
        *(("add " + name, {}, {"capabilities": {"drop": ["ALL"], "add": [name]}}, ALWAYS, ALWAYS, {}) for name in _OTHER),
        ("add NET_ADMIN on windows", {}, {"capabilities": {"drop": ["ALL"], "add": ["NET_ADMIN"]}}, ALWAYS, _since(0, 25), windows),
        ("drop nothing", {}, {"capabilities": None}, None, _since(22), {}),
        ("drop NET_RAW", {}, {"capabilities": {"drop": ["NET_RAW"]}}, None, _since(22), {}),
        ("drop all in small letters", {}, {"capabilities": {"drop": ["all"]}}, None, _since(22), {}),
        ("drop nothing on windows", {}, {"capabilities": None}, None, _since(22, 25), windows),
        ("proc mount", {}, {"procMount": "Unmasked"}, ALWAYS, ALWAYS, {}),
        ("default proc mount", {}, {"procMount": "Default"}, None, None, {}),
        ("proc mount, own users", {}, {"procMount": "Unmasked"}, _since(0, 35), ALWAYS, own),
        ("escalation", {}, {"allowPrivilegeEscalation": True}, None, _since(8), {}),
        ("escalation left open", {}, {"allowPrivilegeEscalation": None}, None, _since(8), {}),
        ("escalation on windows", {}, {"allowPrivilegeEscalation": None}, None, _since(8, 25), windows),
        ("may be root", {}, {"runAsNonRoot": False}, None, ALWAYS, {}),
        ("root left open", {}, {"runAsNonRoot": None}, None, ALWAYS, {}),
        ("root left open on windows", {}, {"runAsNonRoot": None}, None, ALWAYS, windows),
        ("may be root, own users", {}, {"runAsNonRoot": False}, None, _since(0, 35), own),
        ("another user", {}, {"runAsUser": 1000}, None, None, {}),
        ("seccomp left open", {}, {"seccompProfile": None}, None, _since(19), {}),
        ("seccomp left open on windows", {}, {"seccompProfile": None}, None, _since(19, 25), windows),
    ]
    for place in ("livenessProbe", "readinessProbe", "startupProbe"):
        for handler in ("httpGet", "tcpSocket"):
            for host, interval in (("10.0.0.1", _since(34)), ("127.0.0.1", _since(34)), ("", None)):
                rows.append((f"{place} {handler} {host}", {place: {handler: {"port": 80, "host": host}}}, {}, interval, interval, {}))
    for hook in ("postStart", "preStop"):
        for handler in ("httpGet", "tcpSocket"):
            change = {"lifecycle": {hook: {handler: {"port": 80, "host": "10.0.0.1"}}}}
            rows.append((f"{hook} {handler}", change, {}, _since(34), _since(34), {}))
    for name, change, context, baseline, restricted, pod in rows:
        for kind in LISTS:
            yield Case(f"{name} in {kind}", _in_container(kind, change, context, **pod), baseline, restricted)


_DEFAULT = (
    *("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL"),
    *("MKNOD", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"),
)
_OTHER = ("ALL", "NET_ADMIN", "NET_RAW", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "CAP_CHOWN", "chown")


def _of_pods() -> Iterator[Case]:
    for name in ("hostNetwork", "hostPID", "hostIPC"):
        yield Case(name, {**good(), name: True}, ALWAYS, ALWAYS)
        yield Case(f"not {name}", {**good(), name: False})
    yield Case("own users", {**good(), "hostUsers": False})


def _of_either() -> Iterator[Case]:
    """Fields that both security contexts have."""
    rows: list[tuple[str, Spec, Interval | None, Interval | None]] = [
        ("SELinux type spc_t", {"seLinuxOptions": {"type": "spc_t"}}, ALWAYS, ALWAYS),
        ("SELinux type container_engine_t", {"seLinuxOptions": {"type": "container_engine_t"}}, _since(0, 31), _since(0, 31)),
        *((f"SELinux type {name}", {"seLinuxOptions": {"type": name, "level": "s0"}}, None, None) for name in _SELINUX),
        ("SELinux user", {"seLinuxOptions": {"user": "system_u"}}, ALWAYS, ALWAYS),
        ("SELinux role", {"seLinuxOptions": {"role": "system_r"}}, ALWAYS, ALWAYS),
        ("host process", {"windowsOptions": {"hostProcess": True}}, ALWAYS, ALWAYS),
        ("no host process", {"windowsOptions": {"hostProcess": False}}, None, None),
        ("AppArmor off", {"appArmorProfile": {"type": "Unconfined"}}, ALWAYS, ALWAYS),
        ("AppArmor of the runtime", {"appArmorProfile": {"type": "RuntimeDefault"}}, None, None),
        ("AppArmor of the node", {"appArmorProfile": {"type": "Localhost", "localhostProfile": "x"}}, None, None),
        ("seccomp off", {"seccompProfile": {"type": "Unconfined"}}, _since(19), _since(19)),
        ("seccomp of the node", {"seccompProfile": {"type": "Localhost", "localhostProfile": "x"}}, None, None),
        ("root user", {"runAsUser": 0}, None, _since(23)),
    ]
    for name, context, baseline, restricted in rows:
        yield Case(f"{name} of the pod", {**good(), "securityContext": context}, baseline, restricted)
        for kind in LISTS:
            yield Case(f"{name} in {kind}", _in_container(kind, {}, context), baseline, restricted)
    own = {"hostUsers": False, "securityContext": {"runAsUser": 0}}
    yield Case("root user, own users", {**good(), **own}, None, _since(23, 35))
    yield Case("may be root of the pod", {**good(), "securityContext": {"runAsNonRoot": False}}, None, ALWAYS)


_SELINUX = ("", "container_t", "container_init_t", "container_kvm_t")
_SYSCTLS = {
    0: ("kernel.shm_rmid_forced", *(f"net.ipv4.{it}" for it in ("ip_local_port_range", "tcp_syncookies", "ping_group_range"))),
    27: ("net.ipv4.ip_local_reserved_ports",),
    29: tuple(f"net.ipv4.tcp_{it}" for it in ("keepalive_time", "fin_timeout", "keepalive_intvl", "keepalive_probes")),
    32: ("net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"),
    37: ("net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat"),
    1000: ("kernel.msgmax", "net.core.somaxconn", "net.ipv4.tcp_tw_reuse", "vm.overcommit_memory", "kernel/shm_rmid_forced"),
}


def _sysctls() -> Iterator[Case]:
    for since, names in {**_SYSCTLS, 0: (*_SYSCTLS[0], "net.ipv4.ip_unprivileged_port_start")}.items():
        for name in names:
            interval = None if since == 0 else _since(0, since)
            yield Case(f"sysctl {name}", {**good(), "securityContext": {"sysctls": [{"name": name, "value": "1"}]}}, interval, interval)


_HARMLESS = ("configMap", "downwardAPI", "emptyDir", "projected", "secret", "csi", "persistentVolumeClaim", "ephemeral", "image")
_TYPES = {
    "awsElasticBlockStore": {"volumeID": "v"},
    "azureDisk": {"diskName": "d", "diskURI": "u"},
    "azureFile": {"secretName": "s", "shareName": "s"},
    "cephfs": {"monitors": ["m"]},
    "cinder": {"volumeID": "v"},
    "fc": {},
    "flexVolume": {"driver": "d"},
    "flocker": {},
    "gcePersistentDisk": {"pdName": "p"},
    "gitRepo": {"repository": "r"},
    "glusterfs": {"endpoints": "e", "path": "p"},
    "iscsi": {"targetPortal": "t", "iqn": "i", "lun": 1},
    "nfs": {"server": "s", "path": "/"},
    "photonPersistentDisk": {"pdID": "p"},
    "portworxVolume": {"volumeID": "v"},
    "quobyte": {"registry": "r", "volume": "v"},
    "rbd": {"monitors": ["m"], "image": "i"},
    "scaleIO": {"gateway": "g", "system": "s", "secretRef": {"name": "s"}},
    "storageos": {},
    "vsphereVolume": {"volumePath": "p"},
}


def _volumes() -> Iterator[Case]:
    for name in _HARMLESS:
        source: dict[str, str] = {"driver": "d"} if name == "csi" else {"claimName": "c"} if name == "persistentVolumeClaim" else {}
        yield Case(f"volume {name}", {**good(), "volumes": [{"name": "v", name: source}]})
    for name, fields in _TYPES.items():
        volumes = [{"name": "a", "emptyDir": {}}, {"name": "v", name: fields}]
        yield Case(f"volume {name}", {**good(), "volumes": volumes}, None, ALWAYS)
    yield Case("volume hostPath", {**good(), "volumes": [{"name": "v", "hostPath": {"path": "/a"}}]}, ALWAYS, ALWAYS)


def _annotations() -> Iterator[Case]:
    armor = "container.apparmor.security.beta.kubernetes.io/c"
    for value, interval in (("unconfined", ALWAYS), ("runtime", ALWAYS), ("runtime/default", None), ("localhost/x", None), ("", None)):
        yield Case(f"AppArmor annotation {value}", good(), interval, interval, {armor: value})
    for key in ("seccomp.security.alpha.kubernetes.io/pod", *(f"container.seccomp.security.alpha.kubernetes.io/{it[0]}" for it in LISTS)):
        yield Case(f"{key} unconfined", good(), _since(0, 19), _since(0, 19), {key: "unconfined"})
        for value in ("runtime/default", "docker/default", "localhost/x"):
            yield Case(f"{key} {value}", good(), None, None, {key: value})
    yield Case("seccomp of no container", good(), None, None, {"container.seccomp.security.alpha.kubernetes.io/other": "unconfined"})


def _inherited() -> Iterator[Case]:
    """What containers take from their pod."""
    spec = {**good(), "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}}
    for kind in LISTS:
        for name in ("runAsNonRoot", "seccompProfile"):
            del spec[kind][0]["securityContext"][name]
    yield Case("inherited", spec)


def mixtures(count: int, seed: int) -> Iterator[tuple[dict[str, Any], Level, Version]]:
    """Pods that put several cases together, each with a level and a version: what nobody thought of."""
    chance = random.Random(seed)
    every = tuple(cases())
    for _ in range(count):
        chosen = chance.sample(every, chance.randint(1, 3))
        pod: dict[str, Any] = copy.deepcopy(chosen[0].pod)
        for other in chosen[1:]:
            _merge(pod, copy.deepcopy(other.pod), chance)
        yield pod, chance.choice((Level.BASELINE, Level.RESTRICTED)), chance.choice(VERSIONS)


def _merge(into: dict[str, Any], other: dict[str, Any], chance: random.Random) -> None:
    for key, value in other.items():
        mine = into.get(key)
        if isinstance(mine, dict) and isinstance(value, dict):
            _merge(mine, value, chance)
        elif key in LISTS and isinstance(mine, list):
            mine.extend({**item, "name": f"{item['name']}{chance.randint(1, 10**6)}"} for item in value)
        elif isinstance(mine, list) and isinstance(value, list):
            mine.extend(item for item in value if item not in mine)
        elif mine is None or chance.random() < 0.5:
            into[key] = value
