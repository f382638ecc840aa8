"""Each apply sets a scaled node group back to a fixed number of nodes.

## Why it matters
The cluster autoscaler has started 12 nodes; an unrelated apply sees `desired_size = 3` and removes 9, pods with them, in the middle of
the day.

## Five whys
1. Why were nine nodes drained at noon? An apply set the size back.
2. Why? The code states a number, the autoscaler another.
3. Why is the number there? The provider demands it when the group is created.

## Fix now
`aws eks update-nodegroup-config --cluster-name C --nodegroup-name N --scaling-config desiredSize=12` if it has happened, then
`lifecycle { ignore_changes = [scaling_config[0].desired_size] }`.

## Workaround
Read `desired_size` from a data source, or apply with `-target`.

## Prevent
Put the lifecycle block into the module.

## Validate
`terraform plan` shows no change of the size while the cluster is scaled out.

## Bad
```hcl
resource "aws_eks_node_group" "workers" {
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
  subnet_ids    = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]

  scaling_config {
    desired_size = 3 # finding
    min_size     = 3
    max_size     = 12
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
    max_size     = 12
  }

  lifecycle {
    ignore_changes = [scaling_config[0].desired_size]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule


@rule(target="aws_eks_node_group", severity=Severity.LOW, confidence=Confidence.FIRM, facets=(Facet.WRITTEN,))
def check(group: Node, resource: Resource) -> Iterator[Fail]:
    scaling = group.at("scaling_config")
    least, most = scaling.at("min_size"), scaling.at("max_size")
    if scaling.missing or least.number is None or least.number == most.number:
        return
    if not any(path == "all" or path.startswith("scaling_config") for path in resource.ignored):
        yield Fail(
            scaling.at("desired_size"),
            "each apply sets the number of nodes back",
            expected="ignore_changes = [scaling_config[0].desired_size]",
        )
