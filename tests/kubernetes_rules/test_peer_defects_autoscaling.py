"""Autoscaling: what other tools get wrong, and what must hold beyond the examples of the pages."""

from __future__ import annotations

import json

import pytest

from tests.kubernetes_rules.ran import messages, resources, results, unsure

MISSING = "autoscaling/target_missing"
REFERENCE = "autoscaling/target_reference_wrong"
REQUEST = "autoscaling/request_missing"
UNREACHABLE = "autoscaling/target_unreachable"
TOLERANCE = "autoscaling/target_within_tolerance"
FIXED = "autoscaling/replicas_fixed"
TWICE = "autoscaling/target_scaled_twice"
FIGHTS = "autoscaling/vertical_fights_horizontal"
HPA, WEB = "/HorizontalPodAutoscaler/web", "/Deployment/web"


def workload(resources: str = "{}", more: str = "", *, name: str = "web", namespace: str = "", spec: str = "") -> str:
    place = f", namespace: {namespace}" if namespace else ""
    return f"""\
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}{place}}}
spec:{spec}
  template:
    spec: {{containers: [{{name: web, image: "shop/web:1.4.2", resources: {resources}}}{more}]}}
"""


def scaler(
    metric: str = "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}",
    *,
    target: str = "{apiVersion: apps/v1, kind: Deployment, name: web}",
    name: str = "web",
    namespace: str = "",
    more: str = "",
) -> str:
    place = f", namespace: {namespace}" if namespace else ""
    return f"""\
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {{name: {name}{place}}}
spec: {{scaleTargetRef: {target}, minReplicas: 2, maxReplicas: 9, metrics: [{metric}]{more}}}
"""


def utilization(percent: int, resource: str = "cpu") -> str:
    return f"{{type: Resource, resource: {{name: {resource}, target: {{type: Utilization, averageUtilization: {percent}}}}}}}"


SCALED = """\
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web}
spec: {scaleTargetRef: {name: web}, minReplicaCount: 2, triggers: [{type: cpu, metricType: Utilization, metadata: {value: "70"}}]}
"""


# -- the target


def test_a_workload_of_that_name_in_another_namespace_is_not_the_target() -> None:
    # kube-linter does not compare namespaces
    text = workload(namespace="shop") + workload(name="other", namespace="blog") + scaler(namespace="blog")
    assert resources(MISSING, text) == ["blog/HorizontalPodAutoscaler/web"]
    assert not resources(MISSING, workload(namespace="blog") + scaler(namespace="blog"))


def test_a_target_of_the_core_group_is_found() -> None:
    # kube-linter builds "/v1" for the core group
    controller = "apiVersion: v1\nkind: ReplicationController\nmetadata: {name: web}\nspec: {}\n"
    text = controller + scaler(target="{apiVersion: v1, kind: ReplicationController, name: web}")
    assert not resources(MISSING, text)
    assert not resources(REFERENCE, text)


def test_another_version_of_the_group_is_no_fault() -> None:
    # kube-score compares the whole apiVersion
    text = workload() + scaler(target="{apiVersion: apps/v1beta1, kind: Deployment, name: web}")
    assert not resources(MISSING, text)
    assert not resources(REFERENCE, text)


def test_a_group_that_serves_no_deployments_is_one_finding_not_two() -> None:
    text = workload() + scaler(target="{apiVersion: extensions/v1beta1, kind: Deployment, name: web}")
    assert messages(REFERENCE, text) == ["extensions serves no Deployment"]
    assert not resources(MISSING, text)


def test_a_custom_resource_may_well_have_a_scale() -> None:
    # k8sgpt calls it "not an option"
    text = workload() + scaler(target="{apiVersion: kafka.strimzi.io/v1beta2, kind: KafkaConnect, name: web}")
    for rule in (MISSING, REFERENCE, "autoscaling/target_not_scalable"):
        assert not resources(rule, text)
    assert unsure(MISSING, text) == [HPA]


def test_a_target_that_nothing_here_can_know_is_unsure() -> None:
    assert not resources(MISSING, scaler())
    assert unsure(MISSING, scaler()) == [HPA]
    assert results(MISSING, scaler(), closed=True).findings


def test_a_template_does_not_make_the_target_missing() -> None:
    text = workload(name="api") + workload(name="{{ .Values.name }}") + scaler()
    assert not resources(MISSING, text)


# -- requests


def test_one_container_without_a_request_is_enough() -> None:
    # k8sgpt says so only when all containers lack requests or limits
    text = workload("{requests: {cpu: 250m}}", ", {name: proxy}") + scaler()
    assert messages(REQUEST, text) == ["/HorizontalPodAutoscaler/web aims at a share of the cpu request, and the container proxy has none"]
    assert resources(REQUEST, text) == [WEB]


