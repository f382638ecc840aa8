"""What EKS needs: the role of the cluster, of its nodes and of pods on Fargate, and the add-ons with their published lists of actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import of_graph
from auditor.views.decide import given
from auditor.views.iam.hole import HOLE
from auditor.views.needs.need import ANYTHING, Need
from auditor.views.policy import trust_statements

CLUSTER: Final = "aws_eks_cluster"
NODES: Final = "aws_eks_node_group"
FARGATE: Final = "aws_eks_fargate_profile"
KINDS: Final = f"{CLUSTER} {NODES} {FARGATE}"
_CLUSTER = ("ec2:DescribeSubnets", "ec2:DescribeSecurityGroups", "ec2:DescribeVpcs", "ec2:DescribeInstances")
_PULL = ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
_NETWORK = (
    "ec2:AssignPrivateIpAddresses",
    "ec2:AttachNetworkInterface",
    "ec2:CreateNetworkInterface",
    "ec2:DescribeInstances",
    "ec2:DescribeNetworkInterfaces",
)


def cluster_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """What a cluster, a node group or a Fargate profile needs of its role."""
    if resource.kind == CLUSTER:
        role = resource.at("role_arn")
        yield Need(role, _CLUSTER, None, role, "find its network and nodes")
        return
    role = resource.at("node_role_arn" if resource.kind == NODES else "pod_execution_role_arn")
    yield Need(role, ("ecr:GetAuthorizationToken",), ANYTHING, role, "pull the images of its pods")
    yield Need(role, _PULL, None, role, "pull the images of its pods")
    if resource.kind == NODES and not _network_has_own_role(graph):
        yield Need(role, _NETWORK, None, role, "give addresses to pods, for which no other role is declared")


def _network_has_own_role(graph: Graph) -> bool:
    """Whether the network plugin gets its rights in another way: by a role of the add-on, of its service account or by Pod Identity."""
    found, doubt = of_graph(graph, "role of the network plugin", lambda: _own_role_of_network(graph))
    if doubt is not None and not found:
        raise doubt
    return bool(found)


def _own_role_of_network(graph: Graph) -> tuple[bool, Undecided | None]:
    for addon in graph.of("aws_eks_addon"):
        if addon.at("addon_name").data == "vpc-cni":
            own = addon.at("service_account_role_arn")
            if own.unknown or given(own) or list(addon.each("pod_identity_association")):
                return True, None
    if any("aws-node" in str(account.data) for role in graph.of("aws_iam_role") for account in _accounts(role, graph)):
        return True, None
    pods = [it.at("service_account") for it in graph.of("aws_eks_pod_identity_association")]
    unknown = next((it for it in pods if it.unknown), None)
    return any(it.data == "aws-node" for it in pods), Undecided(unknown) if unknown is not None else None


# -- add-ons

_TAGS = {
    "elbv2.k8s.aws/cluster": HOLE,
    "ebs.csi.aws.com/cluster": "true",
    "CSIVolumeName": HOLE,
    "CSIVolumeSnapshotName": HOLE,
    "kubernetes.io/created-for/pvc/name": HOLE,
    "efs.csi.aws.com/cluster": "true",
}
_TAGGED = {f"{key}/{tag}": value for key in ("aws:RequestTag", "aws:ResourceTag", "ec2:ResourceTag") for tag, value in _TAGS.items()}
"""The tags that the add-ons give to what they make, which the published policies ask for."""
ADDONS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "cluster-autoscaler": (
        "scale the node groups",
        (
            "autoscaling:DescribeAutoScalingGroups",
            "autoscaling:DescribeAutoScalingInstances",
            "autoscaling:DescribeLaunchConfigurations",
            "autoscaling:SetDesiredCapacity",
            "autoscaling:TerminateInstanceInAutoScalingGroup",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeLaunchTemplateVersions",
        ),
    ),
    "aws-load-balancer-controller": (
        "make load balancers",
        (
            "ec2:DescribeSubnets",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeVpcs",
            "elasticloadbalancing:CreateLoadBalancer",
            "elasticloadbalancing:CreateListener",
            "elasticloadbalancing:CreateTargetGroup",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:ModifyLoadBalancerAttributes",
            "elasticloadbalancing:RegisterTargets",
            "elasticloadbalancing:DeregisterTargets",
        ),
    ),
    "external-dns": (
        "write DNS records",
        ("route53:ChangeResourceRecordSets", "route53:ListHostedZones", "route53:ListResourceRecordSets"),
    ),
    "ebs-csi-controller-sa": (
        "attach volumes",
        (
            "ec2:AttachVolume",
            "ec2:CreateVolume",
            "ec2:DeleteVolume",
            "ec2:DetachVolume",
            "ec2:DescribeInstances",
            "ec2:DescribeVolumes",
        ),
    ),
    "efs-csi-controller-sa": (
        "make access points",
        ("elasticfilesystem:CreateAccessPoint", "elasticfilesystem:DescribeAccessPoints", "elasticfilesystem:DescribeFileSystems"),
    ),
    "aws-node": ("give addresses to pods", _NETWORK),
}
"""Service account -> what its controller does, and the actions that it needs for that.

From the policies that the projects publish: Cluster Autoscaler (cloudprovider/aws), AWS Load Balancer Controller
(docs/install/iam_policy.json), ExternalDNS (docs/tutorials/aws.md), AmazonEBSCSIDriverPolicy, AmazonEFSCSIDriverPolicy,
AmazonEKS_CNI_Policy; without what only some settings ask for.
"""


def addon_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """What a role needs that is meant for the service account of a well-known controller."""
    if resource.kind == "aws_iam_role":
        for account in _accounts(resource, graph):
            _, _, name = (account.text or "").rpartition(":")
            yield from _of_account(name, resource, account)
        return
    account, role = resource.at("service_account"), resource.at("role_arn")
    if resource.kind == "aws_eks_addon":
        known = {"aws-ebs-csi-driver": "ebs-csi-controller-sa", "aws-efs-csi-driver": "efs-csi-controller-sa", "vpc-cni": "aws-node"}
        name, role = known.get(str(resource.at("addon_name").data), ""), resource.at("service_account_role_arn")
        if name and given(role) and not _trusts_account(name, role, graph):
            yield from _of_account(name, role, role)
    elif isinstance(account.data, str):
        yield from _of_account(account.data, role, role)


def _trusts_account(name: str, role: Node, graph: Graph) -> bool:
    """Whether the trust policy of a role names a service account, where its needs are told already."""
    return any(str(it.data).endswith(f":{name}") for found in graph.targets(role, "aws_iam_role") for it in _accounts(found, graph))


def _of_account(name: str, role: Node | Resource, where: Node) -> Iterator[Need]:
    if name in ADDONS:
        purpose, actions = ADDONS[name]
        yield Need(role, actions, None, where, f"{purpose} ({name})", context=_TAGGED)


def _accounts(role: Resource, graph: Graph) -> Iterator[Node]:
    """The service accounts that a trust policy names: `system:serviceaccount:NAMESPACE:NAME`."""
    for statement in trust_statements(role, graph):
        for condition in statement.conditions if not statement.where.unknown else ():
            if condition.key.endswith(":sub"):
                for value in condition.values:
                    if isinstance(value.data, str) and value.data.startswith("system:serviceaccount:"):
                        yield value
