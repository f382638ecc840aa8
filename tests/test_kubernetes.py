"""Manifests: objects with places, documents that survive their neighbours, charts that are named as a gap."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from auditor.loaders import Loading, Settings
from auditor.loaders.files import Files
from auditor.loaders.kubernetes import units
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
    rule = "kubernetes-privilege-escalation-allowed"
    plain = auditor("scan", write({"web.yaml": DEPLOYMENT.replace("{annotations}", "{}")}), "--format", "json", "--rule", rule)
    assert [f["rule_id"] for f in json.loads(plain.out)["findings"]] == [rule]
    skipped = DEPLOYMENT.replace("{annotations}", '{checkov.io/skip1: "CKV_K8S_20=old image, ticket 12"}')
    ran = auditor("scan", write({"web.yaml": skipped}), "--format", "json", "--rule", rule)
    document = json.loads(ran.out)
    assert document["findings"] == []
    assert [f["rule_id"] for f in document["suppressed"]] == [rule]


def test_a_chart_that_is_not_rendered_is_a_gap(auditor: Auditor, write: Write) -> None:
    tree = write(
        {
            "web.yaml": DEPLOYMENT.replace("{annotations}", "{}"),
            "chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
            "chart/templates/deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n",
        }
    )
    ran = auditor("scan", tree, "--format", "json")
    assert [(d["code"], d["location"]["path"]) for d in json.loads(ran.out)["diagnostics"]] == [("helm-not-rendered", "chart/Chart.yaml")]
    assert ran.code == 0
    assert auditor("scan", tree, "--strict").code == 3
