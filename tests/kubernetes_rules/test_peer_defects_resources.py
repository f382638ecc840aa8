"""Resources and quotas: what other tools get wrong, and what must hold beyond the examples of the pages."""

from __future__ import annotations

import pytest

from tests.kubernetes_made import deployment, pod_text
from tests.kubernetes_rules.ran import messages, resources, results, unsure

MEMORY = "resources/memory_request_missing"
CPU = "resources/cpu_request_missing"
LIMIT = "resources/memory_limit_missing"
ABOVE = "resources/request_above_limit"
INVALID = "resources/quantity_invalid"
THOUSANDTHS = "resources/memory_in_thousandths"
IMPLAUSIBLE = "resources/quantity_implausible"
HEAP = "resources/heap_exceeds_limit"
NEEDS = "quota/request_missing"
EXCEEDED = "quota/exceeded"
PEAK = "quota/exceeded_at_peak"
ROLLOUT = "quota/rollout_does_not_fit"
RANGE = "quota/limit_range_violated"


def quota(hard: str, namespace: str = "shop", more: str = "") -> str:
    return f"---\napiVersion: v1\nkind: ResourceQuota\nmetadata: {{name: q, namespace: {namespace}}}\nspec: {{hard: {{{hard}}}{more}}}\n"


def limits(item: str, namespace: str = "shop") -> str:
    return f"---\napiVersion: v1\nkind: LimitRange\nmetadata: {{name: l, namespace: {namespace}}}\nspec: {{limits: [{item}]}}\n"


def web(resources: str = "{}", *, name: str = "web", spec: str = "", pod: str = "", namespace: str = "shop", more: str = "") -> str:
    place = f", namespace: {namespace}" if namespace else ""
    return f"""\
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}{place}}}
spec:{spec}
  template:
    spec: {{containers: [{{name: web, image: "shop/web:1.4.2", resources: {resources}}}{more}]{pod}}}
"""


def scaler(minimum: int, maximum: int) -> str:
    target = "{apiVersion: apps/v1, kind: Deployment, name: web}"
    return f"""\
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {{name: web, namespace: shop}}
spec: {{scaleTargetRef: {target}, minReplicas: {minimum}, maxReplicas: {maximum}}}
"""


def replicas(number: int, more: str = "") -> str:
    return f"\n  replicas: {number}{more}"


# -- what is missing


def test_a_limit_is_a_request() -> None:
    # other tools want both to be written
    text = pod_text("{containers: [{name: a, resources: {limits: {cpu: 1, memory: 1Gi}}}]}")
    for rule in (MEMORY, CPU):
        assert not resources(rule, text)
    assert resources("resources/memory_request_implied", text) == ["/Pod/p"]


def test_no_cpu_limit_is_advice() -> None:
    found = results("resources/cpu_limit_missing", pod_text("{containers: [{name: a}]}")).findings
    assert [str(it.severity) for it in found] == ["info"]


def test_a_container_that_ended_needs_nothing() -> None:
    text = pod_text("{initContainers: [{name: i}], containers: [{name: a, resources: {requests: {cpu: 1, memory: 1Gi}}}]}")
    for rule in (MEMORY, CPU):
        assert not resources(rule, text)
    assert resources(LIMIT, text) == ["/Pod/p"]


def test_a_limit_range_that_may_be_of_this_namespace_is_no_evidence_against_anybody() -> None:
    ranged = limits("{type: Container, default: {memory: 64Mi}, max: {memory: 64Mi}}")
    nowhere = web("{requests: {memory: 1Gi}}", namespace="")
    assert not resources(LIMIT, nowhere + ranged)
    assert not resources(ABOVE, nowhere + ranged)
    assert not resources(RANGE, nowhere + ranged)
    assert unsure(ABOVE, nowhere + ranged) == ["/Deployment/web"]
    here = web("{requests: {memory: 1Gi}}")
    assert resources(ABOVE, here + ranged) == ["shop/Deployment/web"]


def test_what_a_template_fills_in_is_unsure() -> None:
    text = pod_text("{containers: [{name: a, resources: '{{ .Values.resources }}'}]}")
    for rule in (MEMORY, CPU, LIMIT):
        assert not resources(rule, text)


def test_kinds_of_openshift_and_argo_have_containers_too() -> None:
    # kube-score does not know them
    for version, kind in (("apps.openshift.io/v1", "DeploymentConfig"), ("argoproj.io/v1alpha1", "Rollout")):
        text = deployment().replace("apps/v1", version).replace("kind: Deployment", f"kind: {kind}")
        assert resources(MEMORY, text) == [f"/{kind}/web"]


