"""The storage of a Redshift cluster is not encrypted.

## Why it matters
Disks and snapshots of the warehouse, mostly a copy of everything the company knows, lie in the clear. Until release 6 of the AWS provider
this is what happens when nothing is written.

## Five whys
1. Why does the audit find data in the clear? The warehouse is not encrypted.
2. Why not? `encrypted` is not set, and the provider passes false.
3. Why did nobody ask? The console of AWS encrypts by default, so it was taken for granted.

## Fix now
`aws redshift modify-cluster --cluster-identifier C --encrypted --kms-key-id KEY`: the cluster resizes itself and is read-only meanwhile,
hours for large ones. Then `encrypted = true`.

## Workaround
Keep snapshots unshared until it is done: `aws redshift describe-cluster-snapshots --query 'Snapshots[].AccountsWithRestoreAccess'`.

## Prevent
Write it in the module; a service control policy cannot check it for Redshift.

## Validate
`aws redshift describe-clusters --query 'Clusters[?!Encrypted].ClusterIdentifier'` is empty.

## Bad
```hcl
resource "aws_redshift_cluster" "dwh" { # finding
  cluster_identifier = "dwh"
  node_type          = "ra3.xlplus"
}
```

## Good
```hcl
resource "aws_redshift_cluster" "dwh" {
  cluster_identifier = "dwh"
  node_type          = "ra3.xlplus"
  encrypted          = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Severity, rule
from auditor.views.provider import provider_major


@rule(
    target="aws_redshift_cluster",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_AWS_64 AVD-AWS-0084 aws-redshift-encryption-customer-key",
)
def check(cluster: Node, graph: Graph) -> Iterator[Fail]:
    encrypted = cluster.at("encrypted")
    if encrypted.missing and (cluster.at("snapshot_identifier").present or (provider_major(graph) or 0) >= 6):
        return
    if encrypted.missing or not encrypted.flag:
        yield Fail(encrypted, "the storage of the cluster is not encrypted", expected="true")
