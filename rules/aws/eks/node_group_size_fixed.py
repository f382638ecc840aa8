"""A node group cannot grow: its smallest and largest size are equal.

## Why it matters
The cluster autoscaler may not add a node, so pods stay Pending with `Insufficient cpu` although the account has room; a node group
update cannot start a spare node beyond the maximum either without EKS raising it.

## Five whys
1. Why are pods pending? There is no room on the nodes.
2. Why does nothing add nodes? The group may not have more.
3. Why? `min_size` and `max_size` are equal.

## Fix now
`aws eks update-nodegroup-config --cluster-name C --nodegroup-name N --scaling-config minSize=3,maxSize=10,desiredSize=3`; the
autoscaler acts within a minute.

## Workaround
Add a second node group, or let Karpenter take the surplus.

## Prevent
`max_size` of at least twice `min_size` in the module.

## Validate
`kubectl get pods -A --field-selector status.phase=Pending` is empty; `kubectl -n kube-system logs deploy/cluster-autoscaler` shows the
scale-up.

## Bad
```hcl
resource "aws_eks_node_group" "workers" {
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]

  scaling_config {
    desired_size = 3
    min_size     = 3
    max_size     = 3 # finding
  }
}
```

## Good
```hcl
resource "aws_eks_node_group" "workers" {
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]

  scaling_config {
    desired_size = 3
    min_size     = 3
    max_size     = 9
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="aws_eks_node_group", each="scaling_config", severity=Severity.LOW, confidence=Confidence.FIRM)
def check(scaling: Node) -> Iterator[Fail]:
    least, most = scaling.at("min_size"), scaling.at("max_size")
    if least.present and most.present and least.number == most.number and least.number:
        nodes = "one node" if most.number == 1 else f"{most.text} nodes"
        yield Fail(most, f"the group always has {nodes}: nothing can scale it out", expected="more than min_size")
