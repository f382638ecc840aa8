"""Versions and schemas: what other tools get wrong."""

from __future__ import annotations

import pytest

from auditor.engine import rulebook
from auditor.engine.runner import run
from auditor.links import links
from auditor.loaders import Settings
from auditor.model.graph import Graph
from auditor.views.kubernetes import lifecycle
from tests.kubernetes_made import load
from tests.kubernetes_rules.ran import messages, resources, results, unsure


def judged_for(version: str, rule: str, text: str) -> list[str]:
    """What a rule says of a text when the user names a version."""
    root = rulebook.builtin_root()
    loading = load({"all.yaml": text}, Settings(kubernetes_version=version))
    found = run([rulebook.load_file(root, root / "kubernetes" / f"{rule}.py")], Graph(loading.resources, links(), loading.gaps))
    return [finding.message for finding in found.findings]


def written(api: str, kind: str) -> str:
    return f"\n\n\n\n\n\n\napiVersion: {api}\nkind: {kind}\nmetadata: {{name: a}}\n"


@pytest.mark.parametrize(
    ("api", "kind"),
    [
        # trivy's KSV-0107 has keys that no API ever had in place of these
        ("extensions/v1beta1", "Ingress"),
        ("extensions/v1beta1", "NetworkPolicy"),
        ("apps/v1beta2", "Deployment"),
        ("apps/v1beta2", "StatefulSet"),
        ("autoscaling/v2beta1", "HorizontalPodAutoscaler"),
        ("node.k8s.io/v1beta1", "RuntimeClass"),
        ("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema"),
        # pluto does not know them
        ("networking.k8s.io/v1alpha1", "ClusterCIDR"),
        ("resource.k8s.io/v1alpha2", "ResourceClaim"),
    ],
)
def test_every_removed_api_is_known_and_found_where_it_is_written(api: str, kind: str) -> None:
    (finding,) = results("api/version_not_served", written(api, kind)).findings
    assert finding.span.line == 8  # trivy says line 1


def test_a_kind_of_another_group_is_not_removed() -> None:
    # a name of a kind alone does not make it Kubernetes' own
    assert not resources("api/version_not_served", written("autoscaling.example.com/v1beta1", "Deployment"))
    assert not resources("api/version_not_served", written("networking.k8s.io/v1", "Ingress"))


def test_an_alpha_api_goes_when_the_releases_drop_it_and_not_when_it_was_planned() -> None:
    assert lifecycle.table()["networking.k8s.io/v1alpha1", "ClusterCIDR"].removed == (1, 31)
    text = written("networking.k8s.io/v1alpha1", "ClusterCIDR")
    assert judged_for("1.28", "api/version_not_served", text) == []
    assert "gone since Kubernetes 1.29" in judged_for("1.29", "api/version_not_served", text)[0]


def test_versions_are_judged_for_the_cluster_that_the_user_names() -> None:
    cron = written("batch/v1beta1", "CronJob")
    assert judged_for("1.24", "api/version_not_served", cron) == []
    assert judged_for("v1.25.3", "api/version_not_served", cron)
    assert judged_for("1.24", "api/version_deprecated", cron) == ["deprecated since Kubernetes 1.21, gone with 1.25"]
    policy = written("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy")
    assert "came with Kubernetes 1.30" in judged_for("1.29", "api/version_not_served", policy)[0]


POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers: [{name: a, image: b:1}]\n"


def test_a_field_of_a_newer_release_is_named_as_such() -> None:
    # schema tools say that it does not exist
    newer = POD + "  resources: {requests: {cpu: 1}}\n"
    assert judged_for("1.31", "api/field_unknown", newer) == ["resources is unknown in Kubernetes 1.31, it exists from 1.32"]
    assert judged_for("1.32", "api/field_unknown", newer) == []
    assert judged_for("1.99", "api/field_unknown", POD + "  novelty: true\n") == []


def test_what_the_server_takes_is_not_called_missing() -> None:
    # the schemas require both
    policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {policyTypes: [Ingress]}\n"
    assert not messages("api/field_missing", policy)
    assert not messages("api/field_missing", "apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: a}\n")


