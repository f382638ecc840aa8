"""What manifests mean: defaults, quantities, images, selectors, probes, demand, hygiene, lifecycles."""

from __future__ import annotations

from fractions import Fraction

import pytest

from auditor.model.node import Undecided
from auditor.model.value import Unknown
from auditor.views.kubernetes import config_reference, demand, hygiene, image, lifecycle, quantity
from auditor.views.kubernetes.container import Role
from auditor.views.kubernetes.network_policy import is_isolated
from auditor.views.kubernetes.pod import containers, pods
from auditor.views.kubernetes.selector import label_selector, labels_of
from auditor.views.kubernetes.workload import KINDS, replicas
from tests.kubernetes_made import deployment, graph_of, one, pod, pod_text


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1", 1),
        ("250m", Fraction(1, 4)),
        ("512m", Fraction(64, 125)),
        ("512Mi", 512 * 1024**2),
        ("1.5Gi", Fraction(3, 2) * 1024**3),
        ("1e3", 1000),
        ("12E", 12 * 10**18),
        (".5", Fraction(1, 2)),
        ("-1", -1),
        ("100n", Fraction(1, 10**7)),
        ("512mi", None),
        ("1GB", None),
        ("1 Gi", None),
        ("", None),
        ("Gi", None),
    ],
)
def test_quantities(text: str, amount: Fraction | None) -> None:
    assert quantity.parse(text) == amount


def test_quantities_are_shown() -> None:
    assert [quantity.show("requests.cpu", Fraction(1, 4)), quantity.show("cpu", Fraction(2))] == ["250m", "2"]
    assert [quantity.show("memory", Fraction(3 * 1024**3, 2)), quantity.show("memory", Fraction(64, 125))] == ["1.5Gi", "0.512 bytes"]
    assert quantity.show("pods", Fraction(10)) == "10"


@pytest.mark.parametrize(
    ("text", "registry", "repository", "tag", "effective"),
    [
        ("nginx", "", "nginx", "", "latest"),
        ("nginx:1.27", "", "nginx", "1.27", "1.27"),
        ("registry:5000/app", "registry:5000", "app", "", "latest"),
        ("registry:5000/app:2", "registry:5000", "app", "2", "2"),
        ("localhost/app", "localhost", "app", "", "latest"),
        ("shop/app@sha256:" + "a" * 64, "", "shop/app", "", ""),
        ("ghcr.io/a/b:v1@sha256:" + "a" * 64, "ghcr.io", "a/b", "v1", "v1"),
    ],
)
def test_images(text: str, registry: str, repository: str, tag: str, effective: str) -> None:
    found = image.parse(text)
    assert found is not None
    assert (found.registry, found.repository, found.tag, found.effective_tag) == (registry, repository, tag, effective)


@pytest.mark.parametrize("text", ["", "Nginx", "a b", "a:", "{{ .Values.image }}", "a@sha256:1", "a:b:c", "-a"])
def test_what_is_no_image(text: str) -> None:
    assert image.parse(text) is None


def test_implied_parts_of_images() -> None:
    found = image.parse("nginx")
    assert found is not None
    assert found.full_repository == "docker.io/library/nginx"
    policies = [image.pull_policy(image.parse(text), None) for text in ("a", "a:latest", "a:1", "a@sha256:" + "b" * 64)]
    assert policies == ["Always", "Always", "IfNotPresent", "IfNotPresent"]


SELECTORS = [
    ("{}", "{}", True),
    ("{matchLabels: {a: x}}", "{a: x, b: y}", True),
    ("{matchLabels: {a: x}}", "{a: y}", False),
    ("{matchLabels: {a: x}}", "{}", False),
    ("{matchExpressions: [{key: a, operator: In, values: [x, y]}]}", "{a: y}", True),
    ("{matchExpressions: [{key: a, operator: In, values: [x, y]}]}", "{}", False),
    ("{matchExpressions: [{key: a, operator: NotIn, values: [x]}]}", "{}", True),
    ("{matchExpressions: [{key: a, operator: NotIn, values: [x]}]}", "{a: x}", False),
    ("{matchExpressions: [{key: a, operator: Exists}]}", "{a: ''}", True),
    ("{matchExpressions: [{key: a, operator: Exists}]}", "{b: x}", False),
    ("{matchExpressions: [{key: a, operator: DoesNotExist}]}", "{b: x}", True),
    ("{matchExpressions: [{key: a, operator: DoesNotExist}], matchLabels: {b: y}}", "{b: x}", False),
]


