"""Reliability: what other tools get wrong, and what must hold beyond the examples of the pages."""

from __future__ import annotations

import pytest

from tests.kubernetes_made import deployment
from tests.kubernetes_rules.ran import messages, resources, results, unsure

BLOCKS = "reliability/disruption_budget_blocks_drain"
NOTHING = "reliability/disruption_budget_selects_nothing"
MISSING = "reliability/disruption_budget_missing"


def budget(name: str = "web", bound: str = "minAvailable: 1", selector: str = "matchLabels: {app: web}", namespace: str = "") -> str:
    place = f", namespace: {namespace}" if namespace else ""
    return f"""\
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {{name: {name}{place}}}
spec: {{{bound}, selector: {{{selector}}}}}
"""


def scaler(minimum: str, name: str = "web", kind: str = "Deployment") -> str:
    return f"""\
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {{name: {name}}}
spec: {{scaleTargetRef: {{apiVersion: apps/v1, kind: {kind}, name: {name}}}, maxReplicas: 9{minimum}}}
"""


def replicas(number: int) -> str:
    return f"\n  replicas: {number}"


# -- budgets against workloads


def test_a_budget_selects_by_the_labels_of_the_template_not_by_the_selector_of_the_workload() -> None:
    # kube-linter matches a budget against the Deployment's selector
    text = f"""\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web, tier: front}}}}
    spec: {{containers: [{{name: web, image: "shop/web:1.4.2"}}]}}
{budget(selector="matchLabels: {tier: front}")}"""
    assert resources(BLOCKS, text) == ["/PodDisruptionBudget/web"]
    assert not resources(NOTHING, text)


def test_expressions_in_the_selector_of_a_workload_are_no_finding() -> None:
    # kube-linter reports an error for them
    expressions = "matchExpressions: [{key: app, operator: In, values: [web]}]"
    text = deployment(more=replicas(3)).replace("selector: {matchLabels: {app: web}}", f"selector: {{{expressions}}}")
    assert not resources(BLOCKS, text + budget())
    assert not resources("reliability/selector_mismatches_template", text)


@pytest.mark.parametrize(
    ("number", "minimum", "bound", "blocks"),
    [
        (1, "", "minAvailable: 1", True),  # a singleton
        (2, "", "minAvailable: 1", False),
        (2, "", "minAvailable: 51%", True),  # rounds up
        (2, "", "minAvailable: 50%", False),
        (3, "", "minAvailable: 67%", True),
        (3, "", "minAvailable: 66%", False),
        (3, "", "maxUnavailable: 0", True),
        (3, "", 'maxUnavailable: "0%"', True),
        (1, "", "maxUnavailable: 1%", False),  # rounds up to 1
        (9, "", "minAvailable: 100%", True),
        (0, "", "minAvailable: 1", False),  # switched off
        (5, ", minReplicas: 1", "minAvailable: 1", True),  # the autoscaler decides, whatever replicas says
        (1, ", minReplicas: 3", "minAvailable: 2", False),
        (5, "", "minAvailable: 5", True),
    ],
)
def test_budgets_that_block_every_drain(number: int, minimum: str, bound: str, *, blocks: bool) -> None:
    text = deployment(more=replicas(number)) + budget(bound=bound) + (scaler(minimum) if minimum else "")
    assert resources(BLOCKS, text) == (["/PodDisruptionBudget/web"] if blocks else [])


@pytest.mark.parametrize("kind", ["StatefulSet", "ReplicaSet", "Rollout", "CloneSet", "DeploymentConfig"])
def test_not_only_deployments(kind: str) -> None:
    # polaris looks at Deployments only
    text = deployment(more=replicas(2)).replace("kind: Deployment", f"kind: {kind}")
    assert resources(BLOCKS, text + budget(bound="minAvailable: 2")) == ["/PodDisruptionBudget/web"]
    assert not resources(BLOCKS, text + budget())


