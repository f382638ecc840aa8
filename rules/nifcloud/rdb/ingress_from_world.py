"""A DB firewall group lets the whole internet in.

## Why it matters
Databases with an open port are found within hours, their passwords guessed, their tables copied and deleted for a ransom.

## Five whys
1. Why does the database hold only a ransom note? Somebody guessed its password.
2. Why could they try? The DB firewall group lets `0.0.0.0/0` in.
3. Why? A report tool outside had no fixed address.

## Fix now
Write single networks into `rule.cidr_ip`, apply: it works at once. Then change the passwords.

## Workaround
`publicly_accessible = false` for the next instance; a VPN for the tool.

## Prevent
A `validation` in the module against `0.0.0.0/0`.

## Validate
`nc -zvw3 ENDPOINT 3306` from outside times out.

## Bad
```hcl
resource "nifcloud_db_security_group" "shop" {
  group_name  = "shop"
  description = "shop's databases"
  rule {
    cidr_ip = "0.0.0.0/0" # finding
  }
}
```

## Good
```hcl
resource "nifcloud_db_security_group" "shop" {
  group_name  = "shop"
  description = "shop's databases"
  rule {
    cidr_ip = "10.0.0.0/16"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.address_range import is_anywhere


@rule(
    target="nifcloud_db_security_group",
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="AVD-NIF-0011 nifcloud-rdb-no-public-ingress-db-sgr",
)
def check(group: Node) -> Iterator[Fail]:
    for block in group.each("rule.cidr_ip"):
        if is_anywhere(block.text):
            yield Fail(block, f"the whole internet may connect to the databases ({block.text})", expected="single networks")