# -- amounts


@pytest.mark.parametrize(
    ("memory", "rule"),
    [
        ("512m", THOUSANDTHS),
        ("'512m'", THOUSANDTHS),
        ("512", IMPLAUSIBLE),
        ("1e3", IMPLAUSIBLE),
        ("512MB", INVALID),
        ("512 Mi", INVALID),
        ("1K", INVALID),
        ("-1", INVALID),
        ("yes", INVALID),
        ("''", INVALID),
        ("512Mi", ""),
        ("134217728", ""),
        ("1288490188800m", ""),
        ("0.5Gi", ""),
        ("129e6", ""),
        ("0", ""),
        ("", ""),
    ],
)
def test_amounts_of_memory(memory: str, rule: str) -> None:
    text = pod_text(f"{{containers: [{{name: a, resources: {{limits: {{memory: {memory}}}}}}}]}}")
    found = [name for name in (THOUSANDTHS, IMPLAUSIBLE, INVALID) if resources(name, text)]
    assert found == [rule] * bool(rule)


def test_what_is_filled_in_before_it_is_applied_is_unsure() -> None:
    text = pod_text("{containers: [{name: a, resources: {limits: {memory: '${MEMORY}'}}}]}")
    assert not resources(INVALID, text)
    assert unsure(INVALID, text) == ["/Pod/p"]
    assert not resources(LIMIT, text)


# -- heaps


def heap(env: str, *, command: str = "[java]", memory: str = "1Gi", more: str = "") -> str:
    container = f"{{name: a, command: {command}, env: [{env}], envFrom: [{{configMapRef: {{name: c}}}}], resources: {{limits: {{memory: {memory}}}}}}}"
    return pod_text(f"{{containers: [{container}]}}") + more


CONFIG = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {OPTS: %s}\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (heap("{name: JAVA_OPTS, value: -Xmx2g}"), ["-Xmx2g"]),
        (heap("{name: JAVA_OPTS, value: -Xmx1024m -Xss1m}"), ["-Xmx1024m"]),
        (heap("{name: JAVA_OPTS, value: -Xmx2g -Xmx512m}"), []),
        (heap("{name: JAVA_TOOL_OPTIONS, value: -Xmx2g}", command="[java, -Xmx512m]"), []),
        (heap("{name: _JAVA_OPTIONS, value: -Xmx2g}", command="[java, -Xmx512m]"), ["-Xmx2g"]),
        (heap("{name: H, value: 2g}", command="[java, -Xmx$(H)]"), ["-Xmx2g"]),
        (heap("{name: A, value: -XX:MaxRAMPercentage=100.0}"), ["-XX:MaxRAMPercentage=100.0"]),
        (heap("{name: A, value: -XX:MaxRAMPercentage=75.0}"), []),
        (heap("{name: NODE_OPTIONS, value: --max_old_space_size=2048}"), ["--max_old_space_size=2048"]),
        (heap("{name: GOMEMLIMIT, value: 2GiB}"), ["GOMEMLIMIT=2GiB"]),
        (heap("{name: GOMEMLIMIT, value: 'off'}"), []),
        (heap("{name: X, valueFrom: {configMapKeyRef: {name: c, key: OPTS}}}", more=CONFIG % "-Xmx3g"), ["-Xmx3g", "-Xmx3g"]),
        (heap("{name: OPTS, value: -Xmx256m}", more=CONFIG % "-Xmx3g"), []),
        (heap("{name: X, value: shop-Xmx2g}"), []),
    ],
)
def test_heaps(text: str, shown: list[str]) -> None:
    assert [finding.actual for finding in results(HEAP, text).findings] == shown


def test_a_heap_in_a_secret_is_left_alone() -> None:
    secret = "---\napiVersion: v1\nkind: Secret\nmetadata: {name: c}\nstringData: {OPTS: -Xmx3g}\n"
    text = heap("{name: X, valueFrom: {secretKeyRef: {name: c, key: OPTS}}}", more=secret)
    assert not results(HEAP, text).findings


# -- quotas


def test_a_quota_adds_everything_up() -> None:
    text = quota("requests.memory: 4Gi") + web("{requests: {memory: 1Gi}}", spec=replicas(3))
    assert not resources(EXCEEDED, text)
    more = text + web("{limits: {memory: 1Gi}}", name="api", spec=replicas(2))
    assert messages(EXCEEDED, more) == [
        "the workloads take 5Gi of requests.memory (shop/Deployment/web 3Gi, shop/Deployment/api 2Gi), and 4Gi are allowed"
    ]


