"""A search domain has fewer than three dedicated masters.

## Why it matters
A cluster needs more than half of its masters to elect one. With two the loss of either stops the whole domain, which is worse than none.

## Five whys
1. Why does the domain refuse writes though all data nodes are up? It has no elected master.
2. Why not? One of two masters is gone, and one is not more than half.
3. Why two? It was meant as a pair.

## Fix now
Set `dedicated_master_count = 3` with `dedicated_master_enabled = true`; a blue/green change of some minutes.

## Workaround
Wait for AWS to replace the master; nothing else brings the quorum back.

## Prevent
Three, over three zones.

## Validate
`aws opensearch describe-domain --domain-name D --query DomainStatus.ClusterConfig.DedicatedMasterCount`.

## Bad
```hcl
resource "aws_opensearch_domain" "shop" {
  domain_name = "shop"
  cluster_config {
    instance_count           = 6
    dedicated_master_enabled = true
    dedicated_master_count   = 2 # finding
  }
}
```

## Good
```hcl
resource "aws_opensearch_domain" "shop" {
  domain_name = "shop"
  cluster_config {
    instance_count           = 6
    dedicated_master_enabled = true
    dedicated_master_count   = 3
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="aws_opensearch_domain aws_elasticsearch_domain",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_318",
)
def check(domain: Node) -> Iterator[Fail]:
    count = domain.at("cluster_config.dedicated_master_count")
    if count.missing or (count.number is not None and count.number < 3):
        yield Fail(count, "the domain has fewer than three dedicated masters", expected="3")
