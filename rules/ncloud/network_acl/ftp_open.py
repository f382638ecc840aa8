"""A network ACL lets the whole internet through to FTP.

## Why it matters
FTP sends names and passwords in clear text. Open to all, it is tried for anonymous logins by robots, and listened to on the way.

## Five whys
1. Why was the partner's password known to somebody else? It was sent over FTP, in clear text.
2. Why is FTP open? The subnet's ACL lets everybody reach 21.
3. Why? Partners exchange files that way since years.

## Fix now
Set the partners' ranges as `ip_block` and apply; offer them SFTP on the same servers.

## Workaround
Object Storage with signed addresses replaces the server for single partners today.

## Prevent
No FTP in new subnets: the ACL module knows no such rule.

## Validate
`nc -zvw3 ADDRESS 21` from elsewhere times out.

## Bad
```hcl
resource "ncloud_network_acl_rule" "open" {
  network_acl_no = "1"
  inbound {
    priority    = 100
    rule_action = "ALLOW"
    protocol    = "TCP"
    ip_block    = "0.0.0.0/0" # finding
    port_range  = "19-23"
  }
}
```

## Good
```hcl
resource "ncloud_network_acl_rule" "inside" {
  network_acl_no = "1"
  inbound {
    priority    = 100
    rule_action = "ALLOW"
    protocol    = "TCP"
    ip_block    = "10.0.0.0/16"
    port_range  = "21"
  }
}

resource "ncloud_network_acl_rule" "other" {
  network_acl_no = "1"
  inbound {
    priority    = 100
    rule_action = "ALLOW"
    protocol    = "TCP"
    ip_block    = "0.0.0.0/0"
    port_range  = "443"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.ncloud_rules import ACL_RULES, let_in

_PORT = 21


@rule(target=ACL_RULES, severity=Severity.MEDIUM, aliases="CKV_NCP_9")
def check(rules: Node) -> Iterator[Fail]:
    for block in let_in(rules, _PORT):
        yield Fail(block, "FTP passes from the whole internet", expected="the ranges that need it")
