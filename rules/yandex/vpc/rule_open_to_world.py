"""A security group rule lets the whole internet in on every port.

## Why it matters
The rule is joined with all others of its group, so one such rule makes the rest of them meaningless, wherever they are written.

## Five whys
1. Why is a closed port open? Another rule of the group opens all.
2. Why was that not seen? It stands in another file than the group.
3. Why does it exist? It was added for an afternoon's test.

## Fix now
`yc vpc security-group update-rules SG --delete-rule-id RULE`, and delete the resource; write rules with the ports that are served.

## Workaround
Put the machines that matter into another group at once: `yc compute instance update-network-interface INSTANCE --network-interface-index
0 --security-group-id SG2`.

## Prevent
Rules only in the module that makes the group.

## Validate
`yc vpc security-group get SG` shows no rule without ports from `0.0.0.0/0`.

## Bad
```hcl
resource "yandex_vpc_security_group_rule" "all" {
  security_group_binding = "enp1"
  direction              = "ingress"
  protocol               = "ANY"
  v4_cidr_blocks         = ["0.0.0.0/0"] # finding
}
```

## Good
```hcl
resource "yandex_vpc_security_group_rule" "web" {
  security_group_binding = "enp1"
  direction              = "ingress"
  protocol               = "TCP"
  v4_cidr_blocks         = ["0.0.0.0/0"]
  port                   = 443
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.yandex_rules import open_to_world


@rule(target="yandex_vpc_security_group_rule", severity=Severity.CRITICAL, profile=Profile.GATE, aliases="CKV_YC_20")
def check(body: Node) -> Iterator[Fail]:
    if body.at("direction").text != "ingress":
        return
    for block in open_to_world(body):
        yield Fail(block, f"every port is open to {block.text}", expected="the ports and ranges that are needed")
        return