def test_keda_gives_the_minimum_too() -> None:
    keda = """\
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web}
spec: {scaleTargetRef: {name: web}, minReplicaCount: %d, triggers: []}
"""
    assert resources(BLOCKS, deployment() + budget() + keda % 1)
    assert not resources(BLOCKS, deployment() + budget() + keda % 2)


def test_the_pods_of_several_workloads_count_together() -> None:
    both = deployment() + deployment("api").replace("app: web", "app: web, part: api")
    assert not resources(BLOCKS, both + budget())
    assert resources(BLOCKS, both + budget(bound="minAvailable: 2"))


def test_an_unknown_number_blocks_nothing() -> None:
    daemons = deployment().replace("kind: Deployment", "kind: DaemonSet")
    assert not resources(BLOCKS, daemons + budget())
    elsewhere = budget(bound="minAvailable: 3")
    assert not resources(BLOCKS, elsewhere)


def test_a_cluster_counts_the_pods_of_a_deployment_once() -> None:
    owned = """\
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-1, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: a}]}
spec:
  replicas: 2
  selector: {matchLabels: {app: web, pod-template-hash: "1"}}
  template:
    metadata: {labels: {app: web, pod-template-hash: "1"}}
    spec: {containers: [{name: main, image: "shop/web:1.4.2"}]}
---
apiVersion: v1
kind: Pod
metadata:
  name: web-1-x
  labels: {app: web, pod-template-hash: "1"}
  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, uid: b}]
spec: {containers: [{name: main, image: "shop/web:1.4.2"}]}
"""
    text = deployment(more=replicas(2)) + owned + budget(bound="minAvailable: 2")
    assert resources(BLOCKS, text) == ["/PodDisruptionBudget/web"]
    assert not resources("reliability/disruption_budget_on_unscaled_pods", text + budget("more", "maxUnavailable: 1"))
    assert resources("reliability/liveness_probe_missing", text) == ["/Deployment/web"]
    assert not resources("reliability/bare_pod", text)


def test_a_budget_protects_only_in_its_namespace() -> None:
    # popeye counts the budgets of all namespaces, and reads no expressions
    web = deployment(more=replicas(3), metadata=", namespace: shop")
    expressions = "matchExpressions: [{key: app, operator: NotIn, values: [api]}]"
    assert resources(MISSING, web + budget(namespace="other")) == ["shop/Deployment/web"]
    assert not resources(MISSING, web + budget(namespace="shop", selector=expressions))


def test_one_label_in_common_is_not_enough() -> None:
    # polaris takes a budget for the right one when any of its labels matches
    web = deployment(more=replicas(3), labels="app: web, tier: front")
    assert resources(MISSING, web + budget(selector="matchLabels: {app: api, tier: front}")) == ["/Deployment/web"]


def test_a_budget_that_selects_everything() -> None:
    everything = budget(selector="").replace("selector: {}", "selector: {}")
    assert not resources(MISSING, deployment(more=replicas(3)) + everything)
    assert not resources(NOTHING, deployment(more=replicas(3)) + everything)


def test_a_budget_without_a_match_is_unknown_where_no_pods_are() -> None:
    assert unsure(NOTHING, budget()) == ["/PodDisruptionBudget/web"]
    assert results(NOTHING, budget(), closed=True).findings


def test_an_open_label_of_the_pods_leaves_the_budget_open() -> None:
    web = deployment(more=replicas(3), labels='app: "{{ .Values.name }}"')
    assert not resources(NOTHING, web + budget())


def test_two_budgets_of_one_pod() -> None:
    two = budget("one", selector="matchLabels: {app: web}") + budget("two", selector="matchExpressions: [{key: app, operator: Exists}]")
    overlap = "reliability/disruption_budgets_overlap"
    assert resources(overlap, deployment() + two) == ["/PodDisruptionBudget/two"]
    apart = budget("one", namespace="a") + budget("two", namespace="b")
    assert not resources(overlap, deployment(metadata=", namespace: a") + apart)


# -- probes


def container(more: str) -> str:
    return f"""\
apiVersion: v1
kind: Pod
metadata: {{name: p}}
spec:
  containers:
    - {{name: main, image: "shop/web:1.4.2", {more}}}
"""


