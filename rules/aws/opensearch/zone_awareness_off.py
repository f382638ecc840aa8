"""All nodes of a search domain lie in one zone.

## Why it matters
Without zone awareness a domain with six nodes and a replica of every shard is still lost with its zone: replicas are kept apart by node,
not by zone.

## Five whys
1. Why was search away while one zone was down? All its nodes were there.
2. Why? The domain spreads its nodes only when it is told to.
3. Why was it not? `zone_awareness_enabled` is false by default.

## Fix now
`cluster_config { zone_awareness_enabled = true, zone_awareness_config { availability_zone_count = 3 } }` with a subnet per zone and a
multiple of nodes; a blue/green change.

## Workaround
None that is quicker. Replicas on another domain by cross-cluster replication help in the next one.

## Prevent
Three zones, three or six data nodes, one replica per index in the template.

## Validate
`aws opensearch describe-domain --domain-name D --query DomainStatus.ClusterConfig.ZoneAwarenessEnabled`.

## Bad
```hcl
resource "aws_opensearch_domain" "shop" {
  domain_name = "shop"
  cluster_config { # finding
    instance_count = 6
  }
}
```

## Good
```hcl
resource "aws_opensearch_domain" "shop" {
  domain_name = "shop"
  cluster_config {
    instance_count         = 6
    zone_awareness_enabled = true
    zone_awareness_config {
      availability_zone_count = 3
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.database import non_production


@rule(target="aws_opensearch_domain aws_elasticsearch_domain", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(domain: Node, resource: Resource) -> Iterator[Fail]:
    nodes, aware = domain.at("cluster_config.instance_count"), domain.at("cluster_config.zone_awareness_enabled")
    if nodes.missing or (nodes.number or 0) < 2 or domain.at("cluster_config.multi_az_with_standby_enabled").present:
        return
    if (aware.missing or not aware.flag) and not non_production(resource):
        yield Fail(aware, "all nodes of the domain lie in one zone", expected="true")
