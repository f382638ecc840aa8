"""A security group lets the whole internet in on every port.

## Why it matters
Machines of the group stand on the internet as if there were no firewall: whatever listens, wanted or not, can be tried by everybody.

## Five whys
1. Why was an internal port attacked from outside? The group lets everybody in everywhere.
2. Why? A rule without ports, or with all of them, has `0.0.0.0/0`.
3. Why? It was made to see whether the group is why a connection failed.

## Fix now
`yc vpc security-group update-rules SG --delete-rule-id RULE --add-rule "direction=ingress,port=443,protocol=tcp,v4-cidrs=[0.0.0.0/0]"`.

## Workaround
Take the public addresses away from the machines that need none.

## Prevent
Ports as a required field of the module's rules.

## Validate
`nmap -Pn ADDRESS` from outside shows the served ports only.

## Bad
```hcl
resource "yandex_vpc_security_group" "web" {
  network_id = "enp1"
  ingress {
    protocol       = "ANY"
    v4_cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"] # finding
    from_port      = 0
    to_port        = 65535
  }
}
```

## Good
```hcl
resource "yandex_vpc_security_group" "web" {
  network_id = "enp1"
  ingress {
    protocol       = "TCP"
    v4_cidr_blocks = ["0.0.0.0/0"]
    port           = 443
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.yandex_rules import open_to_world


@rule(target="yandex_vpc_security_group", each="ingress", severity=Severity.CRITICAL, profile=Profile.GATE, aliases="CKV_YC_19")
def check(ingress: Node) -> Iterator[Fail]:
    for block in open_to_world(ingress):
        yield Fail(block, f"every port is open to {block.text}", expected="the ports and ranges that are needed")
        return
