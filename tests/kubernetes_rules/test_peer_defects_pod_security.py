"""Pod security: what other tools get wrong, what we say, and what we must not say."""

from __future__ import annotations

import pytest

from tests.kubernetes_rules.ran import messages, resources, results

HARD = (
    "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, runAsNonRoot: true, "
    "readOnlyRootFilesystem: true, seccompProfile: {type: RuntimeDefault}"
)


def pod(spec: str = "", container: str = "", metadata: str = "") -> str:
    return (
        f"---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p{metadata}}}\n"
        f'spec: {{containers: [{{name: a, image: "shop/web:1"{container}}}]{spec}}}\n'
    )


def namespace(labels: str, name: str = "shop") -> str:
    return f"---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: {name}, labels: {{{labels}}}}}\n"


@pytest.mark.parametrize(
    "name", ["net.ipv4.tcp_syncookies", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_keepalive_time", "net/ipv4/tcp_rmem"]
)
def test_safe_sysctls_are_no_findings(name: str) -> None:
    assert not resources("pod_security/sysctl_unsafe", pod(f", securityContext: {{sysctls: [{{name: {name}, value: '1'}}]}}"))


@pytest.mark.parametrize(
    "name", ["net.ipv4.tcp_tw_reuse", "net.core.somaxconn", "vm.overcommit_memory", "user.max_user_namespaces", "abi.vsyscall32"]
)
def test_unsafe_sysctls_of_any_prefix_are(name: str) -> None:
    assert resources("pod_security/sysctl_unsafe", pod(f", securityContext: {{sysctls: [{{name: {name}, value: '1'}}]}}"))


def test_escalation_is_allowed_unless_it_is_denied() -> None:
    assert messages("pod_security/privilege_escalation_allowed", pod())
    assert not messages("pod_security/privilege_escalation_requested", pod())
    asked = pod(container=", securityContext: {allowPrivilegeEscalation: true}")
    assert not messages("pod_security/privilege_escalation_allowed", asked)
    assert messages("pod_security/privilege_escalation_requested", asked)


def test_init_and_ephemeral_containers_count() -> None:
    for listing in ("initContainers", "ephemeralContainers"):
        assert resources("pod_security/container_privileged", pod(f", {listing}: [{{name: b, securityContext: {{privileged: true}}}}]"))


@pytest.mark.parametrize(
    "variable",
    [
        "{name: ADMIN_EMAIL, value: admin@shop.example}",
        "{name: PASSWORD_FILE, value: /run/secrets/db}",
        "{name: SECRET_NAME, value: shop-db}",
        "{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}",
        "{name: DB_PASSWORD, value: $(OTHER)}",
        "{name: DB_PASSWORD, value: changeme}",
        "{name: TOKEN_URL, value: 'https://sso.shop.example/token'}",
        "{name: API_TOKEN, value: 'true'}",
        "{name: PASSWORD_MIN_LENGTH, value: '12'}",
    ],
)
def test_a_name_alone_is_no_secret(variable: str) -> None:
    assert not messages("pod_security/secret_in_environment", pod(container=f", env: [{variable}]"))


@pytest.mark.parametrize(
    "variable",
    [
        "{name: DB_PASSWORD, value: kq7-Tolmin-29}",
        "{name: UPSTREAM, value: 'postgres://shop:kq7-Tolmin-29@db:5432/shop'}",
        "{name: HARMLESS, value: ghp_" + "aB3dE5fG7h" * 4 + "}",
    ],
)
def test_a_value_is_and_is_never_shown(variable: str) -> None:
    found = results("pod_security/secret_in_environment", pod(container=f", env: [{variable}]")).findings
    assert len(found) == 1
    assert "Tolmin" not in repr(found)
    assert "aB3dE5fG7h" not in repr(found)


def test_an_address_in_a_config_map_is_no_secret() -> None:
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {%s}\n"
    assert not messages("pod_security/secret_in_config_map", text % "admin_email: admin@shop.example")
    assert not messages("pod_security/secret_in_config_map", text % "check.py: 'def validate(password): return len(password) > 8'")
    assert messages("pod_security/secret_in_config_map", text % "config: DB_PASSWORD=kq7Tolmin29")


def test_a_field_wins_over_the_old_annotation() -> None:
    old = ", annotations: {container.seccomp.security.alpha.kubernetes.io/a: unconfined}"
    assert messages("pod_security/seccomp_unconfined", pod(metadata=old))
    assert not messages("pod_security/seccomp_unconfined", pod(", securityContext: {seccompProfile: {type: RuntimeDefault}}", metadata=old))


def test_one_capability_is_one_finding() -> None:
    rules = ("sys_admin", "of_kernel", "dangerous", "net_raw", "unusual", "common")
    for name, expected in (
        ("SYS_ADMIN", "sys_admin"),
        ("CAP_SYS_MODULE", "of_kernel"),
        ("net_admin", "dangerous"),
        ("NET_RAW", "net_raw"),
        ("SYS_NICE", "unusual"),
        ("CHOWN", "common"),
        ("NET_BIND_SERVICE", ""),
    ):
        text = pod(container=f", securityContext: {{capabilities: {{add: [{name}]}}}}")
        assert [it for it in rules if messages(f"pod_security/capability_{it}_added", text)] == ([expected] if expected else [])


def test_one_path_of_the_node_is_one_finding() -> None:
    rules = (
        "runtime_socket_mounted",
        "host_path_sensitive_writable",
        "host_path_sensitive_readable",
        "host_path_writable",
        "host_path_mounted",
    )
    for path, read_only, expected in (
        ("/var/run/docker.sock", True, 0),
        ("/run/containerd/containerd.sock", False, 0),
        ("/etc/", False, 1),
        ("/var/run", True, 2),
        ("/etc/localtime", True, 4),
        ("/data", False, 3),
    ):
        mount = f", volumeMounts: [{{name: v, mountPath: /m, readOnly: {str(read_only).lower()}}}]"
        text = pod(f", volumes: [{{name: v, hostPath: {{path: {path}}}}}]", mount)
        assert [number for number, it in enumerate(rules) if messages(f"pod_security/{it}", text)] == [expected], path


def test_a_level_is_one_finding_with_its_controls_inside() -> None:
    (finding,) = results("pod_security/level_missed", pod(", initContainers: [{name: b}]")).findings
    assert finding.message.endswith("privilege escalation, dropped capabilities, running as non-root, seccomp profile")
    assert len(finding.related) == 8
    assert not messages("pod_security/level_missed", pod(container=f", securityContext: {{{HARD}}}"))


def test_the_level_of_the_namespace_decides() -> None:
    here = ", namespace: shop"
    enforced = namespace("pod-security.kubernetes.io/enforce: restricted") + pod(metadata=here)
    assert messages("pod_security/enforced_level_violated", enforced)
    for quiet in ("level_missed", "warned_level_violated"):
        assert not messages(f"pod_security/{quiet}", enforced), quiet
    baseline = namespace("pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/warn: restricted") + pod(metadata=here)
    assert not messages("pod_security/enforced_level_violated", baseline)
    assert messages("pod_security/warned_level_violated", baseline)
    elsewhere = namespace("pod-security.kubernetes.io/enforce: restricted", "other") + pod(metadata=here)
    assert not messages("pod_security/enforced_level_violated", elsewhere)
    assert not messages("pod_security/enforced_level_violated", namespace("pod-security.kubernetes.io/enforce: restricted") + pod())


def test_the_version_of_the_namespace_decides() -> None:
    labels = "pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/enforce-version: %s"
    text = pod(", securityContext: {sysctls: [{name: net.ipv4.tcp_rmem, value: '1'}]}", metadata=", namespace: shop")
    assert messages("pod_security/enforced_level_violated", namespace(labels % "v1.31") + text)
    assert not messages("pod_security/enforced_level_violated", namespace(labels % "v1.32") + text)
    assert not messages("pod_security/enforced_level_violated", namespace(labels % "latest") + text)


def test_user_namespaces_make_root_harmless() -> None:
    root = ", securityContext: {runAsUser: 0}"
    assert messages("pod_security/user_root", pod(root))
    assert not messages("pod_security/user_root", pod(f"{root}, hostUsers: false"))


def test_an_absent_namespace_is_not_the_default_one() -> None:
    assert not messages("namespace/default_used", pod())
    assert messages("namespace/default_used", pod(metadata=", namespace: default"))
    assert [str(it.severity) for it in results("namespace/unset", pod()).findings] == ["info"]
