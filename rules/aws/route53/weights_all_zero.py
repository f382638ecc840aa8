"""All weights of a name are zero, which sends the same traffic to each record.

## Why it matters
A weight of 0 takes a record out, as long as another one has a weight. When all have 0, Route 53 treats them alike: the old system that
was to get no more traffic gets its full share back, quietly, by the very change that was to switch it off.

## Five whys
1. Why did orders arrive in the old system again? Half of the answers led there.
2. Why? Its weight is 0, and that of the new one as well.
3. Why do zeros mean half? With nothing but zeros Route 53 chooses evenly.
4. Why are both 0? Each was switched off by somebody else.

## Fix now
Give the one that is to serve a weight: `aws route53 change-resource-record-sets --hosted-zone-id Z --change-batch file://batch.json` with
`"Weight": 100`.

## Workaround
Delete the record that must not be answered.

## Prevent
Compute the second weight from the first one: `weight = 100 - var.share_of_new`.

## Validate
`for i in $(seq 20); do dig +short NAME @ns-1.awsdns-01.org; done | sort | uniq -c` shows the shares.

## Bad
```hcl
resource "aws_route53_record" "old" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.example.com"
  type           = "A"
  set_identifier = "old"
  ttl            = 60
  records        = ["203.0.113.10"]
  weighted_routing_policy {
    weight = 0 # finding
  }
}

resource "aws_route53_record" "new" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.example.com"
  type           = "A"
  set_identifier = "new"
  ttl            = 60
  records        = ["203.0.113.20"]
  weighted_routing_policy {
    weight = 0 # finding
  }
}
```

## Good
```hcl
resource "aws_route53_record" "old" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.example.com"
  type           = "A"
  set_identifier = "old"
  ttl            = 60
  records        = ["203.0.113.10"]
  weighted_routing_policy {
    weight = 0
  }
}

resource "aws_route53_record" "new" {
  zone_id        = "Z0123456789ABCDEFGHIJ"
  name           = "api.example.com"
  type           = "A"
  set_identifier = "new"
  ttl            = 60
  records        = ["203.0.113.20"]
  weighted_routing_policy {
    weight = 100
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.failover import Policy, group_of


@rule(target="aws_route53_record", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(record: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if record.at("weighted_routing_policy.weight").number != 0:
        return
    group = group_of(resource, graph)
    if group is None or group.policy is not Policy.WEIGHTED or len(group.choices) < 2 or any(it.weight for it in group.choices):
        return
    if len(group.answered()) == len(group.choices):
        message = f"all {len(group.choices)} weights of {group.name} are 0, so each record gets the same share"
        where = record.at("weighted_routing_policy.weight")
        yield Fail(where, message, expected="a weight for the record that is to serve", related=tuple(it.where for it in group.choices))
