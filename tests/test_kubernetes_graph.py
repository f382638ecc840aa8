"""The object graph: three outcomes, namespaces, Services, routes, scalers, budgets, policies, grants; and the edges."""

from __future__ import annotations

import pytest

from auditor.links import links
from auditor.loaders import Settings
from auditor.loaders.files import Files
from auditor.loaders.kubernetes import units
from auditor.model.graph import Graph, Relation
from auditor.model.node import Undecided
from auditor.model.value import Unknown
from auditor.views.kubernetes import claim, config_reference, disruption, network_policy, rbac, route, scaler, service
from auditor.views.kubernetes.lookup import Outcome
from auditor.views.kubernetes.network_policy import Verdict, peer_of, verdict
from tests.kubernetes_made import deployment, graph_of, load, one, pod, pod_text


def thing(kind: str, name: str, body: str = "", metadata: str = "", version: str = "v1") -> str:
    return f"---\napiVersion: {version}\nkind: {kind}\nmetadata: {{name: {name}{metadata}}}\n{body}\n"


READS = pod_text("{containers: [{name: a, envFrom: [{configMapRef: {name: settings}}]}]}")


def config(text: str, *, closed: bool = False) -> tuple[Outcome, bool]:
    it = pod(graph_of(text, closed=closed), "p")
    (reference,) = config_reference.references(it)
    found = config_reference.look_up_config(reference, it)
    return found.outcome, found.complete


def test_three_outcomes() -> None:
    assert config(READS + thing("ConfigMap", "settings")) == (Outcome.FOUND, False)
    assert config(READS) == (Outcome.UNKNOWN, False)
    assert config(READS + thing("ConfigMap", "other")) == (Outcome.MISSING, False)
    assert config(READS, closed=True) == (Outcome.MISSING, True)


def test_what_could_not_be_read_may_be_what_is_missing() -> None:
    assert config(READS + thing("ConfigMap", "other") + "---\nkind: [\n") == (Outcome.UNKNOWN, False)


def test_namespaces_are_respected() -> None:
    here = pod_text("{containers: [{name: a, envFrom: [{configMapRef: {name: settings}}]}]}", ", namespace: a")
    assert config(here + thing("ConfigMap", "settings", metadata=", namespace: a"))[0] is Outcome.FOUND
    assert config(here + thing("ConfigMap", "other", metadata=", namespace: b"))[0] is Outcome.UNKNOWN
    assert config(here + thing("ConfigMap", "settings", metadata=", namespace: b"))[0] is Outcome.MISSING  # it stands in the wrong one
    assert config(here + thing("ConfigMap", "settings", metadata=", namespace: b"), closed=True)[0] is Outcome.MISSING
    assert config(here + thing("ConfigMap", "settings"))[0] is Outcome.FOUND  # it may go to that namespace
    assert config(here + thing("ConfigMap", "x", metadata=", namespace: a") + thing("ConfigMap", "settings", metadata=", namespace: b"))[
        0
    ] is (Outcome.MISSING)


def test_a_missing_object_says_which_one_may_be_meant() -> None:
    it = pod(graph_of(READS + thing("ConfigMap", "setings")), "p")
    found = config_reference.look_up_config(next(config_reference.references(it)), it)
    assert found.nearest is not None
    assert found.nearest.address.text == "/ConfigMap/setings"


@pytest.mark.parametrize(
    "producer",
    [
        thing("ExternalSecret", "x", "spec: {target: {name: keys}}", version="external-secrets.io/v1"),
        thing("SealedSecret", "keys", version="bitnami.com/v1alpha1"),
        thing("Certificate", "c", "spec: {secretName: keys}", version="cert-manager.io/v1"),
        thing("Job", "j", "spec: {template: {spec: {containers: [{name: a, args: [create, --secret-name=keys]}]}}}", version="batch/v1"),
    ],
)
def test_what_operators_make_exists(producer: str) -> None:
    it = pod(graph_of(pod_text("{imagePullSecrets: [{name: keys}], containers: [{name: a}]}") + producer, closed=True), "p")
    found = config_reference.look_up_config(next(config_reference.references(it)), it)
    assert (found.outcome, found.targets) == (Outcome.FOUND, ())


