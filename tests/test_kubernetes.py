"""Manifests: objects with places, documents that survive their neighbours, charts that are named as a gap."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from auditor.app import render
from auditor.links import links
from auditor.loaders import Loading, Settings
from auditor.loaders.files import Files
from auditor.loaders.kubernetes import units
from auditor.model.graph import Graph
from auditor.views.kubernetes.lookup import look_up
from auditor.views.kubernetes.pod import pods
from tests.conftest import Ran

Write = Callable[[Mapping[str, str]], Path]
Auditor = Callable[..., Ran]

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    metadata:
      annotations: {annotations}
    spec:
      containers:
        - name: web
          image: shop/web:1.4.2
"""


def load(texts: Mapping[str, str]) -> Loading:
    """What the only unit of these files holds."""
    (unit,) = units(Files.of(texts), Settings())
    return unit.load()


def test_objects_of_all_documents_and_lists() -> None:
    text = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: b, namespace: ns}\n"
    found = load({"k/all.yaml": text})
    assert [(r.address.text, r.kind, r.span.line) for r in found.resources] == [
        ("/Service/a", "Service", 1),
        ("ns/ConfigMap/b", "ConfigMap", 8),
    ]


def test_one_broken_document_leaves_the_others() -> None:
    text = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n---\napiVersion: v1\nkind: [\n---\napiVersion: v1\nkind: Service\nmetadata: {name: c}\n"
    found = load({"all.yaml": text})
    assert [r.address.text for r in found.resources] == ["/Service/a", "/Service/c"]
    assert [(d.code, d.span.line) for d in found.diagnostics] == [("yaml-syntax", 7)]


def test_json_has_places_too() -> None:
    data = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {"type": "NodePort"}}
    (resource,) = load({"s.json": json.dumps(data, indent=2)}).resources
    assert resource.at("spec.type").span.line == 8


def test_what_is_no_object_is_left_alone() -> None:
    assert not units(Files.of({"a.yaml": "a: 1\n", "b.yml": "- kind: x\n", "c.json": "{}", "values.yaml": "apiVersion: 3\n"}), Settings())


def test_a_skip_on_the_pod_template_is_honoured(auditor: Auditor, write: Write) -> None:
    rule = "kubernetes-pod-security-privilege-escalation-allowed"
    plain = auditor("scan", write({"web.yaml": DEPLOYMENT.replace("{annotations}", "{}")}), "--format", "json", "--rule", rule)
    assert [f["rule_id"] for f in json.loads(plain.out)["findings"]] == [rule]
    skipped = DEPLOYMENT.replace("{annotations}", '{checkov.io/skip1: "CKV_K8S_20=old image, ticket 12"}')
    ran = auditor("scan", write({"web.yaml": skipped}), "--format", "json", "--rule", rule)
    document = json.loads(ran.out)
    assert document["findings"] == []
    assert [f["rule_id"] for f in document["suppressed"]] == [rule]


def test_a_chart_that_is_not_rendered_is_a_gap(auditor: Auditor, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "chart_renderer", lambda: None)
    tree = write(
        {
            "web.yaml": DEPLOYMENT.replace("{annotations}", "{}"),
            "chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
            "chart/templates/deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n",
        }
    )
    ran = auditor("scan", tree, "--format", "json")
    assert [(d["code"], d["location"]["path"]) for d in json.loads(ran.out)["diagnostics"]] == [("helm-not-rendered", "chart/Chart.yaml")]
    assert auditor("scan", tree, "--strict", "--fail-on", "critical").code == 3


CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"


def names(texts: Mapping[str, str]) -> list[str]:
    """The units of these files, with their formats."""
    return [f"{unit.format} {unit.name}" for unit in units(Files.of(texts), Settings())]


def test_a_bundle_is_a_folder() -> None:
    assert names({"a/x.yaml": CONFIG, "a/y.yaml": CONFIG, "b/x.yaml": CONFIG}) == ["kubernetes a", "kubernetes b"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".github/workflows/deploy.yml", CONFIG),
        ("sub/.github/workflows/deploy.yml", CONFIG),
        (".gitlab-ci.yml", "deploy:\n  script: |\n    cat <<EOF\n    apiVersion: v1\n    kind: Pod\n    EOF\n"),
        ("chart/templates/x.yaml", CONFIG),
        ("chart/values.yaml", CONFIG),
        ("chart/charts/sub/templates/x.yaml", CONFIG),
    ],
)
def test_what_others_read_is_no_manifest(path: str, text: str) -> None:
    assert not [name for name in names({path: text, "chart/Chart.yaml": "name: c\n"}) if name.startswith("kubernetes")]


def test_a_chart_at_the_root_hides_only_its_own_files() -> None:
    texts = {"Chart.yaml": "name: c\n", "templates/x.yaml": CONFIG, "crds/crd.yaml": CONFIG, "deploy/x.yaml": CONFIG}
    assert names(texts) == ["helm .", "kubernetes crds", "kubernetes deploy"]


