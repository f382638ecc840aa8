"""A production warehouse has a single node.

## Why it matters
A single node is leader and worker in one, without a copy of its blocks elsewhere in the cluster: when it fails, the warehouse is restored
from the last snapshot, and what was loaded since is lost.

## Five whys
1. Why is the load of this morning missing? The cluster came back from a snapshot of 5:00.
2. Why from a snapshot? Its only node failed.
3. Why only one? `cluster_type` is single-node, the default.

## Fix now
`aws redshift resize-cluster --cluster-identifier C --cluster-type multi-node --number-of-nodes 2` (elastic resize, ten minutes of waiting
queries).

## Workaround
Snapshots every hour: `aws_redshift_snapshot_schedule` with `rate(1 hours)`.

## Prevent
`number_of_nodes = 2` at least, and `multi_az = true` on ra3 where downtime costs more.

## Validate
`aws redshift describe-clusters --query 'Clusters[].[ClusterIdentifier,NumberOfNodes,MultiAZ]'`.

## Bad
```hcl
resource "aws_redshift_cluster" "dwh" {
  cluster_identifier = "dwh"
  node_type          = "ra3.xlplus"
  number_of_nodes    = 1 # finding
}
```

## Good
```hcl
resource "aws_redshift_cluster" "dwh" {
  cluster_identifier = "dwh"
  node_type          = "ra3.xlplus"
  cluster_type       = "multi-node"
  number_of_nodes    = 2
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.database import non_production


@rule(target="aws_redshift_cluster", severity=Severity.LOW, confidence=Confidence.FIRM)
def check(cluster: Node, resource: Resource) -> Iterator[Fail]:
    nodes = cluster.at("number_of_nodes")
    if (nodes.missing or nodes.number == 1) and not non_production(resource):
        yield Fail(nodes, "the warehouse has a single node", expected="2 or more")