@pytest.mark.parametrize(
    ("other", "outcome"),
    [
        (thing("Kafka", "keys", version="kafka.strimzi.io/v1"), Outcome.UNKNOWN),
        (thing("Kafka", "key", version="kafka.strimzi.io/v1"), Outcome.MISSING),
        (thing("PodMonitor", "keys", version="monitoring.coreos.com/v1"), Outcome.MISSING),
        (thing("HelmRelease", "far", version="helm.toolkit.fluxcd.io/v2"), Outcome.UNKNOWN),
        (thing("Application", "a", "spec: {source: {path: deploy}}", version="argoproj.io/v1alpha1"), Outcome.MISSING),
        (thing("Application", "a", "spec: {source: {chart: redis}}", version="argoproj.io/v1alpha1"), Outcome.UNKNOWN),
    ],
)
def test_what_operators_and_charts_may_make_is_unknown(other: str, outcome: Outcome) -> None:
    text = pod_text("{imagePullSecrets: [{name: keys}], containers: [{name: a}]}") + thing("Secret", "other") + other
    it = pod(graph_of(text), "p")
    assert config_reference.look_up_config(next(config_reference.references(it)), it).outcome is outcome


def test_pods_of_custom_resources_may_be_what_is_selected() -> None:
    custom = thing("Fleet", "f", "spec: {pods: [{metadata: {labels: {app: db, tier: x}}}]}", version="x.org/v1")
    assert backends(deployment() + svc("{selector: {app: db}}") + custom) is Outcome.UNKNOWN
    assert backends(deployment() + svc("{selector: {app: dba}}") + custom) is Outcome.MISSING
    assert backends(deployment() + svc("{selector: {cluster: f}}") + custom) is Outcome.UNKNOWN
    assert backends(deployment() + svc("{selector: {fleet: x}}") + custom) is Outcome.UNKNOWN
    of_the_cluster = svc("{selector: {k8s-app: kube-dns}}", metadata=", namespace: kube-system")
    assert backends(deployment(metadata=", namespace: kube-system") + of_the_cluster) is Outcome.UNKNOWN


def test_what_is_in_every_cluster_exists() -> None:
    it = pod(graph_of(pod_text("{containers: [{name: a}]}"), closed=True))
    assert rbac.service_account(it).outcome is Outcome.FOUND


def test_other_bundles_of_the_tree_make_a_missing_object_doubtful() -> None:
    files = {
        "a/pod.yaml": READS + thing("ConfigMap", "other") + thing("Service", "s", "spec: {selector: {app: far}}"),
        "b/all.yaml": thing("ConfigMap", "settings") + deployment("far", labels="app: far").replace("{app: far}", "\n      app: far\n", 1),
    }
    found = {unit.name: unit.load() for unit in units(Files.of(files), Settings())}
    graph = Graph(found["a"].resources, links())
    it = pod(graph, "p")
    assert config_reference.look_up_config(next(config_reference.references(it)), it).outcome is Outcome.UNKNOWN
    behind = service.backends(one(graph, "Service"), graph)
    assert behind is not None
    assert (behind.outcome, "b" in behind.reason) == (Outcome.UNKNOWN, True)


# -- services


def backends(text: str, name: str = "s") -> Outcome | None:
    graph = graph_of(text)
    found = service.backends(one(graph, "Service", name), graph)
    return found.outcome if found else None


def svc(spec: str, name: str = "s", metadata: str = "") -> str:
    return thing("Service", name, f"spec: {spec}", metadata)