def test_patches_of_a_kustomization_are_no_objects() -> None:
    texts = {
        "base/kustomization.yaml": "resources: [x.yaml]\npatches: [{path: patch.yaml}]\npatchesStrategicMerge: [old.yaml]\n",
        "base/x.yaml": CONFIG,
        "base/patch.yaml": CONFIG,
        "base/old.yaml": CONFIG,
    }
    found = units(Files.of(texts), Settings())
    assert [(unit.format, unit.files) for unit in found] == [
        ("kubernetes", ("base/x.yaml",)),
        ("kustomize", ("base/kustomization.yaml",)),
    ]
    assert [problem.code for unit in found for problem in unit.load().diagnostics] == ["kustomize-not-built"]
    assert found[0].load().gaps


def test_json_texts_one_after_the_other() -> None:
    text = (
        '{"apiVersion": "v1", "kind": "A",\n "metadata": {"name": "a"}}\n{"apiVersion": "v1",\n "kind": "B", "metadata": {"name": "b"}}\n'
    )
    for path in ("x.json", "x.yaml"):
        found = load({path: text}).resources
        assert [(r.address.text, r.at("metadata.name").span.line) for r in found] == [("/A/a", 2), ("/B/b", 4)]


def test_unknown_kinds_are_kept() -> None:
    (found,) = load(
        {"x.yaml": "apiVersion: example.org/v1\nkind: Mine\nmetadata: {generateName: m-, namespace: shop}\nspec: {a: 1}\n"}
    ).resources
    assert (found.address.text, found.kind, found.at("spec.a").data) == ("shop/Mine/m-", "Mine", 1)


def test_a_template_that_is_not_yaml_is_said_to_be_one() -> None:
    found = load({"x.yaml": CONFIG + "---\napiVersion: v1\nkind: Service\n{{- if .Values.a }}\nmetadata: {name: b}\n{{- end }}\n"})
    assert [r.address.text for r in found.resources] == ["/ConfigMap/a"]
    assert [(problem.code, problem.gap) for problem in found.diagnostics] == [("template-not-rendered", True)]


def test_what_a_template_fills_in_is_unknown() -> None:
    text = 'apiVersion: v1\nkind: Service\nmetadata: {name: "{{ .Values.name }}", namespace: "${NS}"}\nspec: {note: "{{ $labels.job }} costs $5", run: "echo ${HOME}"}\n'
    (found,) = load({"x.yaml": text}).resources
    assert [found.at(path).unknown for path in ("metadata.name", "metadata.namespace", "spec.note", "spec.run")] == [
        True,
        True,
        False,
        False,
    ]
    assert found.address.text == "/Service/-"


def test_a_comment_speaks_for_the_container_below_it(auditor: Auditor, write: Write) -> None:
    rule = "kubernetes-pod-security-privilege-escalation-allowed"
    text = (
        DEPLOYMENT.replace("{annotations}", "{}")
        + "        # auditor:ignore="
        + rule
        + ' reason="needs sudo"\n        - name: old\n          image: a:1\n'
    )
    document = json.loads(auditor("scan", write({"web.yaml": text}), "--format", "json", "--rule", rule).out)
    assert [finding["location"]["line"] for finding in document["findings"]] == [12]
    assert [finding["location"]["line"] for finding in document["suppressed"]] == [15]


def test_lists_in_lists_end_somewhere() -> None:
    text = '{"apiVersion": "v1", "kind": "List", "items": [' * 12 + "]}" * 12
    assert load({"x.json": text}).resources == ()


def test_whatever_is_given_a_kind_crashes_nothing() -> None:
    for junk in ("[]", "3", "{}", "null", "[a, [b]]", "text", "true"):
        for field in ("metadata", "spec", "items", "data"):
            loaded = load({"x.yaml": f"apiVersion: v1\nkind: DeploymentList\nmetadata: {{name: x}}\n{field}: {junk}\n"})
            Graph(loaded.resources, links()).edges  # noqa: B018 - that it can be had is the test


def test_of_many_broken_documents_the_first_are_shown() -> None:
    found = load({"x.yaml": "apiVersion: v1\nkind: [\n---\n" * 500 + CONFIG})
    assert [r.address.text for r in found.resources] == ["/ConfigMap/a"]
    assert len(found.diagnostics) == 101
    assert "400 more" in found.diagnostics[-1].message


def test_more_json_texts_than_anybody_writes_are_cut() -> None:
    found = load({"x.json": '{"apiVersion": "v1", "kind": "A"}\n' * 2001})
    assert len(found.resources) == 2000
    assert [it.code for it in found.diagnostics] == ["json-too-many"]


KNATIVE = """\
apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: hello}
spec: {template: {spec: {containers: [{name: user, image: "x:1"}]}}}
"""


def test_a_kind_that_shares_its_name_is_known_by_its_group() -> None:
    text = f"{KNATIVE}---\napiVersion: v1\nkind: Service\nmetadata: {{name: web}}\n"
    found = load({"a.yaml": text}).resources
    assert [(it.kind, it.address.text) for it in found] == [("Service.serving.knative.dev", "/Service/hello"), ("Service", "/Service/web")]
    graph = Graph(found)
    assert [pod.containers[0].name for it in found for pod in pods(it, graph)] == ["user"]
    assert look_up(graph, found[1], "Service", "hello").outcome == "found"
