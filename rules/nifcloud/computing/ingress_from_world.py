"""A firewall rule lets the whole internet in.

## Why it matters
All machines of the group can be tried from everywhere on what the rule opens. For a management port or a database that is how they are
lost.

## Five whys
1. Why is the machine under attack from abroad? Its firewall group lets every address in.
2. Why? A rule of the group has `0.0.0.0/0`.
3. Why? The clients' addresses were not known.

## Fix now
Write the range into `cidr_ip` and apply; at once in the control panel: firewall, the group, delete the IN rule.

## Workaround
A load balancer in front for what is meant for everybody; suppress the rule there with that reason.

## Prevent
A `validation` in the module against `0.0.0.0/0` for other ports than 443.

## Validate
`nc -zvw3 ADDRESS PORT` from outside times out.

## Bad
```hcl
resource "nifcloud_security_group_rule" "web" {
  type        = "IN"
  description = "web"
  cidr_ip     = "0.0.0.0/0" # finding
}
```

## Good
```hcl
resource "nifcloud_security_group_rule" "web" {
  type        = "IN"
  description = "web"
  cidr_ip     = "10.0.0.0/16"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.address_range import is_anywhere


@rule(
    target="nifcloud_security_group_rule",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="AVD-NIF-0001 nifcloud-computing-no-public-ingress-sgr",
)
def check(body: Node) -> Iterator[Fail]:
    direction, block = body.at("type"), body.at("cidr_ip")
    if (direction.missing or direction.text == "IN") and block.present and is_anywhere(block.text):
        yield Fail(block, f"the whole internet may connect ({block.text})", expected="the ranges that need it")