def test_services_and_their_pods() -> None:
    assert backends(deployment() + svc("{selector: {app: web}}")) is Outcome.FOUND
    assert backends(deployment() + svc("{selector: {app: wbe}}")) is Outcome.MISSING
    assert backends(svc("{selector: {app: web}}")) is Outcome.UNKNOWN
    assert backends(deployment() + svc("{selector: {app: web}}", metadata=", namespace: other")) is Outcome.FOUND
    here = deployment(metadata=", namespace: here")
    assert backends(here + svc("{selector: {app: web}}", metadata=", namespace: other")) is Outcome.MISSING
    assert backends(here + svc("{selector: {app: db}}", metadata=", namespace: other")) is Outcome.UNKNOWN
    assert backends(deployment() + svc("{}")) is None
    assert backends(deployment() + svc("{type: ExternalName, externalName: x.org, selector: {app: web}}")) is None
    assert backends(deployment() + svc("{selector: {statefulset.kubernetes.io/pod-name: web-0}}")) is Outcome.UNKNOWN
    assert backends(deployment() + svc("{selector: {app: web}}").replace("v1\n", "example.org/v1\n")) is None


def test_ports_of_services() -> None:
    text = deployment().replace("1.4.2", '1.4.2", ports: [{name: http, containerPort: 8080}], x: "')
    graph = graph_of(text + svc("{selector: {app: web}, ports: [{port: 80, targetPort: http}, {port: 8080}, {port: 81, targetPort: htp}]}"))
    it = one(graph, "Service")
    (behind,) = service.pods_behind(it, graph)
    found = [[port.number for _, port in service.declared(behind, own)] for own in service.ports_of(it)]
    assert found == [[8080], [8080], []]
    assert service.services_of(behind) == (it,)


# -- routes

INGRESS = """\
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i}
spec:
  defaultBackend: {service: {name: fallback, port: {number: 80}}}
  rules: [{host: a.org, http: {paths: [{path: /x, backend: {service: {name: s, port: {name: web}}}}]}}]
"""
ROUTE = """\
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r}
spec:
  parentRefs: [{name: g}]
  hostnames: [a.org]
  rules: [{backendRefs: [{name: s, port: 80}, {name: far, namespace: other, port: 80}, {kind: S3, group: x.org, name: b}]}]
"""


def test_backends_of_ingresses() -> None:
    graph = graph_of(INGRESS + svc("{ports: [{port: 80}]}"))
    ingress, it = one(graph, "Ingress"), one(graph, "Service")
    fallback, named = route.backends(ingress, graph)
    assert [(b.name, b.host, b.path, b.port.data) for b in (fallback, named)] == [("fallback", "", "", 80), ("s", "a.org", "/x", "web")]
    assert route.look_up_backend(fallback, ingress, graph).outcome is Outcome.MISSING
    assert route.look_up_backend(named, ingress, graph).targets == (it,)
    assert route.port_of(it, named.port) is None  # the port has no name, and no number is asked for
    assert route.port_of(it, fallback.port) is not None


def test_backends_of_old_ingresses() -> None:
    text = "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: i}\nspec: {backend: {serviceName: s, servicePort: http}}\n"
    graph = graph_of(text)
    assert [(b.name, b.port.data) for b in route.backends(one(graph, "Ingress"), graph)] == [("s", "http")]


def test_backends_of_routes() -> None:
    graph = graph_of(ROUTE + svc("{ports: [{port: 80}]}"))
    it = one(graph, "HTTPRoute")
    assert [(b.name, b.namespace) for b in route.backends(it, graph)] == [("s", None), ("far", "other")]


# -- scale and disruption


def hpa(spec: str, metadata: str = "") -> str:
    return thing("HorizontalPodAutoscaler", "h", f"spec: {spec}", metadata, "autoscaling/v2")


def test_scalers() -> None:
    target = "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}"
    graph = graph_of(deployment() + hpa(f"{{{target}, minReplicas: 3, maxReplicas: 9}}"))
    web = one(graph, "Deployment")
    assert scaler.scalers_of(web, graph) == (one(graph, "HorizontalPodAutoscaler"),)
    assert (scaler.fewest(web, graph), scaler.most(web, graph)) == (3, 9)
    alone = graph_of(deployment(more="\n  replicas: 2"))
    assert (scaler.fewest(one(alone, "Deployment"), alone), scaler.most(one(alone, "Deployment"), alone)) == (2, 2)