@pytest.mark.parametrize(
    "text",
    [
        workload("{requests: {cpu: 250m}}") + scaler(),
        workload("{limits: {cpu: 250m}}") + scaler(),
        workload("{}") + scaler("{type: Resource, resource: {name: cpu, target: {type: AverageValue, averageValue: 200m}}}"),
        workload("{requests: {cpu: 250m}}", ", {name: proxy}")
        + scaler("{type: ContainerResource, containerResource: {name: cpu, container: web, target: {averageUtilization: 70}}}"),
        workload("{}") + scaler(utilization(70), target="{apiVersion: apps/v1, kind: StatefulSet, name: web}"),
    ],
)
def test_what_needs_no_request(text: str) -> None:
    assert not resources(REQUEST, text)


def test_a_limit_range_gives_requests_only_in_its_own_namespace() -> None:
    limits = "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: l, namespace: %s}\nspec: {limits: [{type: Container, default: {cpu: 1}}]}\n"
    text = workload(namespace="shop") + scaler(namespace="shop")
    assert not resources(REQUEST, text + limits % "shop")
    assert resources(REQUEST, text + limits % "other") == ["shop/Deployment/web"]


def test_a_sidecar_counts_and_an_init_container_does_not() -> None:
    init = "\n      initContainers: [{name: first%s}]"
    text = workload("{requests: {cpu: 250m}}").replace("    spec: {containers", "    spec:\n      containers").rstrip()[:-1] + init + "\n"
    assert not resources(REQUEST, text % "" + scaler())
    assert resources(REQUEST, text % ", restartPolicy: Always" + scaler()) == [WEB]


# -- targets that are never reached


@pytest.mark.parametrize(
    ("limits", "percent", "unreachable", "within"),
    [
        ("{requests: {cpu: 500m}, limits: {cpu: 500m}}", 120, True, False),
        ("{requests: {cpu: 500m}, limits: {cpu: 500m}}", 100, True, False),
        ("{requests: {cpu: 500m}, limits: {cpu: 500m}}", 91, False, True),
        ("{limits: {cpu: 500m}}", 90, False, False),
        ("{requests: {cpu: 500m}, limits: {cpu: '1'}}", 199, False, True),
        ("{requests: {cpu: 500m}, limits: {cpu: '1'}}", 200, True, False),
        ("{requests: {cpu: 500m}}", 500, False, False),
        ("{}", 500, False, False),
    ],
)
def test_how_far_the_limits_let_it_go(limits: str, percent: int, unreachable: bool, within: bool) -> None:
    text = workload(limits) + scaler(utilization(percent))
    assert resources(UNREACHABLE, text) == [HPA] * unreachable
    assert resources(TOLERANCE, text) == [HPA] * within


def test_the_pod_as_a_whole_counts() -> None:
    both = workload("{limits: {cpu: 500m}}", ", {name: proxy, resources: {requests: {cpu: 100m}, limits: {cpu: '1'}}}")
    assert not resources(UNREACHABLE, both + scaler(utilization(240)))
    assert resources(UNREACHABLE, both + scaler(utilization(250))) == [HPA]
    one = "{type: ContainerResource, containerResource: {name: cpu, container: web, target: {averageUtilization: 110}}}"
    assert resources(UNREACHABLE, both + scaler(one)) == [HPA]


def test_an_autoscaler_of_requests_leaves_it_open() -> None:
    vertical = """\
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: web}
spec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
"""
    text = workload("{limits: {cpu: 500m}}") + scaler(utilization(120)) + vertical
    assert not resources(UNREACHABLE, text)
    assert unsure(UNREACHABLE, text) == [HPA]
    assert resources(FIGHTS, text) == ["/VerticalPodAutoscaler/web"]
    assert not resources(FIGHTS, text.replace("name: web}}\n", "name: web}, updatePolicy: {updateMode: 'Off'}}\n"))


# -- who decides


def test_the_replicas_of_a_workload_under_keda() -> None:
    # other tools look at HorizontalPodAutoscalers alone
    assert resources(FIXED, workload(spec="\n  replicas: 3") + SCALED) == [WEB]
    assert not resources(FIXED, workload() + SCALED)


def test_a_cluster_writes_replicas_itself() -> None:
    recorded = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "uid": "6f0c", "resourceVersion": "7"},
        "spec": {"replicas": 8, "template": {"spec": {"containers": [{"name": "web"}]}}},
    }
    assert not resources(FIXED, "---\n" + json.dumps(recorded) + "\n" + scaler())
    kept = json.dumps({"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"replicas": 2}})
    recorded["metadata"]["annotations"] = {"kubectl.kubernetes.io/last-applied-configuration": kept}  # type: ignore[index]  # a manifest as plain data
    assert messages(FIXED, "---\n" + json.dumps(recorded) + "\n" + scaler()) == [
        "each apply sets the replicas to 2, which /HorizontalPodAutoscaler/web decides"
    ]


def test_two_autoscalers_of_one_target_even_when_it_is_not_here() -> None:
    assert resources(TWICE, scaler() + SCALED) == ["/ScaledObject/web"]
    assert resources(TWICE, scaler() + scaler(name="more")) == ["/HorizontalPodAutoscaler/more"]
    assert not resources(TWICE, scaler() + scaler(name="more", namespace="other"))
    assert not resources(TWICE, scaler(name="keda-hpa-web") + SCALED)
    assert not resources(TWICE, scaler() + scaler())
