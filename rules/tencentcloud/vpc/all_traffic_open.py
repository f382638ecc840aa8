"""A security group lets the whole internet in on every port.

## Why it matters
The machines of the group stand on the internet as if there were no firewall: databases, agents, debuggers, whatever listens.

## Five whys
1. Why was an internal port attacked from outside? The group accepts everything.
2. Why? One of its rules names neither port nor protocol, and `0.0.0.0/0`.
3. Why? It was made to find out why a connection failed.

## Fix now
`tccli vpc DeleteSecurityGroupPolicies --SecurityGroupId SG --SecurityGroupPolicySet '{"Ingress":[{"PolicyIndex":0}]}'` (look at the index
with `DescribeSecurityGroupPolicies`), then write rules for the ports that are served.

## Workaround
A DROP rule above it for all but your ranges.

## Prevent
Ports as a required field of the module's rules.

## Validate
`nmap -Pn ADDRESS` from outside shows the served ports only.

## Bad
```hcl
resource "tencentcloud_security_group_rule_set" "web" {
  security_group_id = "sg-1"
  ingress {
    action     = "ACCEPT"
    cidr_block = "0.0.0.0/0" # finding
    protocol   = "ALL"
    port       = "ALL"
  }
}
```

## Good
```hcl
resource "tencentcloud_security_group_rule_set" "web" {
  security_group_id = "sg-1"
  ingress {
    action     = "ACCEPT"
    cidr_block = "0.0.0.0/0"
    protocol   = "TCP"
    port       = "443"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.address_range import is_anywhere

_KIND = "tencentcloud_security_group_rule_set"


@rule(target=_KIND, each="ingress", severity=Severity.CRITICAL, profile=Profile.GATE, aliases="CKV_TC_8")
def check(ingress: Node) -> Iterator[Fail]:
    if (ingress.at("action").text or "").upper() != "ACCEPT":
        return
    protocol, port = ingress.at("protocol"), ingress.at("port")
    if not _all(protocol) or not _all(port):
        return
    for path in ("cidr_block", "ipv6_cidr_block"):
        block = ingress.at(path)
        if block.present and is_anywhere(block.text):
            yield Fail(block, f"everything is open to {block.text}", expected="the ports and ranges that are needed")


def _all(node: Node) -> bool:
    """Whether every protocol or port is meant, which is what leaving it out means too."""
    return node.missing or (node.text or "").upper() == "ALL"
