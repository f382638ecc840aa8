"""The Pod Security Standards: for each control and version, specs just inside and just outside of it."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.model.node import Node, Undecided
from auditor.model.value import Unknown, Value
from auditor.views.kubernetes.pod import Pod
from auditor.views.pod_security import CONTROLS, LATEST, Level, assess, strictest
from tests.kubernetes_made import graph_of, pod, pod_text

OLD = (1, 0)
HARD = "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}"


def container(security: str = "", more: str = "") -> str:
    """A spec with one container that satisfies the restricted level but for what is given."""
    context = ", ".join(filter(None, (_without(security), security)))
    return f"{{containers: [{{name: a, image: x, securityContext: {{{context}}}{more}}}]}}"


def _without(security: str) -> str:
    parts = (
        "allowPrivilegeEscalation: false",
        "capabilities: {drop: [ALL]}",
        "runAsNonRoot: true",
        "seccompProfile: {type: RuntimeDefault}",
    )
    return ", ".join(part for part in parts if part.partition(":")[0] not in security)


def made(spec: str, metadata: str = "") -> Pod:
    return pod(graph_of(pod_text(spec, metadata)))


def spec_with(extra: str, security: str = "") -> str:
    """A restricted spec with further fields of the pod."""
    return container(security)[:-1] + f", {extra}}}"


BASELINE = [
    ("privileged containers", container("privileged: true"), container("privileged: false")),
    ("host namespaces", spec_with("hostNetwork: true"), spec_with("hostNetwork: false")),
    ("host namespaces", spec_with("hostPID: true"), spec_with("hostPID: false")),
    ("host namespaces", spec_with("hostIPC: true"), spec_with("hostIPC: null")),
    (
        "host ports",
        container(more=", ports: [{containerPort: 80, hostPort: 80}]"),
        container(more=", ports: [{containerPort: 80, hostPort: 0}]"),
    ),
    (
        "capabilities",
        container("capabilities: {drop: [ALL], add: [NET_ADMIN]}"),
        container("capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}"),
    ),
    (
        "sysctls",
        spec_with("securityContext: {sysctls: [{name: kernel.msgmax, value: '1'}]}"),
        spec_with("securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: '1'}]}"),
    ),
    ("SELinux", container("seLinuxOptions: {type: spc_t}"), container("seLinuxOptions: {type: container_t, level: s0}")),
    ("SELinux", spec_with("securityContext: {seLinuxOptions: {user: root}}"), spec_with("securityContext: {seLinuxOptions: {user: ''}}")),
    ("SELinux", container("seLinuxOptions: {role: sysadm_r}"), container("seLinuxOptions: {role: ''}")),
    (
        "host process",
        spec_with("securityContext: {windowsOptions: {hostProcess: true}}"),
        spec_with("securityContext: {windowsOptions: {}}"),
    ),
    ("AppArmor", container("appArmorProfile: {type: Unconfined}"), container("appArmorProfile: {type: Localhost, localhostProfile: x}")),
    ("proc mount", container("procMount: Unmasked"), container("procMount: Default")),
    ("seccomp", container("seccompProfile: {type: Unconfined}"), container("seccompProfile: {type: Localhost}")),
    ("host path volumes", spec_with("volumes: [{name: v, hostPath: {path: /}}]"), spec_with("volumes: [{name: v, emptyDir: {}}]")),
    (
        "host probes",
        container(more=", livenessProbe: {httpGet: {port: 80, host: 10.0.0.1}}"),
        container(more=", livenessProbe: {httpGet: {port: 80}}"),
    ),
    (
        "host probes",
        container(more=", lifecycle: {preStop: {tcpSocket: {port: 80, host: x}}}"),
        container(more=", lifecycle: {preStop: {exec: {}}}"),
    ),
]
RESTRICTED = [
    ("volume types", spec_with("volumes: [{name: v, nfs: {server: s, path: /}}]"), spec_with("volumes: [{name: v, configMap: {name: c}}]")),
    ("privilege escalation", container("allowPrivilegeEscalation: true"), container()),
    ("privilege escalation", container("allowPrivilegeEscalation: null"), container()),
    ("dropped capabilities", container("capabilities: {drop: [NET_RAW]}"), container()),
    (
        "dropped capabilities",
        container("capabilities: {drop: [ALL], add: [CHOWN]}"),
        container("capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}"),
    ),
    ("running as non-root", container("runAsNonRoot: false"), container()),
    ("running as non-root", container("runAsNonRoot: null"), spec_with("securityContext: {runAsNonRoot: true}", "runAsNonRoot: null")),
    ("running as non-root", spec_with("securityContext: {runAsNonRoot: false}", "runAsNonRoot: null"), container()),
    ("root user", container("runAsUser: 0"), container("runAsUser: 1000")),
    ("root user", spec_with("securityContext: {runAsUser: 0}"), spec_with("securityContext: {runAsUser: 5}")),
    (
        "seccomp profile",
        container("seccompProfile: null"),
        spec_with("securityContext: {seccompProfile: {type: Localhost}}", "seccompProfile: null"),
    ),
    ("seccomp profile", container("seccompProfile: {type: Unconfined}"), container()),
]


@pytest.mark.parametrize(("control", "bad", "good"), BASELINE)
def test_baseline(control: str, bad: str, good: str) -> None:
    assert assess(made(bad), Level.BASELINE).controls == (control,)
    assert assess(made(good), Level.BASELINE).passed
    assert not assess(made(bad), Level.RESTRICTED).passed
    assert assess(made(good), Level.RESTRICTED).passed
    assert assess(made(bad), Level.PRIVILEGED).passed


@pytest.mark.parametrize(("control", "bad", "good"), RESTRICTED)
def test_restricted(control: str, bad: str, good: str) -> None:
    assert assess(made(bad), Level.RESTRICTED).controls == (control,)
    assert assess(made(good), Level.RESTRICTED).passed


@pytest.mark.parametrize(
    ("control", "spec", "first"),
    [
        ("privilege escalation", container("allowPrivilegeEscalation: true"), (1, 8)),
        ("dropped capabilities", container("capabilities: {}"), (1, 22)),
        ("root user", container("runAsUser: 0"), (1, 23)),
        ("seccomp profile", container("seccompProfile: null"), (1, 19)),
        ("host probes", container(more=", livenessProbe: {tcpSocket: {port: 80, host: x}}"), (1, 34)),
    ],
)
def test_controls_begin_with_a_version(control: str, spec: str, first: tuple[int, int]) -> None:
    assert control in assess(made(spec), Level.RESTRICTED, first).controls
    assert control not in assess(made(spec), Level.RESTRICTED, (first[0], first[1] - 1)).controls


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("net.ipv4.ip_local_reserved_ports", (1, 27)),
        ("net.ipv4.tcp_keepalive_time", (1, 29)),
        ("net.ipv4.tcp_rmem", (1, 32)),
        ("net.ipv4.tcp_notsent_lowat", (1, 37)),
    ],
)
def test_sysctls_become_safe(name: str, first: tuple[int, int]) -> None:
    it = made(spec_with(f"securityContext: {{sysctls: [{{name: {name}, value: '1'}}]}}"))
    assert assess(it, Level.BASELINE, first).passed
    assert not assess(it, Level.BASELINE, (first[0], first[1] - 1)).passed


def test_types_of_selinux_grow() -> None:
    it = made(container("seLinuxOptions: {type: container_engine_t}"))
    assert assess(it, Level.BASELINE, (1, 31)).passed
    assert not assess(it, Level.BASELINE, (1, 30)).passed


def test_windows_pods_need_no_linux_fields() -> None:
    it = made("{os: {name: windows}, securityContext: {runAsNonRoot: true}, containers: [{name: a}]}")
    assert assess(it, Level.RESTRICTED, (1, 25)).passed
    assert assess(it, Level.RESTRICTED, (1, 24)).controls == ("privilege escalation", "dropped capabilities", "seccomp profile")


def test_user_namespaces_relax() -> None:
    root = made(spec_with("hostUsers: false", "runAsNonRoot: false, runAsUser: 0"))
    assert assess(root, Level.RESTRICTED, (1, 35)).passed
    assert assess(root, Level.RESTRICTED, (1, 34)).controls == ("running as non-root", "root user")
    unmasked = made(spec_with("hostUsers: false", "procMount: Unmasked"))
    assert assess(unmasked, Level.BASELINE, (1, 35)).passed
    assert not assess(unmasked, Level.BASELINE, (1, 34)).passed
    assert not assess(unmasked, Level.RESTRICTED, (1, 35)).passed


def test_annotations_count() -> None:
    armed = made(container(), ", annotations: {container.apparmor.security.beta.kubernetes.io/a: unconfined}")
    assert assess(armed, Level.BASELINE).controls == ("AppArmor",)
    assert assess(
        made(container(), ", annotations: {container.apparmor.security.beta.kubernetes.io/a: localhost/x}"), Level.BASELINE
    ).passed
    for key in ("seccomp.security.alpha.kubernetes.io/pod", "container.seccomp.security.alpha.kubernetes.io/a"):
        old = made(container(), f", annotations: {{{key}: unconfined}}")
        assert assess(old, Level.BASELINE, (1, 18)).controls == ("seccomp",)
        assert assess(old, Level.BASELINE, (1, 19)).passed


@pytest.mark.parametrize("listing", ["containers", "initContainers", "ephemeralContainers"])
def test_every_container_counts(listing: str) -> None:
    good = "{name: a, securityContext: {" + HARD + "}}"
    bad = "{name: b, securityContext: {" + HARD + ", privileged: true}}"
    spec = f"{{containers: [{good}], {listing}: [{bad}]}}"
    assert assess(made(spec), Level.BASELINE).controls == ("privileged containers",)


def test_strictest() -> None:
    assert strictest(made(container())) is Level.RESTRICTED
    assert strictest(made("{containers: [{name: a}]}")) is Level.BASELINE
    assert strictest(made("{hostPID: true, containers: [{name: a}]}")) is Level.PRIVILEGED


def test_what_is_unknown_decides_nothing() -> None:
    it = made(container("privileged: maybe"))
    it.containers[0].where.at("securityContext.privileged").value_.data = Unknown("a variable")
    found = assess(it, Level.BASELINE)
    assert not found.violations
    assert [control for control, _ in found.undecided] == ["privileged containers"]
    with pytest.raises(Undecided):
        assert found.passed


def test_junk_crashes_nothing() -> None:
    kinds: tuple[Any, ...] = (None, 7, "x", [], {}, [Value(3)], {"name": Value(3)})
    for junk in kinds:
        for field in ("containers", "volumes", "securityContext", "hostUsers", "os", "initContainers"):
            it = made(container())
            table: Any = it.where.data
            table[field] = Value(junk)
            for version in (OLD, (1, 22), LATEST):
                assert isinstance(assess(it, Level.RESTRICTED, version).violations, tuple)


def test_every_control_has_a_case() -> None:
    assert {control.name for control in CONTROLS} == {name for name, _, _ in (*BASELINE, *RESTRICTED)}


def test_places_are_the_lines_that_are_wrong() -> None:
    text = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  hostPID: true\n  containers:\n  - name: a\n    image: x\n"
    found = assess(pod(graph_of(text)), Level.RESTRICTED)
    assert {violation.control: violation.where.span.line for violation in found.violations} == {
        "host namespaces": 5,
        "privilege escalation": 7,
        "dropped capabilities": 7,
        "running as non-root": 7,
        "seccomp profile": 7,
    }
    assert all(isinstance(violation.where, Node) for violation in found.violations)