@pytest.mark.parametrize(("selector", "labels", "matches"), SELECTORS)
def test_selectors(selector: str, labels: str, matches: bool) -> None:
    graph = graph_of(f"apiVersion: v1\nkind: X\nmetadata: {{name: x, labels: {labels}}}\nselector: {selector}\n")
    it = one(graph, "X")
    assert label_selector(it.at("selector")).matches(labels_of(it.at("metadata.labels"))) is matches


def test_a_certain_mismatch_decides_before_what_is_unknown() -> None:
    graph = graph_of("apiVersion: v1\nkind: X\nmetadata: {name: x, labels: {a: x, b: y}}\nselector: {matchLabels: {a: other, b: y}}\n")
    it = one(graph, "X")
    it.at("metadata.labels.b").value_.data = Unknown("a variable")
    selector = label_selector(it.at("selector"))
    assert selector.matches(labels_of(it.at("metadata.labels"))) is False
    it.at("metadata.labels.a").value_.data = "other"
    with pytest.raises(Undecided, match="a variable"):
        selector.matches(labels_of(it.at("metadata.labels")))


@pytest.mark.parametrize("kind", KINDS.split())
def test_every_kind_that_makes_pods(kind: str) -> None:
    spec = "{containers: [{name: a, image: x}]}"
    body = {
        "Pod": f"spec: {spec}",
        "Revision": f"spec: {spec}",
        "PodTemplate": f"template: {{spec: {spec}}}",
        "ScaledJob": f"spec: {{jobTargetRef: {{template: {{spec: {spec}}}}}}}",
        "LeaderWorkerSet": f"spec: {{leaderWorkerTemplate: {{workerTemplate: {{spec: {spec}}}}}}}",
        "CronJob": f"spec: {{jobTemplate: {{spec: {{template: {{spec: {spec}}}}}}}}}",
    }.get(kind, f"spec: {{template: {{spec: {spec}}}}}")
    name, _, group = kind.partition(".")
    graph = graph_of(f"apiVersion: {group or 'x'}/v1\nkind: {name}\nmetadata: {{name: a}}\n{body}\n")
    assert [it.name for it in containers(one(graph, kind), graph)] == ["a"]


def test_what_makes_no_pods() -> None:
    graph = graph_of(
        "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: a}\nspec: {workloadRef: {name: web}}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n"
    )
    assert [pods(it, graph) for it in graph.resources] == [(), ()]


def test_roles_and_defaults() -> None:
    it = pod(
        graph_of(
            pod_text(
                "{initContainers: [{name: i}, {name: s, restartPolicy: Always}], containers: [{name: a}], ephemeralContainers: [{name: e}]}"
            )
        )
    )
    assert [(one.name, one.role) for one in it.containers] == [
        ("i", Role.INIT),
        ("s", Role.SIDECAR),
        ("a", Role.APP),
        ("e", Role.EPHEMERAL),
    ]
    assert [one.name for one in it.running] == ["s", "a"]
    assert (it.service_account, it.grace_period, it.restart_policy, it.dns_policy) == ("default", 30, "Always", "ClusterFirst")
    assert replicas(one(graph_of(deployment()), "Deployment")) == 1


def test_the_container_wins_over_the_pod() -> None:
    text = "{securityContext: {runAsUser: 5, runAsNonRoot: true}, containers: [{name: a, securityContext: {runAsUser: 0}}, {name: b}]}"
    first, second = pod(graph_of(pod_text(text))).containers
    assert (first.security("runAsUser").data, first.security("runAsNonRoot").data) == (0, True)
    assert (second.security("runAsUser").data, second.security("privileged").missing) == (5, True)


