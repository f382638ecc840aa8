"""Nodes of EKS: what pods can have of them, and which groups take which pods."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.eks.cluster import autoscaler, has_karpenter, node_groups, words
from auditor.views.eks.discovery import discovered_tags, is_of_cluster, tag_keys
from auditor.views.eks.node import Room, addresses, room
from auditor.views.eks.node_group import has_own_image, held, keeps_zones, largest, network_is_tuned, subnets, takers, types
from auditor.views.instance_type import InstanceType, instance_type
from auditor.views.kubernetes.pod import pods
from tests.made import graph, resource

UNKNOWN = {"$unknown": "var.x has no value"}
MIB = 1024 * 1024


def known(name: str) -> InstanceType:
    found = instance_type(name)
    assert found is not None
    return found


def group(name: str = "g", **more: Any) -> Resource:
    body = {"cluster_name": "shop", "instance_types": ["m6i.large"], "scaling_config": [{"min_size": 1, "max_size": 10}], **more}
    return resource(f"aws_eks_node_group.{name}", body)


def workload(requests: dict[str, str] | None = None, **spec: Any) -> Resource:
    container = {"name": "web", "image": "web:1", "resources": {"requests": requests or {}}}
    body = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"template": {"spec": {"containers": [container], **spec}}},
    }
    return resource("shop/Deployment/web", body, kind="Deployment")


# -- one node


@pytest.mark.parametrize(
    ("name", "millicores"), [("t3.medium", 1930), ("m6i.large", 1930), ("m6i.xlarge", 3920), ("m6i.2xlarge", 7910), ("m6i.4xlarge", 15890)]
)
def test_cores_as_nodes_report_them(name: str, millicores: int) -> None:
    assert room(known(name), prefixes=False, reserved=True).cpu * 1000 == millicores


def test_memory_that_is_kept_for_the_kubelet() -> None:
    assert room(known("m6i.large"), prefixes=False, reserved=True) == Room(
        Fraction(193, 100), Fraction((8192 - 255 - 11 * 29 - 100) * MIB), 29
    )
    assert room(known("m6i.large"), prefixes=False, reserved=False) == Room(Fraction(2), Fraction(8192 * MIB), 110)


@pytest.mark.parametrize(("name", "pods"), [("m6i.large", 110), ("m6i.8xlarge", 250), ("m5.24xlarge", 737)])
def test_pods_with_prefixes(name: str, pods: int) -> None:
    assert room(known(name), prefixes=True, reserved=True).pods == pods


def test_addresses_of_a_full_node() -> None:
    assert addresses(known("m6i.large")) == 30


# -- groups


@pytest.mark.parametrize(
    ("requests", "count"),
    [
        ({"cpu": "600m"}, 3),
        ({"cpu": "643m"}, 3),
        ({"cpu": "644m"}, 2),
        ({"memory": "1Gi"}, 7),
        ({"cpu": "100m", "memory": "3Gi"}, 2),
        ({"cpu": "10m"}, 29),
        ({}, 29),
        ({"cpu": "2"}, 0),
    ],
)
def test_pods_on_a_node(requests: dict[str, str], count: int) -> None:
    web = workload(requests)
    whole = graph(group(), web)
    assert held(pods(web, whole)[0], whole.of("aws_eks_node_group")[0], whole) == count


def test_the_roomiest_type_counts() -> None:
    web = workload({"cpu": "1"})
    nodes = group(instance_types=["m6i.large", "m6i.2xlarge"])
    whole = graph(nodes, web)
    assert held(pods(web, whole)[0], nodes, whole) == 7


@pytest.mark.parametrize(("settings", "count"), [('{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}', 110), ("{}", 29), (UNKNOWN, 110)])
def test_prefixes_make_room_for_more_pods(settings: Any, count: int) -> None:
    web, nodes = workload(), group()
    addon = resource("aws_eks_addon.n", {"addon_name": "vpc-cni", "configuration_values": settings})
    whole = graph(nodes, web, addon)
    assert held(pods(web, whole)[0], nodes, whole) == count


@pytest.mark.parametrize(
    ("own", "wish", "fits"),
    [
        ({}, {}, True),
        ({"labels": {"pool": "web"}}, {"nodeSelector": {"pool": "web"}}, True),
        ({"labels": {"pool": "db"}}, {"nodeSelector": {"pool": "web"}}, False),
        ({}, {"nodeSelector": {"pool": "web"}}, False),
        ({}, {"nodeSelector": {"kubernetes.io/arch": "arm64"}}, True),
        ({}, {"nodeSelector": {"node.kubernetes.io/instance-type": "x"}}, True),
        ({"taint": [{"key": "gpu", "value": "yes", "effect": "NO_SCHEDULE"}]}, {}, False),
        ({"taint": [{"key": "gpu", "value": "yes", "effect": "PREFER_NO_SCHEDULE"}]}, {}, True),
        ({"taint": [{"key": "gpu", "value": "yes", "effect": "NO_EXECUTE"}]}, {"tolerations": [{"operator": "Exists"}]}, True),
        ({"taint": [{"key": "gpu", "value": "yes", "effect": "NO_SCHEDULE"}]}, {"tolerations": [{"key": "gpu", "value": "no"}]}, False),
        ({"taint": [{"key": "gpu", "value": "yes", "effect": "NO_SCHEDULE"}]}, {"tolerations": [{"key": "gpu", "value": "yes"}]}, True),
        ({"taint": [{"key": "gpu", "value": "yes", "effect": "NO_SCHEDULE"}]}, {"tolerations": [{"key": "cpu", "value": "yes"}]}, False),
    ],
)
def test_which_groups_take_a_pod(own: dict[str, Any], wish: dict[str, Any], fits: bool) -> None:
    web = workload(**wish)
    nodes = group(**own)
    whole = graph(nodes, web)
    assert takers(pods(web, whole)[0], (nodes,), whole) == ((nodes,) if fits else ())


def test_types_of_nodes() -> None:
    template = resource("aws_launch_template.t", {"instance_type": "c5.large"})
    of_template = group("t", instance_types=[], launch_template=[{"id": {"$ref": "aws_launch_template.t#id"}}])
    elsewhere = group("e", instance_types=[], launch_template=[{"id": "lt-1"}])
    default = resource("aws_eks_node_group.d", {"cluster_name": "shop"})
    new = group("n", instance_types=["m99.large"])
    whole = graph(template, of_template, elsewhere, default, new)
    assert [it.name for it in types(of_template, whole)] == ["c5.large"]
    assert [it.name for it in types(default, whole)] == ["t3.medium"]
    for unsure in (elsewhere, new):
        with pytest.raises(Undecided):
            types(unsure, whole)


@pytest.mark.parametrize(
    ("count", "least", "keeps"),
    [(1, 0, True), (2, 1, False), (2, 2, True), (3, 2, False), (3, 3, True)],
)
def test_whether_every_zone_keeps_a_node(count: int, least: int, keeps: bool) -> None:
    made = [resource(f"aws_subnet.s{index}", {"availability_zone": f"eu-west-1{letter}"}) for index, letter in enumerate("abc")]
    nodes = group(
        subnet_ids=[{"$ref": f"aws_subnet.s{index}#id"} for index in range(count)], scaling_config=[{"min_size": least, "max_size": 9}]
    )
    assert keeps_zones(nodes, graph(*made, nodes)) is keeps


@pytest.mark.parametrize(
    ("body", "own"),
    [
        ({}, False),
        ({"ami_type": "AL2023_x86_64_STANDARD"}, False),
        ({"ami_type": "CUSTOM"}, True),
        ({"launch_template": [{"id": "lt-1"}]}, True),
    ],
)
def test_nodes_with_an_image_of_their_own(body: dict[str, Any], own: bool) -> None:
    assert has_own_image(group(**body)) is own


def test_sizes_and_subnets() -> None:
    one = resource("aws_subnet.a", {"cidr_block": "10.0.0.0/24"})
    known_ones = group("k", subnet_ids=[{"$ref": "aws_subnet.a#id"}])
    partly = group("p", subnet_ids=[{"$ref": "aws_subnet.a#id"}, "subnet-1"], scaling_config=[])
    whole = graph(one, known_ones, partly)
    assert subnets(known_ones, whole) == (one,)
    assert subnets(partly, whole) is None
    assert (largest(known_ones), largest(partly)) == (10, None)


@pytest.mark.parametrize(
    ("settings", "tuned"),
    [
        ("{}", False),
        ('{"env":{"WARM_IP_TARGET":"2"}}', True),
        ('{"env":{"AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG":"true"}}', True),
        (UNKNOWN, True),
    ],
)
def test_network_plugins(settings: Any, tuned: bool) -> None:
    assert network_is_tuned(graph(resource("aws_eks_addon.n", {"addon_name": "vpc-cni", "configuration_values": settings}))) is tuned
    assert not network_is_tuned(graph(resource("aws_eks_addon.n", {"addon_name": "coredns", "configuration_values": settings})))


# -- the cluster


def test_the_groups_of_one_cluster() -> None:
    one, two = group("a"), group("b")
    assert node_groups(graph(one, two)) == (one, two)
    assert node_groups(graph()) == ()


@pytest.mark.parametrize(
    "more",
    [
        group("other", cluster_name="test"),
        resource("x/NodePool/p", {}, kind="NodePool"),
        resource("aws_eks_fargate_profile.f", {}),
        resource("helm_release.k", {"chart": "karpenter"}),
        resource("aws_autoscaling_group.own", {"tag": [{"key": "kubernetes.io/cluster/shop", "value": "owned"}]}),
        resource("aws_eks_cluster.auto", {"compute_config": [{"enabled": True}]}),
        resource("google_container_cluster.g", {}),
    ],
)
def test_other_nodes_make_it_uncertain(more: Resource) -> None:
    with pytest.raises(Undecided):
        node_groups(graph(group(), more))


def test_what_makes_no_nodes_of_the_cluster() -> None:
    web = resource("aws_autoscaling_group.web", {"tag": [{"key": "Name", "value": "web"}]})
    chart = resource("helm_release.web", {"chart": "web"})
    cluster = resource("aws_eks_cluster.c", {"name": "shop"})
    assert len(node_groups(graph(group(), web, chart, cluster))) == 1
    assert not has_karpenter(graph(chart))
    assert has_karpenter(graph(resource("helm_release.k", {"chart": "oci://public.ecr.aws/karpenter/karpenter"})))
    assert has_karpenter(graph(resource("x/NodePool/p", {}, kind="NodePool")))


def test_parts_that_were_not_read_make_it_uncertain() -> None:
    with pytest.raises(Undecided):
        node_groups(Graph((group(),), gaps=("module.more could not be read",)))


# -- the cluster autoscaler


def runner(*arguments: str) -> Resource:
    container = {
        "name": "ca",
        "image": "registry.k8s.io/autoscaling/cluster-autoscaler:v1.30.0",
        "command": ["./cluster-autoscaler", *arguments],
    }
    body = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "ca", "namespace": "kube-system"}}
    return resource("kube-system/Deployment/ca", {**body, "spec": {"template": {"spec": {"containers": [container]}}}}, kind="Deployment")


def test_how_the_autoscaler_finds_groups() -> None:
    by_tags = runner("--v=4", "--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/shop=owned")
    by_name = runner("--nodes=1:10:web")
    assert autoscaler(graph(workload(), by_tags)) is by_tags
    assert autoscaler(graph(workload())) is None
    assert discovered_tags(by_tags, graph(by_tags)) == ("k8s.io/cluster-autoscaler/enabled", "k8s.io/cluster-autoscaler/shop")
    assert discovered_tags(by_name, graph(by_name)) == ()
    assert "--nodes=1:10:web" in words(by_name, graph(by_name))


@pytest.mark.parametrize(
    ("body", "tags"),
    [
        (
            {"set": [{"name": "autoDiscovery.clusterName", "value": "shop"}]},
            ("k8s.io/cluster-autoscaler/enabled", "k8s.io/cluster-autoscaler/shop"),
        ),
        ({"values": ["autoDiscovery:\n  clusterName: shop\n"]}, ("k8s.io/cluster-autoscaler/enabled", "k8s.io/cluster-autoscaler/shop")),
        ({"set": [{"name": "autoDiscovery.tags[0]", "value": "own"}]}, ()),
        ({}, ()),
    ],
)
def test_how_the_chart_finds_groups(body: dict[str, Any], tags: tuple[str, ...]) -> None:
    chart = resource("helm_release.ca", {"chart": "cluster-autoscaler", **body})
    assert autoscaler(graph(chart)) is chart
    assert discovered_tags(chart, graph(chart)) == tags


@pytest.mark.parametrize(
    ("more", "tuned"),
    [
        (resource("aws_eks_cluster.c", {"kubernetes_network_config": [{"ip_family": "ipv6"}]}), True),
        (resource("aws_eks_cluster.c", {"kubernetes_network_config": [{"ip_family": "ipv4"}]}), False),
        (resource("helm_release.c", {"chart": "cilium"}), True),
        (resource("helm_release.c", {"chart": "grafana"}), False),
    ],
)
def test_other_ways_to_addresses(more: Resource, tuned: bool) -> None:
    assert network_is_tuned(graph(more)) is tuned


def test_tags_of_a_group() -> None:
    own = resource("aws_autoscaling_group.n", {"name": "n", "tag": [{"key": "kubernetes.io/cluster/shop", "value": "owned"}]})
    beside = resource("aws_autoscaling_group_tag.t", {"autoscaling_group_name": "n", "tag": [{"key": "k8s.io/cluster-autoscaler/enabled"}]})
    assert is_of_cluster(own.body)
    assert tag_keys(own, graph(own)) == {"kubernetes.io/cluster/shop"}
    assert tag_keys(own, graph(own, beside)) == {"kubernetes.io/cluster/shop", "k8s.io/cluster-autoscaler/enabled"}
