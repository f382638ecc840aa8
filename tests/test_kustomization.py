"""Kustomizations as they are written: what they name, what is not there, what lies beside them unnamed."""

from __future__ import annotations

from auditor.loaders import Settings
from auditor.loaders.files import Files
from auditor.loaders.kustomization import units
from auditor.model.resource import Resource

MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"


def kustomizations(texts: dict[str, str]) -> dict[str, Resource]:
    """The kustomizations of a tree by their folder."""
    return {resource.root: resource for unit in units(Files.of(texts), Settings()) for resource in unit.load().resources}


def told(resource: Resource, what: str) -> list[str | None]:
    return [node.text for node in resource.meta.each(what)]


def test_what_is_named_and_not_there() -> None:
    texts = {
        "base/kustomization.yaml": "resources: [a.yaml, b.yaml, ../other, ../gone, ../../outside]\nconfigMapGenerator: [{files: [x=a.yaml, y=c.txt]}]\n",
        "base/a.yaml": MAP,
        "other/kustomization.yml": "resources: [https://example.com/a.yaml, git@example.com:a/b.git, 'github.com/a/b?ref=1']\n",
    }
    found = kustomizations(texts)
    assert told(found["base"], "missing") == ["resources[1]", "resources[3]", "configMapGenerator[0].files[1]"]
    assert told(found["other"], "missing") == []


def test_what_lies_beside_it_unnamed() -> None:
    texts = {
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": MAP,
        "base/b.yaml": MAP,
        "base/patch.yaml": MAP,
        "base/values.yaml": "kind: of values\n",
        "base/deeper/c.yaml": MAP,
        "prod/kustomization.yaml": "resources: [../base]\npatches: [{path: ../base/patch.yaml}]\n",
    }
    found = kustomizations(texts)
    assert told(found["base"], "unnamed") == ["base/b.yaml"]
    assert told(found["prod"], "unnamed") == []


def test_inline_patches_and_strange_shapes_name_no_files() -> None:
    text = (
        "resources:\npatchesStrategicMerge:\n  - |-\n    apiVersion: v1\n    kind: ConfigMap\npatches: {path: [1, {a: b}]}\ncomponents: 7\n"
    )
    assert told(kustomizations({"kustomization.yaml": text})["."], "missing") == []
    assert kustomizations({"kustomization.yaml": "- a list\n"}) == {}
    assert kustomizations({"kustomization.yaml": ""}) == {}


def test_kustomizations_of_flux_are_not_meant() -> None:
    text = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\nspec: {path: ./a}\n"
    assert kustomizations({"kustomization.yaml": text}) == {}
