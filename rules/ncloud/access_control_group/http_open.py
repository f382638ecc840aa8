"""An access control group opens plain HTTP to the whole internet.

## Why it matters
Pages and logins over port 80 are readable on their way, and a server that answers strangers directly has no load balancer before it that
could block an attack.

## Five whys
1. Why could a session cookie be read in a hotel network? It was sent over HTTP.
2. Why is HTTP there? The group opens port 80 of the server to all.
3. Why does the server answer itself? The load balancer came later.

## Fix now
Let only the load balancer's subnet in on 80 (its `ip_block` instead of `0.0.0.0/0`), and give the load balancer an HTTPS listener with a
redirect.

## Workaround
Let the server itself answer 80 with a redirect to HTTPS only.

## Prevent
Servers in private subnets, load balancers in public ones.

## Validate
`curl -sI http://ADDRESS/` from outside times out or answers 301.

## Bad
```hcl
resource "ncloud_access_control_group_rule" "open" {
  access_control_group_no = "1"
  inbound {
    protocol    = "TCP"
    ip_block    = "0.0.0.0/0" # finding
    port_range  = "78-82"
  }
}
```

## Good
```hcl
resource "ncloud_access_control_group_rule" "inside" {
  access_control_group_no = "1"
  inbound {
    protocol    = "TCP"
    ip_block    = "10.0.0.0/16"
    port_range  = "80"
  }
}

resource "ncloud_access_control_group_rule" "other" {
  access_control_group_no = "1"
  inbound {
    protocol    = "TCP"
    ip_block    = "0.0.0.0/0"
    port_range  = "443"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.ncloud_rules import GROUP_RULES, let_in

_PORT = 80


@rule(target=GROUP_RULES, severity=Severity.LOW, aliases="CKV_NCP_25")
def check(rules: Node) -> Iterator[Fail]:
    for block in let_in(rules, _PORT):
        yield Fail(block, "plain HTTP is open to the whole internet", expected="the ranges that need it")
