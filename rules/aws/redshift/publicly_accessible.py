"""A warehouse has a public address.

## Why it matters
Until release 6 of the AWS provider a Redshift cluster is public unless the code says otherwise. One rule of a security group is then all
that keeps the internet from port 5439.

## Five whys
1. Why do strangers try passwords on the warehouse? Its leader node has a public address.
2. Why? `publicly_accessible` is not written, and the provider's default was true.
3. Why did nobody see it? The security group let nobody in, until somebody opened it for a dashboard.

## Fix now
`aws redshift modify-cluster --cluster-identifier C --no-publicly-accessible`; the endpoint's name stays, its address changes within
minutes. Dashboards outside the VPC need a private link or a VPN first.

## Workaround
Take every rule with a public address out of the cluster's security group.

## Prevent
Write `publicly_accessible = false` even where it is the default.

## Validate
`aws redshift describe-clusters --query 'Clusters[?PubliclyAccessible].ClusterIdentifier'` is empty.

## Bad
```hcl
resource "aws_redshift_cluster" "dwh" { # finding
  cluster_identifier = "dwh"
  node_type          = "ra3.xlplus"
}

resource "aws_redshiftserverless_workgroup" "dwh" {
  namespace_name      = "dwh"
  workgroup_name      = "dwh"
  publicly_accessible = true # finding
}
```

## Good
```hcl
resource "aws_redshift_cluster" "dwh" {
  cluster_identifier  = "dwh"
  node_type           = "ra3.xlplus"
  publicly_accessible = false
}
```

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.2"
    }
  }
}

resource "aws_redshift_cluster" "dwh" {
  cluster_identifier = "dwh"
  node_type          = "ra3.xlplus"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.provider import provider_major


@rule(
    target="aws_redshift_cluster aws_redshiftserverless_workgroup",
    severity=Severity.HIGH,
    aliases="CKV_AWS_87 FG_R00270",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    public = body.at("publicly_accessible")
    by_default = resource.kind == "aws_redshift_cluster" and (provider_major(graph) or 0) < 6
    if by_default if public.missing else public.flag:
        yield Fail(public, "the warehouse has a public address", expected="false")
