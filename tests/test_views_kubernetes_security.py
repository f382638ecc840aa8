"""Views that security rules of Kubernetes stand on."""

from __future__ import annotations

import pytest

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.value import Unknown, Value
from auditor.views.kubernetes import api_resource, power
from auditor.views.kubernetes.capability import added, kept
from auditor.views.kubernetes.host_path import HostPath, host_paths
from auditor.views.kubernetes.placement import is_given
from auditor.views.kubernetes.pod_standard import demand, namespace_object, place_of
from auditor.views.kubernetes.rbac import Grant, grants
from auditor.views.kubernetes.secret_text import leaks, secret_in, secret_in_text
from auditor.views.kubernetes.takeover import paths
from auditor.views.pod_security import LATEST, Level
from tests.kubernetes_made import graph_of, one, pod, pod_text


def text(value: str | Unknown) -> Node:
    return Node(Value(value))


def grant(rule: str) -> Grant:
    graph = graph_of(f"apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: r}}\nrules: [{rule}]\n")
    (found,) = grants(one(graph, "ClusterRole"), graph)
    return found


@pytest.mark.parametrize(
    ("group", "name", "expected"),
    [
        ("", "pods", True),
        ("", "pods/log", True),
        ("", "pods/logs", False),
        ("", "deployments", False),
        ("apps", "deployments/scale", True),
        ("apps", "*/scale", True),
        ("", "*/log", True),
        ("", "*/nothing", False),
        ("shop.example", "carts", None),
        ("batch", "cronjobs/finalizers", True),
    ],
)
def test_resources_of_the_api(group: str, name: str, expected: bool | None) -> None:
    assert api_resource.exists(group, name) is expected


@pytest.mark.parametrize(
    ("name", "group", "expected"),
    [("pod", "", "pods"), ("ingress", "networking.k8s.io", "ingresses"), ("Deployment", "apps", "deployments"), ("xyz", "", "")],
)
def test_the_nearest_resource(name: str, group: str, expected: str) -> None:
    assert api_resource.nearest(name, frozenset({group})) == expected


def test_resources_know_whether_they_have_a_namespace() -> None:
    known = api_resource.builtin()
    assert known[""]["pods"].namespaced
    assert not known[""]["nodes"].namespaced
    assert {"proxy", "configz"} <= known[""]["nodes"].parts
    assert api_resource.groups_with("ingresses") == ("networking.k8s.io",)


def test_custom_resources_that_are_defined_here() -> None:
    crd = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: c}\nspec: {group: shop.example, names: {plural: carts}}\n"
    assert api_resource.declared(graph_of(crd)) == {("shop.example", "carts")}


@pytest.mark.parametrize(
    ("rule", "name", "used", "given"),
    [
        ('{apiGroups: [""], resources: [secrets], verbs: [get]}', "secrets", True, True),
        ('{apiGroups: [""], resources: [secrets], verbs: ["*"]}', "secrets", True, True),
        ('{apiGroups: [""], resources: ["*"], verbs: ["*"]}', "secrets", False, True),
        ('{apiGroups: ["*"], resources: [secrets], verbs: [list]}', "secrets", True, True),
        ('{apiGroups: [""], resources: [secrets], resourceNames: [a], verbs: [get]}', "secrets", False, False),
        ("{apiGroups: [apps], resources: [secrets], verbs: [get]}", "secrets", False, False),
        ('{apiGroups: [""], resources: ["pods/*"], verbs: [create]}', "exec", False, False),
        ('{apiGroups: [""], resources: ["*/exec"], verbs: [create]}', "exec", True, True),
        ('{apiGroups: [certificates.k8s.io], resources: ["*"], verbs: [update]}', "approval", True, True),
        ('{apiGroups: [""], resources: [users], resourceNames: [a], verbs: [impersonate]}', "impersonate", True, True),
    ],
)
def test_powers(rule: str, name: str, used: bool, given: bool) -> None:
    it = grant(rule)
    assert (power.POWERS[name].used(it) is not None) is used
    assert power.POWERS[name].given(it) is given


def test_everything_and_its_like() -> None:
    wide = grant('{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}')
    core = grant('{apiGroups: [""], resources: ["*"], verbs: ["*"]}')
    spelled = grant('{apiGroups: ["*"], resources: ["*"], verbs: [get, list, watch, create, update, patch, delete]}')
    reader = grant('{apiGroups: ["*"], resources: ["*"], verbs: [get]}')
    assert [power.everything(it) for it in (wide, core, spelled, reader)] == [True, False, True, False]
    assert [power.administers(it) for it in (wide, core, spelled, reader)] == [True, True, False, False]
    assert power.takeovers(wide) == ("do everything",)
    assert power.takeovers(reader)[0] == "read Secrets"
    assert power.takeovers(grant('{apiGroups: [""], resources: [pods], verbs: [get]}')) == ()


def test_a_power_of_an_unknown_list_is_undecided() -> None:
    it = grant('{apiGroups: [""], resources: [secrets], verbs: [get]}')
    it.where.at("resources[0]").value_.data = Unknown("a variable")
    with pytest.raises(Undecided):
        power.POWERS["exec"].used(Grant(it.where, it.groups, it.resources, frozenset({"create"}), it.names))