@pytest.mark.parametrize(
    ("security", "may"),
    [
        ("{}", True),
        ("{allowPrivilegeEscalation: false}", False),
        ("{allowPrivilegeEscalation: false, privileged: true}", True),
        ("{allowPrivilegeEscalation: false, capabilities: {add: [CAP_SYS_ADMIN]}}", True),
    ],
)
def test_privilege_escalation(security: str, may: bool) -> None:
    (it,) = pod(graph_of(pod_text(f"{{containers: [{{name: a, securityContext: {security}}}]}}"))).containers
    assert it.may_escalate is may


LIMITS = """\
---
apiVersion: v1
kind: LimitRange
metadata: {name: l, namespace: shop}
spec: {limits: [{type: Container, default: {memory: 1Gi}, defaultRequest: {memory: 256Mi}, max: {cpu: 2}}]}
"""


def test_requests_come_from_the_limit_then_from_the_range() -> None:
    text = pod_text(
        "{containers: [{name: a, resources: {limits: {memory: 512Mi}}}, {name: b}, {name: c, resources: {requests: {memory: 1Mi}}}]}",
        ", namespace: shop",
    )
    bare = pod(graph_of(text)).containers
    assert [it.request("memory") and it.request("memory").source for it in bare] == ["limit", None, "written"]  # type: ignore[union-attr]
    ranged = pod(graph_of(text + LIMITS)).containers
    assert [(found.source, int(found.value) >> 20) for it in ranged if (found := it.request("memory"))] == [
        ("limit", 512),
        ("LimitRange", 256),
        ("written", 1),
    ]
    assert [(found.source, int(found.value) >> 20) for it in ranged if (found := it.limit("memory"))] == [
        ("written", 512),
        ("LimitRange", 1024),
        ("LimitRange", 1024),
    ]
    assert [int(found.value) for it in ranged if (found := it.limit("cpu"))] == [2, 2, 2]


def test_a_range_of_another_namespace_gives_nothing() -> None:
    (it,) = pod(graph_of(pod_text("{containers: [{name: a}]}", ", namespace: other") + LIMITS)).containers
    assert it.request("memory") is None
    assert not it.asks_for("memory")


def test_what_the_pod_asks_for_covers_its_containers() -> None:
    (it,) = pod(graph_of(pod_text("{resources: {limits: {memory: 1Gi}}, containers: [{name: a}]}"))).containers
    assert it.asks_for("memory")
    assert it.is_limited("memory")
    assert not it.asks_for("cpu")


@pytest.mark.parametrize(
    ("spec", "millis"),
    [
        ("{containers: [{resources: {requests: {cpu: 100m}}}, {resources: {requests: {cpu: 200m}}}]}", 300),
        ("{containers: [{resources: {requests: {cpu: 100m}}}], initContainers: [{resources: {requests: {cpu: '1'}}}]}", 1000),
        (
            (
                "{containers: [{resources: {requests: {cpu: 100m}}}], initContainers: [{restartPolicy: Always, resources: {requests: {cpu: 50m}}},"
                " {resources: {requests: {cpu: 90m}}}]}"
            ),
            150,
        ),
        ("{overhead: {cpu: 10m}, containers: [{resources: {limits: {cpu: 100m}}}]}", 110),
        ("{resources: {requests: {cpu: '2'}}, containers: [{resources: {requests: {cpu: 100m}}}]}", 2000),
        ("{containers: [{name: a}]}", 0),
    ],
)
def test_demand_of_a_pod(spec: str, millis: int) -> None:
    assert demand.pod_demand(pod(graph_of(pod_text(spec))), "requests", "cpu") * 1000 == millis


def test_probes_and_ports() -> None:
    text = (
        "{hostNetwork: true, containers: [{name: a, ports: [{name: web, containerPort: 8080}],"
        " livenessProbe: {httpGet: {port: web}, failureThreshold: 5}, readinessProbe: {tcpSocket: {port: 9}}}]}"
    )
    (it,) = pod(graph_of(pod_text(text))).containers
    liveness, readiness = it.probe("liveness"), it.probe("readiness")
    assert liveness is not None
    assert readiness is not None
    assert (liveness.window, liveness.number("timeoutSeconds"), it.port_number(liveness.port)) == (50, 1, 8080)
    assert it.port_number(readiness.port) == 9
    assert it.probe("startup") is None
    assert [(port.number, port.host_port, port.protocol) for port in it.ports] == [(8080, 8080, "TCP")]