def test_a_numeric_port_may_be_undeclared() -> None:
    # kube-linter takes it for a fault by default; declared ports are for information
    text = container("livenessProbe: {tcpSocket: {port: 8080}}")
    assert not resources("reliability/probe_port_name_undeclared", text)
    assert not resources("reliability/probe_port_undeclared", text)
    assert [finding.severity.name for finding in results("reliability/probe_without_declared_port", text).findings] == ["INFO"]


def test_a_name_has_to_be_declared_by_the_same_container() -> None:
    ports = "ports: [{name: http, containerPort: 8080}]"
    for handler in ("httpGet: {port: htpp}", "tcpSocket: {port: htpp}"):
        assert resources("reliability/probe_port_name_undeclared", container(f"{ports}, readinessProbe: {{{handler}}}"))
    assert not resources("reliability/probe_port_name_undeclared", container(f"{ports}, startupProbe: {{httpGet: {{port: http}}}}"))


def test_two_named_ports_are_two_ports() -> None:
    # kube-score compares the numbers of named ports, which are all 0
    ports = "ports: [{name: http, containerPort: 8080}, {name: admin, containerPort: 9090}]"
    probes = "readinessProbe: {httpGet: {port: http}}, livenessProbe: {httpGet: {port: %s}}"
    assert not resources("reliability/probes_identical", container(f"{ports}, {probes % 'admin'}"))
    assert resources("reliability/probes_identical", container(f"{ports}, {probes % 8080}"))


# -- selectors


def test_a_label_in_common_is_no_overlap() -> None:
    overlap = "reliability/selectors_overlap"
    one, other = deployment("one", labels="app: web, part: one"), deployment("two", labels="app: web, part: two")
    assert not resources(overlap, one + other)
    same = deployment("one", metadata=", namespace: a") + deployment("two", metadata=", namespace: b")
    assert not resources(overlap, same)
    assert resources(overlap, deployment("one") + deployment("two")) == ["/Deployment/one", "/Deployment/two"]


def test_expressions_overlap_too() -> None:
    wide = deployment("wide", labels="app: wide").replace("matchLabels: {app: wide}", "matchExpressions: [{key: app, operator: Exists}]")
    narrow = deployment("narrow", labels="app: narrow")
    overlap = "reliability/selectors_overlap"
    assert not resources(overlap, wide + narrow)  # controllers know their own pods; who counts by the selector does not
    assert resources(overlap, wide + narrow + scaler("", "wide")) == ["/Deployment/wide"]


# -- schedules


@pytest.mark.parametrize(
    ("schedule", "fault"),
    [
        ("* * * * *", ""),
        ("*/5 0-6/2 1,15 JAN-MAR mon", ""),
        ("@weekly", ""),
        ("@every 90m", ""),
        ("@reboot", "word"),
        ("@every day", "word"),
        ("60 * * * *", "minute"),
        ("0 24 * * *", "hour"),
        ("0 0 0 * *", "day of the month"),
        ("0 0 * * 7", "day of the week"),
        ("0 0 * * MON#1", "day of the week"),
        ("5-1 * * * *", "minute"),
        ("*/0 * * * *", "minute"),
        ("0 0 L * *", "day of the month"),
        ("* * * *", "five fields"),
    ],
)
def test_schedules(schedule: str, fault: str) -> None:
    text = f'apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: c}}\nspec: {{schedule: "{schedule}"}}\n'
    said = messages("reliability/schedule_invalid", text)
    assert bool(said) is bool(fault)
    assert not said or fault in said[0]


@pytest.mark.parametrize(
    ("schedule", "never"),
    [
        ("0 0 30 2 *", True),
        ("0 0 31 2,4,6,9,11 *", True),
        ("0 0 31 */1 *", False),
        ("0 0 29 2 *", False),
        ("0 0 30 2 1", False),
        ("0 0 30 2 */2", False),  # a stepped star restricts, so either of the two fields suffices
        ("TZ=UTC 0 0 31 4 *", True),
    ],
)
def test_schedules_that_never_fire(schedule: str, *, never: bool) -> None:
    text = f'apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: c}}\nspec: {{schedule: "{schedule}"}}\n'
    assert bool(messages("reliability/schedule_never_fires", text)) is never