def test_null_is_no_value() -> None:
    assert not messages("api/field_type_wrong", POD + "  nodeSelector: null\n  tolerations:\n")
    assert messages("api/field_missing", "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: null}\n") == [
        "containers is missing"
    ]


def test_a_field_in_the_wrong_table_is_sent_home() -> None:
    text = POD.replace("image: b:1", "image: b:1, runAsUser: 1000, restartPolicies: Always")
    assert messages("api/field_unknown", text) == [
        "there is no field runAsUser here, it belongs to spec.containers[0].securityContext",
        "there is no field restartPolicies here, restartPolicy may be meant",
    ]


def test_what_only_containers_have_is_sent_to_them() -> None:
    text = POD + "  securityContext: {readOnlyRootFilesystem: true}\n"
    (said,) = messages("api/field_unknown", text)
    assert said == "there is no field readOnlyRootFilesystem here, it belongs to spec.containers[].securityContext"


def test_a_field_of_another_version_of_the_api_is_named() -> None:
    spec = "spec:\n  maxReplicas: 3\n  scaleTargetRef: {kind: Deployment, name: a}\n  metrics: []\n"
    scaler = f"apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: {{name: a}}\n{spec}"
    assert messages("api/field_unknown", scaler) == ["there is no field metrics here, autoscaling/v2 has it"]


def test_texts_that_are_no_texts_are_left_to_their_own_rule() -> None:
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {a: true}}\ndata: {b: 1.10}\n"
    assert not messages("api/field_type_wrong", text)
    assert messages("api/field_type_wrong", text.replace("{b: 1.10}", "[b]")) == ["data has to be a table"]
    assert not messages(
        "api/field_type_wrong", POD.replace("image: b:1", "image: b:1, args: [--port, 8080]") + "  nodeSelector: {a: true}\n"
    )


def test_what_a_secret_holds_is_not_shown() -> None:
    (finding,) = results("api/field_type_wrong", "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: [hunter2-really]\n").findings
    assert "hunter2" not in repr(finding)


def test_custom_kinds_and_templates_are_not_judged() -> None:
    assert not messages(
        "api/field_unknown", "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: a}\nspec: {anything: goes}\n"
    )
    assert not messages("api/field_type_wrong", POD.replace("spec:\n", "spec:\n  hostNetwork: {{ .Values.host }}\n"))


def test_alternatives_in_one_folder_are_not_declared_twice() -> None:
    one = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
    root = rulebook.builtin_root()
    rule = rulebook.load_file(root, root / "kubernetes" / "api" / "object_declared_twice.py")
    for names, findings in ((("a", "b"), 1), (("a", "b", "c"), 0)):
        loading = load({f"{name}.yaml": one for name in names})
        assert len(run([rule], Graph(loading.resources, links(), loading.gaps)).findings) == findings
    assert resources("api/object_declared_twice", f"{one}---\n{one}---\n{one}") == ["/ConfigMap/a", "/ConfigMap/a"]


def test_an_object_that_may_be_a_patch_lacks_nothing_for_certain() -> None:
    whole = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n"
    root = rulebook.builtin_root()
    rule = rulebook.load_file(root, root / "kubernetes" / "api" / "field_missing.py")
    from auditor.loaders.files import Files
    from auditor.loaders.kubernetes import units

    found = units(Files.of({"base/a.yaml": whole, "prod/a.yaml": whole.replace("port: 80", "nodePort: 30080")}), Settings())
    loading = next(unit.load() for unit in found if unit.name == "prod")
    result = run([rule], Graph(loading.resources, links(), loading.gaps))
    assert not result.findings
    assert len(result.unsure) == 1


def test_names_that_a_template_completes_are_not_judged() -> None:
    assert not resources("api/name_invalid", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: $(NAME)-a}\n")
    assert not unsure("api/name_invalid", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a.b}\n")
    assert resources("api/name_invalid", "apiVersion: v1\nkind: Namespace\nmetadata: {name: a.b}\n") == ["/Namespace/a.b"]