def test_what_pods_read() -> None:
    text = (
        "{imagePullSecrets: [{name: pull}], containers: [{name: a, env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: k}}},"
        " {name: B, valueFrom: {secretKeyRef: {name: s, key: k, optional: true}}}], envFrom: [{configMapRef: {name: all}}]}],"
        " initContainers: [{name: i, envFrom: [{secretRef: {name: init}}]}],"
        " volumes: [{name: v, secret: {secretName: sv, items: [{key: x, path: y}]}}, {name: p, projected: {sources: [{configMap: {name: pc}}]}}]}"
    )
    found = [
        (it.kind, it.name, it.how, it.key.data if it.key.present else None, it.optional)
        for it in config_reference.references(pod(graph_of(pod_text(text))))
    ]
    assert found == [
        ("Secret", "init", "envFrom", None, False),
        ("ConfigMap", "c", "env", "k", False),
        ("Secret", "s", "env", "k", True),
        ("ConfigMap", "all", "envFrom", None, False),
        ("Secret", "sv", "volume", "x", False),
        ("ConfigMap", "pc", "projected", None, False),
        ("Secret", "pull", "imagePullSecrets", None, False),
    ]


def test_keys_that_stand_twice() -> None:
    graph = graph_of("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels: {x: 1}\ndata:\n  k: one\n  k: two\n")
    it = one(graph, "ConfigMap")
    assert [(node.path, node.span.line) for node in hygiene.duplicate_keys(it, graph)] == [("data.k", 8)]
    assert [(node.path, hygiene.written(node)) for node in hygiene.not_text(it.at("metadata.labels"))] == [("metadata.labels.x", "1")]


def test_objects_that_are_declared_twice() -> None:
    config = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: x}\n"
    graph = graph_of(config + config + config.replace("namespace: x", "namespace: y"))
    assert [len(hygiene.declared_again(it, graph)) for it in graph.resources] == [1, 1, 0]


def test_lifecycles() -> None:
    graph = graph_of(
        "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: a}\n---\napiVersion: example.org/v1\nkind: Mine\nmetadata: {name: b}\n"
    )
    found = lifecycle.lifecycle_of(one(graph, "Ingress"))
    assert found is not None
    assert (found.deprecated, found.removed, found.replacement) == ((1, 14), (1, 22), "networking.k8s.io/v1 Ingress")
    assert lifecycle.lifecycle_of(one(graph, "Mine")) is None
    assert lifecycle.target_version(one(graph, "Ingress")) == lifecycle.NEWEST
    assert lifecycle.target_version(one(graph, "Ingress"), "v1.21.4") == (1, 21)


def test_the_table_of_lifecycles_is_in_order() -> None:
    table = lifecycle.table()
    assert len(table) > 180
    for life in table.values():
        dates = [date for date in (life.introduced, life.deprecated, life.removed) if date]
        assert dates == sorted(dates)
    assert table["policy/v1beta1", "PodSecurityPolicy"].removed == (1, 25)


@pytest.mark.parametrize(("value", "expected"), [("web", True), ("api", False), ('"{{ .Values.app }}"', None)])
def test_policies_that_select_by_a_label_of_unknown_value_are_asked(value: str, expected: bool | None) -> None:
    policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: {podSelector: {matchLabels: {app: web}}}\n"
    graph = graph_of(f"{policy}---\napiVersion: v1\nkind: Pod\nmetadata: {{name: x, labels: {{app: {value}}}}}\nspec: {{containers: []}}\n")
    (found,) = pods(graph.of("Pod")[0], graph)
    if expected is None:
        with pytest.raises(Undecided):
            is_isolated(found, "ingress")
    else:
        assert is_isolated(found, "ingress") is expected
