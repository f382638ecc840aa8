"""Kustomizations: where the values of what is built were written; gaps; and the real kubectl where it is installed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from auditor.app import render
from auditor.loaders import Loading, Rendering, Settings, Unit
from auditor.loaders.files import Files
from auditor.loaders.kubernetes import units
from tests.conftest import Ran

Write = Callable[[Mapping[str, str]], Path]

WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  template:
    spec:
      containers:
      - name: web
        image: web
      - name: proxy
        image: proxy:1
"""
TREE = {
    "base/kustomization.yaml": "resources: [web.yaml]\nconfigMapGenerator:\n- {name: conf, literals: [a=b]}\n",
    "base/web.yaml": WEB,
    "prod/kustomization.yaml": 'resources: [../base]\nnamespace: prod\nimages: [{name: web, newTag: "2"}]\npatches: [{path: p.yaml}]\n',
    "prod/p.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n",
}
BUILT = """\
apiVersion: v1
data: {a: b}
kind: ConfigMap
metadata:
  annotations:
    config.kubernetes.io/origin: |
      configuredIn: ../t/base/kustomization.yaml
  name: conf-4h2mbtbbt6
  namespace: prod
---
apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    alpha.config.kubernetes.io/transformations: |
      - configuredIn: ../t/prod/kustomization.yaml
        configuredBy: {kind: PatchTransformer}
    config.kubernetes.io/origin: |
      path: ../t/base/web.yaml
  name: web
  namespace: prod
spec:
  replicas: 3
  template:
    spec:
      containers:
      - image: web:2
        name: web
      - image: proxy:1
        name: proxy
"""


def build(folder: str) -> Rendering:
    assert folder == "prod"
    return Rendering({"built": BUILT, "prefix": "../t"})


def found(builder: Callable[[str], Rendering] | None, files: Files | None = None) -> list[Unit]:
    return units(files or Files.of(TREE), Settings(build_kustomization=builder))


def check_places(loading: Loading) -> None:
    """What is the same whoever builds."""
    config, web = loading.resources
    assert config.span.file == "base/kustomization.yaml"
    container = web.at("spec.template.spec.containers[0]")
    spans = {
        "object": web.span,
        "kind": web.at("kind").span,
        "replicas": web.at("spec.replicas").span,
        "namespace": web.at("metadata.namespace").span,
        "image": container.at("image").span,
        "container": container.span,
        "proxy": web.at("spec.template.spec.containers[1].image").span,
        "absent": container.at("securityContext").span,
    }
    assert {key: (span.file, span.line) for key, span in spans.items()} == {
        "object": ("base/web.yaml", 1),
        "kind": ("base/web.yaml", 2),
        "replicas": ("prod/p.yaml", 4),
        "namespace": ("prod/kustomization.yaml", 2),
        "image": ("prod/kustomization.yaml", 3),
        "container": ("base/web.yaml", 9),
        "proxy": ("base/web.yaml", 12),
        "absent": ("base/web.yaml", 9),
    }
    assert web.address.text == "prod/Deployment/web"
    assert web.at("metadata.annotations").missing


def test_values_stand_where_they_were_written() -> None:
    (unit,) = found(build)
    assert (unit.format, unit.name) == ("kustomize", "prod")
    check_places(unit.load())


def test_what_cannot_be_built_is_a_gap_and_read_as_it_is() -> None:
    (unit,) = found(lambda _: Rendering(problem="no such file"))
    loading = unit.load()
    assert [(it.code, "no such file" in it.message) for it in loading.diagnostics] == [("kustomize-not-built", True)]
    assert [it.address.text for it in loading.resources] == ["/Deployment/web"]
    assert loading.gaps


def test_without_a_builder_the_manifests_are_read_as_they_are() -> None:
    plain, build_ = found(None)
    assert (plain.format, plain.name, build_.name) == ("kubernetes", "base", "prod")
    assert plain.load().gaps
    assert [it.code for it in build_.load().diagnostics] == ["kustomize-not-built"]


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="no kubectl on the PATH: apt-get install kubernetes-client")
def test_the_real_kubectl(write: Write) -> None:
    tree = write(TREE)
    (unit,) = found(render.kustomization_builder(str(tree)), Files(tree))
    check_places(unit.load())


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="no kubectl on the PATH: apt-get install kubernetes-client")
def test_a_scan_builds(auditor: Callable[..., Ran], write: Write) -> None:
    ran = auditor("scan", write(TREE), "--format", "json", "--rule", "kubernetes-pod-security-privilege-escalation-allowed")
    places = [(it["location"]["path"], it["location"]["line"]) for it in json.loads(ran.out)["findings"]]
    assert places == [("base/web.yaml", 9), ("base/web.yaml", 11)]


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="no kubectl on the PATH: apt-get install kubernetes-client")
def test_a_remote_base_is_not_fetched(write: Write) -> None:
    tree = write({"kustomization.yaml": "resources: ['https://github.com/example/none//base?ref=v1']\n"})
    (unit,) = found(render.kustomization_builder(str(tree)), Files(tree))
    assert [it.code for it in unit.load().diagnostics] == ["kustomize-not-built"]


def test_charts_that_a_kustomization_inflates_are_a_gap() -> None:
    tree = {"kustomization.yaml": "resources: [base, web.yaml]\n", "base/kustomization.yaml": "helmCharts: [{name: redis, repo: 'https://x'}]\n"}
    tree["web.yaml"] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"

    def never(folder: str) -> Rendering:
        raise AssertionError(folder)

    (unit,) = found(never, Files.of(tree))
    loading = unit.load()
    assert [it.address.text for it in loading.resources] == ["/ConfigMap/a"]
    assert [(it.code, it.gap, "charts, which are not fetched: redis" in it.message) for it in loading.diagnostics] == [("kustomize-not-built", True, True)]
    assert loading.gaps
