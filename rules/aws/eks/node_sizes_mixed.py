"""A node group mixes instance types of different sizes.

## Why it matters
The cluster autoscaler takes every node of a group to be like the first one. With types of different sizes it starts a node for a pod
that then does not fit on it, and again; or it holds a large group for useless. Its manual asks for the same vCPUs and memory within a
group.

## Five whys
1. Why does the pod stay Pending although nodes are added? The new nodes are too small for it.
2. Why were they chosen? The autoscaler thought them larger.
3. Why? The group has types of 2 and of 8 vCPUs, and it looks at one only.

## Fix now
Leave the types of one size in the group (`m6i.large`, `m5.large`, `m6a.large`), and make a second group for the others. EKS replaces
the group: make the new one first, then drain the old.

## Workaround
Pods with a `nodeSelector` on `node.kubernetes.io/instance-type`.

## Prevent
One group for each size; or Karpenter, which chooses a type for each pod.

## Validate
`kubectl get nodes -L node.kubernetes.io/instance-type,eks.amazonaws.com/nodegroup` shows one size in each group.

## Bad
```hcl
resource "aws_eks_node_group" "web" {
  cluster_name   = "shop"
  node_role_arn  = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids     = ["subnet-0123456789abcdef0"]
  instance_types = ["m6i.large", "m6i.2xlarge"] # finding

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 10
  }
}
```

## Good
```hcl
resource "aws_eks_node_group" "web" {
  cluster_name   = "shop"
  node_role_arn  = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids     = ["subnet-0123456789abcdef0"]
  instance_types = ["m6i.large", "m5.large", "m6a.large"]

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 10
  }
}

resource "aws_eks_node_group" "fixed" { # nothing scales it
  cluster_name   = "shop"
  node_role_arn  = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids     = ["subnet-0123456789abcdef0"]
  instance_types = ["m6i.large", "m6i.2xlarge"]

  scaling_config {
    min_size     = 3
    desired_size = 3
    max_size     = 3
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.eks.cluster import has_karpenter
from auditor.views.eks.node_group import NODES, types


@rule(target=NODES, severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    names, scaling = group.at("instance_types"), group.at("scaling_config")
    if names.missing or scaling.at("min_size").number == scaling.at("max_size").number or has_karpenter(graph):
        return
    found = types(resource, graph)
    shapes = {(it.vcpus, it.memory_mib) for it in found}
    if len(shapes) > 1:
        table = ", ".join(f"{it.name} {it.vcpus} vCPUs {it.memory_mib / 1024:g} GiB" for it in found)
        yield Fail(names, f"the cluster autoscaler takes these for alike: {table}", expected="types of one size")