@pytest.mark.parametrize(
    ("target", "metadata", "outcome"),
    [
        ("{apiVersion: apps/v1, kind: Deployment, name: web}", ", namespace: n", Outcome.FOUND),
        ("{apiVersion: apps/v1, kind: Deployment, name: wbe}", ", namespace: n", Outcome.MISSING),
        ("{apiVersion: apps/v1, kind: Deployment, name: web}", ", namespace: m", Outcome.MISSING),
        ("{apiVersion: x.org/v1, kind: Deployment, name: web}", ", namespace: n", Outcome.UNKNOWN),
        ("{apiVersion: x.org/v1, kind: Shard, name: web}", ", namespace: n", Outcome.UNKNOWN),
        ("{kind: Deployment, name: web}", ", namespace: n", Outcome.FOUND),
    ],
)
def test_targets_of_scalers(target: str, metadata: str, outcome: Outcome) -> None:
    graph = graph_of(deployment(metadata=", namespace: n") + hpa(f"{{scaleTargetRef: {target}}}", metadata))
    found = scaler.look_up_target(one(graph, "HorizontalPodAutoscaler"), graph)
    assert found is not None
    assert found.outcome is outcome


def test_keda_has_its_own_defaults() -> None:
    graph = graph_of(deployment() + thing("ScaledObject", "k", "spec: {scaleTargetRef: {name: web}}", version="keda.sh/v1alpha1"))
    web = one(graph, "Deployment")
    assert (scaler.fewest(web, graph), scaler.most(web, graph)) == (0, 100)


def budget(spec: str, version: str = "policy/v1") -> str:
    return thing("PodDisruptionBudget", "b", f"spec: {spec}", version=version)


@pytest.mark.parametrize(
    ("spec", "protected"),
    [
        ("{selector: {matchLabels: {app: web}}}", True),
        ("{selector: {matchExpressions: [{key: app, operator: In, values: [web]}]}}", True),
        ("{selector: {}}", True),
        ("{minAvailable: 1}", False),
        ("{selector: {matchLabels: {app: other}}}", False),
    ],
)
def test_budgets(spec: str, protected: bool) -> None:
    assert bool(disruption.budgets_of(pod(graph_of(deployment() + budget(spec))))) is protected


def test_an_empty_selector_was_nothing_once() -> None:
    assert not disruption.budgets_of(pod(graph_of(deployment() + budget("{selector: {}}", "policy/v1beta1"))))


@pytest.mark.parametrize(
    ("spec", "replicas", "evictable"),
    [
        ("{maxUnavailable: 0}", 3, 0),
        ("{maxUnavailable: 0%}", 3, 0),
        ("{maxUnavailable: 1}", 3, 1),
        ("{maxUnavailable: 30%}", 2, 1),
        ("{minAvailable: 100%}", 3, 0),
        ("{minAvailable: 51%}", 2, 0),
        ("{minAvailable: 1}", 3, 2),
        ("{minAvailable: 4}", 3, 0),
        ("{}", 3, None),
    ],
)
def test_evictions(spec: str, replicas: int, evictable: int | None) -> None:
    assert disruption.evictable(one(graph_of(budget(spec)), "PodDisruptionBudget"), replicas) == evictable


# -- network policies

CLIENT = deployment("client", labels="app: client", metadata=", namespace: shop")
SERVER = deployment("server", labels="app: server", metadata=", namespace: shop").replace(
    "1.4.2", '1.4.2", ports: [{name: web, containerPort: 8080}], x: "'
)


def policy(spec: str, namespace: str = "shop", name: str = "n") -> str:
    return thing("NetworkPolicy", name, f"spec: {spec}", f", namespace: {namespace}", "networking.k8s.io/v1")