# -- the end of a pod


@pytest.mark.parametrize(
    ("hook", "grace", "killed"),
    [
        ("sleep: {seconds: 30}", "", True),
        ("sleep: {seconds: 29}", "", False),
        ("exec: {command: [sleep, 30s]}", "", True),
        ('exec: {command: [/bin/sh, -c, "sleep 20 && sleep 15"]}', "", True),
        ('exec: {command: [sh, -c, "kill -QUIT 1; sleep 1m"]}', "terminationGracePeriodSeconds: 60, ", True),
        ('exec: {command: [sh, -c, "sleep 1m"]}', "terminationGracePeriodSeconds: 61, ", False),
        ('exec: {command: [sh, -c, "sleep $WAIT"]}', "", False),
        ("httpGet: {path: /stop, port: 80}", "", False),
    ],
)
def test_hooks_that_use_up_the_grace_period(hook: str, grace: str, *, killed: bool) -> None:
    spec = f"{{{grace}containers: [{{name: main, image: w, lifecycle: {{preStop: {{{hook}}}}}}}]}}"
    text = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec: {spec}\n"
    assert bool(resources("reliability/pre_stop_exceeds_grace_period", text)) is killed


# -- variables


def test_what_shells_replace_is_no_variable_of_the_kubelet() -> None:
    undefined = "reliability/variable_undefined"
    for word in ("$(date +%s)", "$(hostname)", "$$(HOST)", "$((1 + 2))", "${HOST}", "$HOST"):
        assert not resources(undefined, container(f'command: [sh, -c, "echo {word}"]'))
    assert resources(undefined, container('command: [sh, -c, "echo $$$(HOST)"]'))


def test_the_variables_of_services_are_there_unless_they_are_switched_off() -> None:
    text = container('args: ["$(DB_SERVICE_HOST)"]')
    assert not resources("reliability/variable_undefined", text)
    assert resources("reliability/variable_undefined", text.replace("spec:", "spec:\n  enableServiceLinks: false"))


def test_what_a_config_map_elsewhere_may_give_is_unknown() -> None:
    text = container('args: ["$(HOST)"], envFrom: [{configMapRef: {name: settings}}]')
    assert unsure("reliability/variable_undefined", text) == ["/Pod/p"]
    settings = '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {PORT: "1"}\n'
    assert resources("reliability/variable_undefined", text + settings) == ["/Pod/p"]


def test_a_headless_service_sets_no_variables() -> None:
    service = "---\napiVersion: v1\nkind: Service\nmetadata: {name: db%s}\nspec: {%sselector: {app: db}, ports: [{port: 5432}]}\n"
    text = container("env: [{name: DB_HOST, value: db}]")
    collision = "reliability/service_link_collision"
    assert resources(collision, text + service % ("", ""))
    assert not resources(collision, text + service % ("", "clusterIP: None, "))
    assert not resources(collision, text + service % (", namespace: other", ""))


# -- volumes under rollouts


def claim(modes: str, more: str = "") -> str:
    return f"---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: data}}\nspec: {{accessModes: [{modes}]{more}}}\n"


MOUNTED = ", volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]"


@pytest.mark.parametrize(
    ("more", "modes", "rule"),
    [
        ("", "ReadWriteOnce", "claim_blocks_rollout"),
        ("", "ReadWriteOncePod", "claim_blocks_rollout"),
        (replicas(2), "ReadWriteOnce", "claim_shared_by_replicas"),
        ("\n  strategy: {type: Recreate}", "ReadWriteOnce", ""),
        ("\n  strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}", "ReadWriteOnce", ""),
        (replicas(2), "ReadWriteMany", ""),
        (replicas(0), "ReadWriteOnce", ""),
    ],
)
def test_a_volume_of_one_node(more: str, modes: str, rule: str) -> None:
    text = deployment(spec=MOUNTED, more=more) + claim(modes)
    for name in ("claim_blocks_rollout", "claim_shared_by_replicas"):
        assert bool(resources(f"reliability/{name}", text)) is (name == rule)


