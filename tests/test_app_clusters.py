"""Manifests are judged with the nodes of the cluster that Terraform makes beside them."""

from __future__ import annotations

from auditor.app.clusters import with_cluster
from auditor.loaders import Settings, loaders
from auditor.loaders.files import Files

GROUP = """
resource "aws_eks_node_group" "nodes" {
  cluster_name   = "shop"
  instance_types = ["m6i.large"]
  scaling_config {
    min_size = 1
    max_size = 3
  }
}
resource "aws_subnet" "a" {}
resource "aws_s3_bucket" "logs" {}
"""
DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1"}]}
"""


def contexts(texts: dict[str, str]) -> dict[str, list[str]]:
    """unit -> the addresses of what it sees beside its own resources."""
    files = Files.of(texts)
    units = tuple(unit for loader in loaders() for unit in loader.units(files, Settings()))
    return {f"{unit.format} {unit.name}": [it.address.text for it in unit.load().context] for unit in with_cluster(units, files)}


def test_manifests_see_the_nodes_and_nothing_else() -> None:
    found = contexts({"infra/main.tf": GROUP, "k8s/web.yaml": DEPLOYMENT})
    assert found == {"kubernetes k8s": ["aws_eks_node_group.nodes", "aws_subnet.a"], "terraform infra": []}


def test_groups_of_ones_own_are_nodes_too() -> None:
    own = 'resource "aws_autoscaling_group" "n" {\n  tag {\n    key = "kubernetes.io/cluster/shop"\n    value = "owned"\n  }\n}\n'
    assert contexts({"infra/main.tf": own, "k8s/web.yaml": DEPLOYMENT})["kubernetes k8s"] == ["aws_autoscaling_group.n"]


def test_of_two_clusters_none_is_seen() -> None:
    found = contexts({"blue/main.tf": GROUP, "green/main.tf": GROUP, "k8s/web.yaml": DEPLOYMENT})
    assert found["kubernetes k8s"] == []


def test_of_a_cluster_that_is_not_read_in_full_none_is_seen() -> None:
    module = 'module "more" {\n  source = "terraform-aws-modules/eks/aws"\n}\n'
    assert contexts({"infra/main.tf": GROUP + module, "k8s/web.yaml": DEPLOYMENT})["kubernetes k8s"] == []


def test_units_stay_as_they_are_without_a_cluster_or_without_manifests() -> None:
    for texts in ({"infra/main.tf": 'resource "aws_s3_bucket" "b" {}', "k8s/web.yaml": DEPLOYMENT}, {"infra/main.tf": GROUP}):
        files = Files.of(texts)
        units = tuple(unit for loader in loaders() for unit in loader.units(files, Settings()))
        assert with_cluster(units, files) is units


def test_code_is_loaded_once() -> None:
    files = Files.of({"infra/main.tf": GROUP, "k8s/web.yaml": DEPLOYMENT})
    units = tuple(unit for loader in loaders() for unit in loader.units(files, Settings()))
    code = next(unit for unit in with_cluster(units, files) if unit.format == "terraform")
    assert code.load() is code.load()