def flow(*policies: str, port: int = 8080, protocol: str = "TCP", client: str = CLIENT) -> Verdict:
    graph = graph_of(client + SERVER + "".join(policies))
    return verdict(pod(graph, "server"), "ingress", peer_of(pod(graph, "client")), port, protocol)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("ingress: []", Verdict.BLOCKED),
        ("ingress: [{}]", Verdict.ALLOWED),
        ("ingress: [{from: []}]", Verdict.ALLOWED),
        ("ingress: [{from: [{podSelector: {matchLabels: {app: client}}}]}]", Verdict.ALLOWED),
        ("ingress: [{from: [{podSelector: {matchLabels: {app: other}}}]}]", Verdict.BLOCKED),
        ("ingress: [{from: [{podSelector: {}}], ports: [{port: 8080}]}]", Verdict.ALLOWED),
        ("ingress: [{from: [{podSelector: {}}], ports: [{port: web}]}]", Verdict.ALLOWED),
        ("ingress: [{from: [{podSelector: {}}], ports: [{port: 8000, endPort: 8100}]}]", Verdict.ALLOWED),
        ("ingress: [{from: [{podSelector: {}}], ports: [{port: 9090}]}]", Verdict.BLOCKED),
        ("ingress: [{from: [{podSelector: {}}], ports: [{port: 8080, protocol: UDP}]}]", Verdict.BLOCKED),
        ("ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}]}]", Verdict.ALLOWED),
        ("ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: x}}}]}]", Verdict.BLOCKED),
        (
            "ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: x}}, podSelector: {matchLabels: {app: client}}}]}]",
            Verdict.BLOCKED,
        ),
        ("policyTypes: [Egress]", Verdict.OPEN),
    ],
)
def test_a_flow(rules: str, expected: Verdict) -> None:
    assert flow(policy(f"{{podSelector: {{matchLabels: {{app: server}}}}, {rules}}}")) is expected


def test_policies_are_a_union() -> None:
    deny = policy("{podSelector: {}}")
    allow = policy("{podSelector: {matchLabels: {app: server}}, ingress: [{from: [{podSelector: {}}]}]}", name="m")
    assert flow() is Verdict.OPEN
    assert flow(deny) is Verdict.BLOCKED
    assert flow(deny, allow) is Verdict.ALLOWED


def test_policies_of_other_namespaces_say_nothing() -> None:
    assert flow(policy("{podSelector: {}}", namespace="other")) is Verdict.OPEN


def test_labels_of_namespaces_that_nobody_declares_are_unknown() -> None:
    rule = policy("{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: a}}}]}]}")
    with pytest.raises(Undecided):
        flow(rule)
    assert flow(rule, thing("Namespace", "shop", metadata=", labels: {team: a}")) is Verdict.ALLOWED
    assert flow(rule, thing("Namespace", "shop")) is Verdict.BLOCKED


def test_addresses_of_pods_are_unknown() -> None:
    with pytest.raises(Undecided):
        flow(policy("{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}"))
    assert flow(policy("{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}")) is Verdict.ALLOWED


def test_directions() -> None:
    graph = graph_of(policy("{podSelector: {}, egress: []}") + policy("{podSelector: {}, egress: [{}]}", name="m"))
    assert [sorted(network_policy.directions(it)) for it in graph.of("NetworkPolicy")] == [["ingress"], ["egress", "ingress"]]


def test_policies_of_another_make_leave_it_open() -> None:
    with pytest.raises(Undecided, match="another make"):
        flow(thing("CiliumNetworkPolicy", "c", version="cilium.io/v2"))


# -- grants

BINDING = thing(
    "ClusterRoleBinding",
    "b",
    "roleRef: {kind: ClusterRole, name: reader}\nsubjects: [{kind: ServiceAccount, name: robot, namespace: shop}]",
    version="rbac.authorization.k8s.io/v1",
)
ROLE = thing(
    "ClusterRole", "reader", "rules: [{apiGroups: [''], resources: [pods, '*/log'], verbs: [get]}]", version="rbac.authorization.k8s.io/v1"
)


