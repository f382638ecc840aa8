"""What pods ask for, what quotas and nodes have, and what scalers see of it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from auditor.model.node import Undecided
from auditor.views.kubernetes import node_fit, quantity, quota, quota_object
from auditor.views.kubernetes.amount import amounts
from auditor.views.kubernetes.demand import least_demand, pod_demand
from auditor.views.kubernetes.heap import heaps
from auditor.views.kubernetes.limit_check import container_breaches
from auditor.views.kubernetes.limit_range import default, may_govern, ranges
from auditor.views.kubernetes.metric import ceiling, highest, metrics, requested, scaled_pods
from auditor.views.kubernetes.recorded import applied
from auditor.views.kubernetes.reservation import implied, limit_of, loose, unlimited, unrequested
from auditor.views.kubernetes.scaler import all_scalers_of, rivals, wrong_reference
from auditor.views.kubernetes.scaler import target_of as scaled
from auditor.views.kubernetes.vertical import acts, controlled, manages
from tests.kubernetes_made import graph_of, one, pod, pod_text

NODE = """\
---
apiVersion: v1
kind: Node
metadata: {name: n1, labels: {disk: ssd, cpus: "8"}}
spec: {taints: [{key: dedicated, value: batch, effect: NoSchedule}, {key: node.kubernetes.io/not-ready, effect: NoExecute}]}
status: {allocatable: {cpu: "8", memory: 30Gi, pods: "110"}}
"""


def test_what_is_unknown_counts_as_nothing_and_is_told() -> None:
    text = pod_text("{containers: [{resources: {requests: {cpu: 1}}}, {resources: {requests: {cpu: '{{ .Values.cpu }}'}}}]}")
    amount, doubt = least_demand(pod(graph_of(text)), "requests", "cpu")
    assert amount == 1
    assert doubt is not None
    with pytest.raises(Undecided):
        pod_demand(pod(graph_of(text)), "requests", "cpu")


def test_the_limit_of_a_pod_is_its_request_when_no_container_asks() -> None:
    text = "{resources: {limits: {cpu: 2}}, containers: [{name: a%s}]}"
    assert pod_demand(pod(graph_of(pod_text(text % ""))), "requests", "cpu") == 2
    assert pod_demand(pod(graph_of(pod_text(text % ", resources: {requests: {cpu: 1}}"))), "requests", "cpu") == 1


RANGE = """\
---
apiVersion: v1
kind: LimitRange
metadata: {name: l%s}
spec: {limits: [{type: Container, min: {cpu: 100m}, max: {cpu: 2}, maxLimitRequestRatio: {cpu: 4}}]}
"""


def test_defaults_of_a_limit_range() -> None:
    graph = graph_of(pod_text("{containers: [{name: a}]}", ", namespace: shop") + RANGE % ", namespace: shop")
    found = default(graph, one(graph, "Pod"), "cpu", "defaultRequest")
    assert found is not None
    assert (int(found.value), found.certain) == (2, True)  # the maximum is the default, and the default the request
    assert default(graph, one(graph, "Pod"), "memory", "default") is None
    assert may_govern(graph, one(graph, "Pod").root, "shop", "LimitRange")
    assert not may_govern(graph, one(graph, "Pod").root, "other", "LimitRange")


def test_a_limit_range_without_namespace_is_not_certain() -> None:
    graph = graph_of(pod_text("{containers: [{name: a}]}", ", namespace: shop") + RANGE % "")
    assert [it.certain for it in ranges(graph, one(graph, "Pod"), "Container")] == [False]
    (container,) = pod(graph).containers
    found = container.request("cpu")
    assert found is not None
    assert not found.certain


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{limits: {cpu: 3}}", "the container a may use 3 of cpu, above the maximum of 2"),
        ("{requests: {cpu: 50m}, limits: {cpu: 100m}}", "the container a requests 50m of cpu, below the minimum of 100m"),
        ("{requests: {cpu: 100m}, limits: {cpu: 500m}}", "the container a may use 5 times the cpu that it requests, above the ratio of 4"),
        ("{requests: {cpu: 100m}}", "the container a may use 20 times the cpu that it requests, above the ratio of 4"),
        ("{limits: {cpu: 1}}", ""),
        ("{}", ""),
    ],
)
def test_breaches_of_a_limit_range(written: str, message: str) -> None:
    graph = graph_of(pod_text(f"{{containers: [{{name: a, resources: {written}}}]}}") + RANGE % "")
    (it,) = ranges(graph, one(graph, "Pod"), "Container")
    assert [breach.message for breach in container_breaches(pod(graph).containers[0], it)] == [message] * bool(message)


@pytest.mark.parametrize(
    ("written", "lacks", "only_limit", "free", "open_end"),
    [
        ("{}", True, False, True, False),
        ("{limits: {cpu: 1}}", False, True, False, False),
        ("{requests: {cpu: 1}}", False, False, True, True),
        ("{requests: {cpu: 1}, limits: {cpu: 2}}", False, False, False, True),
        ("{requests: {cpu: 1}, limits: {cpu: 1}}", False, False, False, False),
        ("{requests: {cpu: 0}}", True, False, True, False),
        ("{requests: {cpu: one}}", False, False, True, False),
    ],
)
def test_reservations(written: str, lacks: bool, only_limit: bool, free: bool, open_end: bool) -> None:
    (container,) = pod(graph_of(pod_text(f"{{containers: [{{name: a, resources: {written}}}]}}"))).containers
    assert (unrequested(container, "cpu") is not None) is lacks
    assert (implied(container, "cpu") is not None) is only_limit
    assert (unlimited(container, "cpu") is not None) is free
    assert (loose(container, "cpu") is not None) is open_end


def test_the_smaller_limit_holds() -> None:
    text = pod_text("{resources: {limits: {memory: 1Gi}}, containers: [{name: a, resources: {limits: {memory: 2Gi}}}, {name: b}]}")
    found = [limit_of(it, "memory") for it in pod(graph_of(text)).containers]
    assert [it and it.value for it in found] == [quantity.GI, quantity.GI]


def test_amounts_stand_in_many_places() -> None:
    text = """\
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  volumeClaimTemplates: [{metadata: {name: d}, spec: {resources: {requests: {storage: 1Gi}}}}]
  template:
    spec:
      overhead: {cpu: 10m}
      initContainers: [{name: i, resources: {limits: {memory: 1Mi}}}]
      containers: [{name: a, resources: {requests: {cpu: 1}}}]
      volumes:
        - {name: v, emptyDir: {medium: Memory, sizeLimit: 2Mi}}
        - {name: w, emptyDir: {sizeLimit: 3Mi}}
        - {name: x, ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 4Mi}}}}}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: q}
