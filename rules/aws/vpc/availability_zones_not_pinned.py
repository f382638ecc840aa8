r"""Zones are taken from a list that AWS makes longer.

## Why it matters
The data source answers with all zones of the region. When AWS adds one, or a zone is opted into, the list grows or
changes its order, and what is counted by it (subnets, NAT gateways, brokers) is created anew or moved at the next
apply.

## Five whys
1. Why did the plan want to replace subnets, with no change of ours? The list of zones is another.
2. Why? A zone was added to the region.
3. Why does that matter? Subnets are numbered by their place in the list.

## Fix now
Name the zones: `filter { name = "zone-id", values = ["euw1-az1", "euw1-az2", "euw1-az3"] }`, or a variable with the
zones, with the order that the state has now (`terraform state show data.aws_availability_zones.NAME`).

## Workaround
Plan with `-target` for what is urgent, until the zones are pinned.

## Prevent
Use `for_each` over names of zones instead of `count`: a new zone then adds something and moves nothing.

## Validate
`terraform plan` in a region with more zones than are named has no changes.

## Bad
```hcl
data "aws_availability_zones" "all" { # finding
  state = "available"
}
```

## Good
```hcl
data "aws_availability_zones" "own" {
  state = "available"
  filter {
    name   = "zone-id"
    values = ["euw1-az1", "euw1-az2", "euw1-az3"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Severity, rule


@rule(target="data.aws_availability_zones", severity=Severity.INFO, facets=[Facet.WRITTEN], aliases="CKV_AWS_394")
def check(body: Node) -> Iterator[Fail]:
    names = [one.at("name").text for one in body.each("filter")]
    if not any(name in ("zone-id", "zone-name") for name in names):
        yield Fail(body, "the list of zones grows when AWS adds one", expected="a filter on zone-id or zone-name")