def test_the_most_that_an_autoscaler_makes_counts() -> None:
    text = deployment(spec=MOUNTED) + claim("ReadWriteOnce") + scaler("")
    assert resources("reliability/claim_shared_by_replicas", text) == ["/Deployment/web"]


def test_volumes_that_lie_on_a_node_keep_their_pods_there() -> None:
    text = deployment(spec=MOUNTED) + claim("ReadWriteOnce", ", storageClassName: fast")
    local = "---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: rancher.io/local-path\n"
    assert not resources("reliability/claim_blocks_rollout", text + local)


def test_a_claim_from_elsewhere_is_unknown() -> None:
    assert unsure("reliability/claim_blocks_rollout", deployment(spec=MOUNTED)) == ["/Deployment/web"]


# -- what could not be read


@pytest.mark.parametrize("name", ["disruption_budget_missing", "disruption_budget_blocks_drain", "two_replicas", "single_replica"])
def test_a_file_that_cannot_be_read_may_hold_what_is_missing(name: str) -> None:
    service = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n"
    number = 1 if name == "single_replica" else 2
    text = deployment(more=replicas(number)) + service
    text += budget(bound="minAvailable: 2") if name == "disruption_budget_blocks_drain" else ""
    assert resources(f"reliability/{name}", text)
    broken = "---\napiVersion: autoscaling/v2\nkind: [HorizontalPodAutoscaler\n"
    assert not resources(f"reliability/{name}", text + broken)
    assert unsure(f"reliability/{name}", text + broken)


# -- traffic and readiness


def fronted(kind: str, more: str) -> str:
    service = (
        f"---\napiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec: {{{more}selector: {{app: web}}, ports: [{{port: 80}}]}}\n"
    )
    return deployment().replace("kind: Deployment", f"kind: {kind}") + service


@pytest.mark.parametrize(
    ("kind", "more", "finding"),
    [
        ("Deployment", "", "readiness_probe_missing"),
        ("StatefulSet", "clusterIP: None, ", "readiness_probe_missing"),
        ("StatefulSet", "clusterIP: None, publishNotReadyAddresses: true, ", "readiness_probe_unset"),
        ("DaemonSet", "clusterIP: None, ", "readiness_probe_unset"),
        ("Deployment", "type: ExternalName, externalName: example.com, ", "readiness_probe_unset"),
        ("Job", "", ""),
    ],
)
def test_readiness_is_asked_where_a_service_waits_for_it(kind: str, more: str, finding: str) -> None:
    for name in ("readiness_probe_missing", "readiness_probe_unset"):
        assert bool(resources(f"reliability/{name}", fronted(kind, more))) is (name == finding)


def test_a_bare_pod_among_scaled_ones_is_left_out_of_the_count_and_a_job_is_not() -> None:
    bare = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: web}}\nspec: {containers: [{name: main, image: w}]}\n"
    job = deployment("job").replace("apps/v1", "batch/v1").replace("kind: Deployment", "kind: Job")
    rule, one = "reliability/disruption_budget_on_unscaled_pods", budget(bound="maxUnavailable: 1")
    assert not resources(rule, deployment() + bare + one)
    assert resources(rule, bare + one)
    assert resources(rule, deployment() + job + one)
    assert not resources(rule, deployment() + job + budget(bound="minAvailable: 1"))


def test_a_budget_in_another_namespace_is_one_fault() -> None:
    text = deployment(metadata=", namespace: shop") + deployment("other", labels="app: other", metadata=", namespace: platform")
    misplaced = text + budget(namespace="platform")
    assert resources("reliability/disruption_budget_in_another_namespace", misplaced) == ["platform/PodDisruptionBudget/web"]
    assert not resources(NOTHING, misplaced)
    assert resources(NOTHING, text + budget(namespace="platform", selector="matchLabels: {app: neither}"))