def test_what_is_known_is_enough_when_it_is_too_much() -> None:
    vague = web("{requests: {memory: '{{ .Values.memory }}'}}", name="vague", spec=replicas(9))
    assert resources(EXCEEDED, quota("requests.memory: 2Gi") + web("{requests: {memory: 1Gi}}", spec=replicas(3)) + vague)
    assert unsure(EXCEEDED, quota("requests.memory: 8Gi") + web("{requests: {memory: 1Gi}}", spec=replicas(3)) + vague)


def test_an_autoscaler_counts_with_both_of_its_ends() -> None:
    text = quota("pods: 10") + web(spec="\n  replicas: 50") + scaler(2, 20)
    assert not resources(EXCEEDED, text)
    assert resources(PEAK, text) == ["shop/ResourceQuota/q"]
    assert not resources(PEAK, text.replace("maxReplicas: 20", "maxReplicas: 10"))


@pytest.mark.parametrize(
    ("scope", "pod", "counts"),
    [
        (", scopes: [NotBestEffort]", "", True),
        (", scopes: [BestEffort]", "", False),
        (", scopes: [NotTerminating]", "", True),
        (", scopes: [Terminating]", "", False),
        (", scopes: [Terminating]", ", activeDeadlineSeconds: 60", True),
        (
            ", scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [high]}]}",
            ", priorityClassName: high",
            True,
        ),
        (", scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [high]}]}", "", False),
        (
            ", scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: NotIn, values: [low]}]}",
            ", priorityClassName: low",
            False,
        ),
    ],
)
def test_scopes(scope: str, pod: str, counts: bool) -> None:
    text = quota("pods: 2", more=scope) + web("{requests: {cpu: 1}}", spec=replicas(3), pod=pod)
    assert bool(resources(EXCEEDED, text)) is counts


@pytest.mark.parametrize(
    ("number", "strategy", "stuck"),
    [
        (3, "", True),
        (4, "", False),
        (3, "\n  strategy: {rollingUpdate: {maxUnavailable: 1}}", False),
        (3, "\n  strategy: {rollingUpdate: {maxSurge: 0}}", False),
        (3, "\n  strategy: {type: Recreate}", False),
        (9, "\n  strategy: {rollingUpdate: {maxUnavailable: 0}}", True),
    ],
)
def test_the_pod_that_comes_on_top(number: int, strategy: str, stuck: bool) -> None:
    text = quota(f"requests.cpu: {number}, pods: 100") + web("{requests: {cpu: 1}}", spec=replicas(number, strategy))
    assert bool(resources(ROLLOUT, text)) is stuck
    assert not resources(ROLLOUT, text.replace(f"requests.cpu: {number},", f"requests.cpu: {number + 1},"))


def test_a_quota_asks_every_container() -> None:
    text = quota("limits.cpu: 4") + web("{limits: {cpu: 1}}", more=", {name: proxy}")
    assert messages(NEEDS, text) == ["shop/ResourceQuota/q needs limits.cpu from the container proxy: its pods are refused"]
    assert not resources(NEEDS, text + limits("{type: Container, default: {cpu: 1}}"))
    assert not resources(
        NEEDS,
        text.replace("kind: ResourceQuota\nmetadata: {name: q, namespace: shop}", "kind: ResourceQuota\nmetadata: {name: q, namespace: x}"),
    )


def test_the_maximum_of_a_limit_range_is_its_default() -> None:
    bounds = limits("{type: Container, min: {memory: 16Mi}, max: {memory: 1Gi}}")
    assert not resources(RANGE, web() + bounds)
    assert not resources(NEEDS, quota("limits.memory: 4Gi, requests.memory: 4Gi") + web() + bounds)
    (found,) = results(EXCEEDED, quota("requests.memory: 4Gi") + web(spec=replicas(5)) + bounds).findings
    assert "take 5Gi" in found.message


def test_namespaces_without_quota_are_told_once_for_each_and_never_for_a_file() -> None:
    # trivy says so for every file
    namespace = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: %s}\n"
    for kind, rule in (("quota", "quota/namespace_without_quota"), ("range", "quota/namespace_without_limit_range")):
        bound = quota("pods: 9") if kind == "quota" else limits("{type: Container, default: {cpu: 1}}")
        assert not resources(rule, web() + web(name="other"))
        assert resources(rule, namespace % "shop" + web() + web(name="other")) == ["/Namespace/shop"]
        assert not resources(rule, namespace % "shop" + bound)
        assert resources(rule, namespace % "other" + bound) == ["/Namespace/other"]