def mounted(path: str, read_only: bool) -> HostPath:
    spec = (
        f"{{containers: [{{name: a, image: x, volumeMounts: [{{name: v, mountPath: /m, readOnly: {str(read_only).lower()}}}]}}], "
        f"volumes: [{{name: v, hostPath: {{path: {path}}}}}, {{name: w, emptyDir: {{}}}}]}}"
    )
    graph = graph_of(pod_text(spec))
    (found,) = host_paths(one(graph, "Pod"), graph)
    return found


@pytest.mark.parametrize(
    ("path", "socket", "sensitive"),
    [
        ("/var/run/docker.sock", True, False),
        ("/run/containerd/", True, False),
        ("/var/run", False, True),
        ("/", False, True),
        ("//etc/", False, True),
        ("/etc/kubernetes/pki", False, True),
        ("/etc/localtime", False, False),
        ("/var/log", False, False),
        ("/data/../etc", False, True),
    ],
)
def test_paths_of_the_node(path: str, socket: bool, sensitive: bool) -> None:
    found = mounted(path, read_only=True)
    assert (found.socket, found.sensitive) == (socket, sensitive)
    assert found.writable is None
    assert mounted(path, read_only=False).writable is not None


def test_capabilities() -> None:
    it = pod(
        graph_of(pod_text("{containers: [{name: a, securityContext: {capabilities: {add: [CAP_Sys_Admin, chown], drop: [cap_net_raw]}}}]}"))
    )
    (container,) = it.containers
    assert [name for _, name in added(container)] == ["SYS_ADMIN", "CHOWN"]
    assert kept(container) == "some"


@pytest.mark.parametrize(("drop", "expected"), [("[ALL]", "nothing"), ("[all]", "nothing"), ("[MKNOD]", "NET_RAW"), ("[]", "everything")])
def test_what_of_the_capabilities_is_kept(drop: str, expected: str) -> None:
    it = pod(graph_of(pod_text(f"{{containers: [{{name: a, securityContext: {{capabilities: {{drop: {drop}}}}}}}]}}")))
    assert kept(it.containers[0]) == expected


def labelled(labels: str) -> Graph:
    return graph_of(
        f"apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {{{labels}}}}}\n---\n" + pod_text("{containers: [{name: a}]}")
    )


@pytest.mark.parametrize(
    ("labels", "level", "version"),
    [
        ("pod-security.kubernetes.io/enforce: baseline", Level.BASELINE, LATEST),
        ("pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/enforce-version: v1.25", Level.BASELINE, (1, 25)),
        ("pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/enforce-version: v1.99", Level.BASELINE, LATEST),
        ("pod-security.kubernetes.io/enforce: strict", Level.RESTRICTED, LATEST),
    ],
)
def test_what_a_namespace_asks_for(labels: str, level: Level, version: tuple[int, int]) -> None:
    asked = demand(one(labelled(labels), "Namespace"), "enforce")
    assert asked is not None
    assert (asked.level, asked.version) == (level, version)


def test_a_namespace_that_asks_for_nothing() -> None:
    graph = labelled("a: b")
    assert demand(one(graph, "Namespace"), "enforce") is None
    assert namespace_object(pod(graph), graph) is None
    missing = pod(graph)
    assert place_of(missing, missing.containers[0].where.at("securityContext")).path == "spec.containers"


def test_secrets_by_value() -> None:
    assert secret_in_text("password", "kq7-Tolmin-29") == "a secret"
    assert secret_in_text("colour", "kq7-Tolmin-29") == ""
    assert secret_in_text("colour", "ghp_" + "aB3dE5fG7h" * 4) == "a GitHub token"
    assert secret_in("password", text("$(OTHER)")) == ""
    assert secret_in("colour", text(Unknown("a variable"))) == ""
    with pytest.raises(Undecided):
        secret_in("password", text(Unknown("a variable")))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("db.host=db\ndb.password=kq7Tolmin29\n", ["the value of db.password"]),
        ("db:\n  password: ${DB_PASSWORD}\n", []),
        ("password: changeme\nuser: shop\n", []),
        ("DB_PASSWORD=kq7Tolmin29", ["the value of DB_PASSWORD"]),
        ("password_file=/run/secrets/db\nx=1\n", []),
    ],
)
def test_secrets_in_files_of_config_maps(content: str, expected: list[str]) -> None:
    assert list(leaks("config", text(content))) == expected


def test_what_the_cluster_makes_itself() -> None:
    graph = graph_of(
        "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default}\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web}\n"
    )
    assert is_given(one(graph, "ServiceAccount", "default"))
    assert not is_given(one(graph, "ServiceAccount", "web"))


def test_ways_to_the_cluster_name_routes_from_outside() -> None:
    graph = graph_of(
        """\
apiVersion: v1
kind: ServiceAccount
metadata: {name: edge, namespace: ops}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: edge}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: ServiceAccount, name: edge, namespace: ops}]
---
apiVersion: v1
kind: Service
metadata: {name: edge, namespace: ops}
spec: {selector: {app: edge}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: edge, namespace: ops}
spec: {defaultBackend: {service: {name: edge, port: {number: 80}}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: edge, namespace: ops}
spec:
  selector: {matchLabels: {app: edge}}
  template:
    metadata: {labels: {app: edge}}
    spec: {serviceAccountName: edge, containers: [{name: a, image: "shop/edge:1"}]}
"""
    )
    (path,) = paths(pod(graph))
    assert path.all
    assert path.words == "edge -> edge -> cluster-admin"
    assert path.exposure == ", and ops/Ingress/edge opens the pods to the outside"
