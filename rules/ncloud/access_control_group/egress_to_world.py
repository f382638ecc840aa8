"""An access control group lets servers connect to the whole internet.

## Why it matters
Malware needs a way out, for its orders and for the data it takes. A group that lets everything out gives it one on every port.

## Five whys
1. Why could stolen data leave over port 8443? The server may connect anywhere.
2. Why? An outgoing rule of its group has `0.0.0.0/0`.
3. Why? Updates come from changing addresses.

## Fix now
Write the ranges that are needed into `ip_block`; updates through a mirror or a proxy inside of the VPC. Apply in steps: narrow one port
at a time.

## Workaround
Flow logs of the VPC show where servers connect to, before you narrow.

## Prevent
An outgoing rule for the proxy only, in the module.

## Validate
On a server: `curl -m 5 https://example.com` fails.

## Bad
```hcl
resource "ncloud_access_control_group_rule" "web" {
  access_control_group_no = "1"
  outbound {
    protocol    = "TCP"
    ip_block    = "0.0.0.0/0" # finding
    port_range  = "1-65535"
    description = "all"
  }
}
```

## Good
```hcl
resource "ncloud_access_control_group_rule" "web" {
  access_control_group_no = "1"
  outbound {
    protocol    = "TCP"
    ip_block    = "10.0.3.0/24"
    port_range  = "3128"
    description = "to the proxy"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.address_range import is_anywhere
from auditor.views.ncloud_rules import GROUP_RULES


@rule(target=GROUP_RULES, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_NCP_3")
def check(rules: Node) -> Iterator[Fail]:
    for block in rules.each("outbound.ip_block"):
        if is_anywhere(block.text):
            yield Fail(block, f"servers may connect to the whole internet ({block.text})", expected="the ranges that are needed")