spec: {hard: {requests.cpu: 1, gold.storageclass.storage.k8s.io/requests.storage: 1Gi, pods: null}}
"""
    graph = graph_of(text)
    found = [(it.resource, it.where.data) for it in amounts(one(graph, "StatefulSet"), graph)]
    assert found == [
        *(("memory", "1Mi"), ("cpu", 1), ("cpu", "10m"), ("memory", "2Mi")),
        *(("ephemeral-storage", "3Mi"), ("storage", "4Mi"), ("storage", "1Gi")),
    ]
    assert [it.resource for it in amounts(one(graph, "ResourceQuota"), graph)] == ["cpu", "storage"]


# -- quotas


QUOTA = """\
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: q}
spec: {hard: {%s}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: c}
spec: {storageClassName: gold, resources: {requests: {storage: 5Gi}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 3
  volumeClaimTemplates: [{metadata: {name: d}, spec: {resources: {requests: {storage: 1Gi}}}}]
  template: {spec: {containers: [{name: a, resources: {limits: {cpu: 500m}, requests: {nvidia.com/gpu: 1}}}]}}
---
apiVersion: v1
kind: Service
metadata: {name: s}
spec: {type: LoadBalancer, ports: [{port: 80}, {port: 443}]}
---
apiVersion: v1
kind: Pod
metadata: {name: owned, ownerReferences: [{kind: StatefulSet, name: db}]}
spec: {containers: [{name: a, resources: {limits: {cpu: 500m}}}]}
---
apiVersion: v1
kind: Pod
metadata: {name: over}
spec: {containers: [{name: a, resources: {limits: {cpu: 500m}}}]}
status: {phase: Succeeded}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec: {template: {spec: {containers: [{name: a, resources: {requests: {cpu: 100m}}}]}}}
"""


@pytest.mark.parametrize(
    ("key", "taken"),
    [
        ("requests.cpu", Fraction(16, 10)),
        ("cpu", Fraction(16, 10)),
        ("limits.cpu", Fraction(15, 10)),
        ("requests.nvidia.com/gpu", 3),
        ("pods", 4),
        ("count/pods", 4),
        ("requests.storage", 8 * quantity.GI),
        ("gold.storageclass.storage.k8s.io/requests.storage", 5 * quantity.GI),
        ("persistentvolumeclaims", 4),
        ("count/persistentvolumeclaims", 4),
        ("services", 1),
        ("services.loadbalancers", 1),
        ("services.nodeports", 2),
        ("count/statefulsets.apps", 1),
        ("count/deployments.apps", 0),
    ],
)
def test_what_is_taken_of_a_quota(key: str, taken: Fraction) -> None:
    graph = graph_of(QUOTA % f"{key}: 1")
    (cap,) = quota.caps(one(graph, "ResourceQuota"), graph)
    counted = quota_object.counted(cap, graph)
    assert (counted.amount if counted is not None else quota.taken(cap, graph).amount) == taken


def test_what_nobody_knows_of_a_quota_is_not_counted() -> None:
    graph = graph_of(QUOTA % "count/widgets.example.com: 1")
    (cap,) = quota.caps(one(graph, "ResourceQuota"), graph)
    assert quota_object.counted(cap, graph) is None
    assert quota.taken(cap, graph).amount == 0


# -- scalers


SCALER = """\
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: s}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 5, %s}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - {name: a, resources: {requests: {cpu: 500m}, limits: {cpu: 1}}}
        - {name: b, resources: {limits: {cpu: 1500m}}}
