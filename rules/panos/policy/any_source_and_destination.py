"""A security rule lets any address reach any other.

## Why it matters
Any to any undoes the segmentation between the rule's zones: one taken-over machine reaches every other, and the rules below are never
asked.

## Five whys
1. Why could the printer network reach the servers? A rule lets every source reach every destination.
2. Why? Both its address lists are `any`.
3. Why? It was the last rule of a migration, to be split later.

## Fix now
Look at its traffic (`show log traffic rule equal NAME`), write source or destination as address objects, apply and commit. Put the narrow
rules above the wide one, and delete that when its hit count stays at zero: `show rule-hit-count vsys vsys1 rule-base security rules list
NAME`.

## Workaround
Denying rules above it for the networks that matter.

## Prevent
A `validation` in the module: not `any` on both sides.

## Validate
A connection from a network that needs none is denied in the traffic log.

## Bad
```hcl
resource "panos_security_policy" "main" {
  rule {
    name                  = "migration"
    source_addresses      = ["any"] # finding
    destination_addresses = ["10.1.0.0/16", "any"]
    action                = "allow"
  }
}
```

## Good
```hcl
resource "panos_security_policy" "main" {
  rule {
    name                  = "internet"
    source_addresses      = ["10.1.0.0/16"]
    destination_addresses = ["any"]
    action                = "allow"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.decide import every, some

_KINDS = """
panos_security_policy panos_security_rule_group panos_panorama_security_policy panos_panorama_security_rule_group
"""


@rule(target=_KINDS, each="rule", severity=Severity.HIGH, aliases="CKV_PAN_7")
def check(policy: Node) -> Iterator[Fail]:
    allows = every(
        lambda: policy.at("action").missing or policy.at("action").text == "allow",
        lambda: policy.at("disabled").missing or policy.at("disabled").flag is not True,
        lambda: _any(policy, "source_addresses"),
        lambda: _any(policy, "destination_addresses"),
    )
    if allows:
        yield Fail(policy.at("source_addresses"), "the rule lets any address reach any other", expected="addresses on one side at least")


def _any(policy: Node, path: str) -> bool:
    return some(*(lambda item=item: item.text == "any" for item in policy.each(path)))