def test_grants_of_a_pod() -> None:
    text = pod_text("{serviceAccountName: robot, containers: [{name: a}]}", ", namespace: shop") + BINDING + ROLE
    ((binding, role, grant),) = rbac.grants_of(pod(graph_of(text)))
    assert (binding.kind, role.address.text) == ("ClusterRoleBinding", "/ClusterRole/reader")
    assert grant.allows("get", "pods")
    assert grant.allows("get", "pods/log")
    assert not grant.allows("list", "pods")
    assert not grant.allows("get", "secrets")
    assert not grant.allows("get", "pods", "apps")
    other = pod_text("{serviceAccountName: robot, containers: [{name: a}]}", ", namespace: other") + BINDING + ROLE
    assert not list(rbac.grants_of(pod(graph_of(other))))


@pytest.mark.parametrize(
    ("own", "account", "mounted"),
    [
        ("", "", True),
        ("automountServiceAccountToken: false, ", "", False),
        ("", "false", False),
        ("automountServiceAccountToken: true, ", "false", True),
    ],
)
def test_tokens(own: str, account: str, mounted: bool) -> None:
    text = pod_text(f"{{{own}serviceAccountName: robot, containers: [{{name: a}}]}}")
    if account:
        text += thing("ServiceAccount", "robot", f"automountServiceAccountToken: {account}")
    assert rbac.mounts_token(pod(graph_of(text))) is mounted


# -- edges


def test_edges() -> None:
    text = (
        deployment(spec=", serviceAccountName: robot, volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]")
        + svc("{selector: {app: web}, ports: [{port: 80}]}")
        + INGRESS
        + ROUTE
        + hpa("{scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}")
        + budget("{selector: {matchLabels: {app: web}}}")
        + thing("ServiceAccount", "robot")
        + thing("PersistentVolumeClaim", "data", "spec: {storageClassName: fast}")
        + thing("StorageClass", "fast")
        + BINDING.replace(", namespace: shop", "")
        + ROLE
        + thing("Gateway", "g", version="gateway.networking.k8s.io/v1")
        + thing("ReplicaSet", "web-1", "", ", ownerReferences: [{kind: Deployment, name: web}]")
    )
    found = {(e.source.kind, e.relation, e.target.kind) for e in graph_of(text).edges}
    assert found == {
        ("Deployment", Relation.REFERS, "ServiceAccount"),
        ("Deployment", Relation.REFERS, "PersistentVolumeClaim"),
        ("PersistentVolumeClaim", Relation.REFERS, "StorageClass"),
        ("Service", Relation.SELECTS, "Deployment"),
        ("PodDisruptionBudget", Relation.SELECTS, "Deployment"),
        ("Ingress", Relation.ROUTES, "Service"),
        ("HTTPRoute", Relation.ROUTES, "Service"),
        ("Gateway", Relation.ROUTES, "HTTPRoute"),
        ("HorizontalPodAutoscaler", Relation.REFERS, "Deployment"),
        ("ClusterRoleBinding", Relation.REFERS, "ClusterRole"),
        ("ClusterRoleBinding", Relation.ALLOWS, "ServiceAccount"),
        ("Deployment", Relation.OWNS, "ReplicaSet"),
    }


def test_claims() -> None:
    text = pod_text("{containers: [{name: a}], volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]}")
    it = pod(graph_of(text + thing("PersistentVolumeClaim", "data", "spec: {accessModes: [ReadWriteOnce]}")))
    ((_, name),) = claim.claimed(it)
    found = claim.look_up_claim(name, it)
    assert found is not None
    assert claim.access_modes(found.targets[0].body) == {"ReadWriteOnce"}


def test_edges_of_what_is_unknown_are_left_out() -> None:
    loading = load({"a.yaml": deployment() + svc("{selector: {app: web}}")})
    for resource in loading.resources:
        resource.at("metadata").value_.data = Unknown("a variable")
    assert all(edge.relation is Relation.SELECTS for edge in Graph(loading.resources, links()).edges)