"""


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("metrics: []", [("cpu", "", 80, 125)]),
        ("targetCPUUtilizationPercentage: 60", [("cpu", "", 60, 125)]),
        ("metrics: [{type: Resource, resource: {name: cpu, targetAverageUtilization: 50}}]", [("cpu", "", 50, 125)]),
        (
            "metrics: [{type: Resource, resource: {name: cpu, target: {averageValue: 700m}}}]",
            [("cpu", "", Fraction(7, 10), Fraction(5, 2))],
        ),
        (
            "metrics: [{type: ContainerResource, containerResource: {name: cpu, container: a, target: {averageUtilization: 90}}}]",
            [("cpu", "a", 90, 200)],
        ),
        ("metrics: [{type: Pods, pods: {metric: {name: q}}}]", []),
    ],
)
def test_metrics(spec: str, found: list[tuple[str, str, Fraction, Fraction]]) -> None:
    graph = graph_of(SCALER % spec)
    scaler = one(graph, "HorizontalPodAutoscaler")
    (it,) = scaled_pods(scaler, graph)
    assert [(m.resource, m.container, m.aim, highest(it, m)) for m in metrics(scaler, graph)] == found


def test_what_has_no_end() -> None:
    graph = graph_of((SCALER % "metrics: []").replace(", limits: {cpu: 1}", ""))
    scaler = one(graph, "HorizontalPodAutoscaler")
    (it,), (metric,) = scaled_pods(scaler, graph), metrics(scaler, graph)
    assert requested(it, metric) == 2
    assert ceiling(it, metric) is None
    assert highest(it, metric) is None


VERTICAL = """\
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: v}
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: %s}
  resourcePolicy: {containerPolicies: [{containerName: a, mode: "Off"}, {containerName: "*", controlledResources: [memory]}]}
"""


def test_vertical_scalers() -> None:
    graph = graph_of(SCALER % "metrics: []" + VERTICAL % "web")
    scaler = one(graph, "VerticalPodAutoscaler")
    assert acts(scaler)
    assert [sorted(controlled(scaler, name)) for name in ("a", "b")] == [[], ["memory"]]
    first, second = pod(graph).containers
    assert [manages(it, name) for it in (first, second) for name in ("cpu", "memory")] == [False, False, False, True]
    assert rivals(scaler, graph, "HorizontalPodAutoscaler") == (one(graph, "HorizontalPodAutoscaler"),)


def test_a_scaler_that_may_scale_a_workload_leaves_it_open() -> None:
    graph = graph_of(SCALER % "metrics: []" + VERTICAL % "'{{ .Values.name }}'")
    with pytest.raises(Undecided):
        all_scalers_of(one(graph, "Deployment"), graph, "VerticalPodAutoscaler")
    other = graph_of(SCALER % "metrics: []" + (VERTICAL % "'{{ .Values.name }}'").replace("kind: Deployment", "kind: StatefulSet"))
    assert all_scalers_of(one(other, "Deployment"), other, "VerticalPodAutoscaler") == ()


@pytest.mark.parametrize(
    ("reference", "path"),
    [
        ("apiVersion: apps/v1, kind: Deployment", None),
        ("apiVersion: v1, kind: Deployment", "spec.scaleTargetRef.apiVersion"),
        ("kind: Deployment", "spec.scaleTargetRef.apiVersion"),
        ("apiVersion: apps/v1, kind: deployment", "spec.scaleTargetRef.kind"),
        ("apiVersion: example.com/v1, kind: Widget", None),
    ],
)
def test_references(reference: str, path: str | None) -> None:
    graph = graph_of((SCALER % "metrics: []").replace("apiVersion: apps/v1, kind: Deployment", reference))
    target = scaled(one(graph, "HorizontalPodAutoscaler"))
    assert target is not None
    wrong = wrong_reference(target)
    assert (wrong.path if wrong is not None else None) == path


# -- nodes


@pytest.mark.parametrize(
    ("spec", "matches"),
    [
        ("nodeSelector: {disk: ssd}", True),
        ("nodeSelector: {disk: hdd}", False),
        ("nodeName: n1", True),
        ("nodeName: n2", False),
        ("%s [{matchExpressions: [{key: cpus, operator: Gt, values: ['4']}]}]", True),
        ("%s [{matchExpressions: [{key: cpus, operator: Lt, values: ['4']}]}]", False),
        (
            "%s [{matchExpressions: [{key: disk, operator: NotIn, values: [ssd]}]}, {matchFields: [{key: metadata.name, operator: In, values: [n1]}]}]",
            True,
        ),
        ("%s [{matchExpressions: [{key: zone, operator: DoesNotExist}, {key: disk, operator: Exists}]}]", True),
        ("%s [{}]", False),
    ],
)
def test_nodes_that_match(spec: str, matches: bool) -> None:
    if "%s" in spec:
        spec = f"affinity: {{nodeAffinity: {{requiredDuringSchedulingIgnoredDuringExecution: {{nodeSelectorTerms: {spec % ''}}}}}}}"
    graph = graph_of(pod_text(f"{{{spec}, containers: [{{name: a}}]}}") + NODE)
    assert bool(node_fit.fitting(pod(graph)).decided()) is matches


@pytest.mark.parametrize(
    ("toleration", "taint"),
    [
        ("", "dedicated=batch:NoSchedule"),
        ("{operator: Exists}", ""),
        ("{key: dedicated, operator: Exists}", ""),
        ("{key: dedicated, value: batch}", ""),
        ("{key: dedicated, value: web}", "dedicated=batch:NoSchedule"),
        ("{key: dedicated, value: batch, effect: NoExecute}", "dedicated=batch:NoSchedule"),
        ("{key: other, operator: Exists}", "dedicated=batch:NoSchedule"),
    ],
)
def test_taints(toleration: str, taint: str) -> None:
    graph = graph_of(pod_text(f"{{tolerations: [{toleration}], containers: [{{name: a}}]}}") + NODE)
    assert node_fit.repelling_taint(pod(graph), one(graph, "Node")) == taint


def test_what_a_node_lacks() -> None:
    graph = graph_of(pod_text("{containers: [{name: a, resources: {requests: {cpu: 4, memory: 31Gi}}}]}") + NODE)
    assert node_fit.shortage(pod(graph), one(graph, "Node")) == ("memory", Fraction(31 * quantity.GI), Fraction(30 * quantity.GI))


def test_nodes_are_known_when_a_cluster_listed_them() -> None:
    text = pod_text("{containers: [{name: a}]}")
    assert len(node_fit.known_nodes(pod(graph_of(text + NODE)))) == 1
    assert not node_fit.known_nodes(pod(graph_of(text + NODE.partition("status:")[0])))
    pool = "---\napiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: {name: p}\n"
    with pytest.raises(Undecided):
        node_fit.known_nodes(pod(graph_of(text + NODE + pool)))


# -- what somebody wrote


def test_heaps_after_what_is_unknown() -> None:
    text = pod_text(
        "{containers: [{name: a, command: ['{{ .Values.java }}'], env: [{name: JAVA_OPTS, value: -Xmx1g}, {name: GOMEMLIMIT, value: 1GiB}]}]}"
    )
    found = heaps(pod(graph_of(text)).containers[0])
    assert next(found).runtime == "Go"  # the command may hold another heap for Java
    with pytest.raises(Undecided):
        next(found)


def test_what_was_applied() -> None:
    kept = '{kubectl.kubernetes.io/last-applied-configuration: \'{"spec": {"replicas": 2}}\'}'
    text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, uid: u%s}\nspec: {replicas: 8}\n"
    assert applied(one(graph_of(text % f", annotations: {kept}"), "Deployment")).at("spec.replicas").number == 2
    assert applied(one(graph_of(text % ""), "Deployment")).at("spec.replicas").missing
    assert applied(one(graph_of((text % "").replace(", uid: u", "")), "Deployment")).at("spec.replicas").number == 8
