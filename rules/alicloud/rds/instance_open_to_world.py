"""An RDS instance's whitelist contains every address.

## Why it matters
The whitelist is the database's firewall. With `0.0.0.0/0` in it, a public endpoint, which anybody with the right may add by one click,
makes the database a server for the whole internet.

## Five whys
1. Why is the database under constant login attempts? Its whitelist lets everybody in.
2. Why? It contains `0.0.0.0/0`.
3. Why? A function without fixed address had to connect.

## Fix now
`aliyun rds ModifySecurityIps --DBInstanceId ID --SecurityIps 10.0.0.0/8 --ModifyMode Cover`. Then look for a public endpoint: `aliyun rds
DescribeDBInstanceNetInfo --DBInstanceId ID`, and release it: `aliyun rds ReleaseInstancePublicConnection`.

## Workaround
A security group as the whitelist: `aliyun rds ModifySecurityGroupConfiguration --DBInstanceId ID --SecurityGroupId SG`.

## Prevent
Functions in the VPC with a fixed vSwitch range; a `validation` block on `security_ips`.

## Validate
`aliyun rds DescribeDBInstanceIPArrayList --DBInstanceId ID` shows no `0.0.0.0/0`.

## Bad
```hcl
resource "alicloud_db_instance" "shop" {
  engine       = "MySQL"
  security_ips = ["10.0.0.0/8", "0.0.0.0/0"] # finding
}
```

## Good
```hcl
resource "alicloud_db_instance" "shop" {
  engine       = "MySQL"
  security_ips = ["10.0.0.0/8"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.address_range import is_anywhere

_ANY = "0.0.0.0"  # noqa: S104 - nothing binds to it


@rule(target="alicloud_db_instance", severity=Severity.CRITICAL, profile=Profile.GATE, aliases="CKV_ALI_9")
def check(instance: Node) -> Iterator[Fail]:
    for entry in instance.each("security_ips"):
        if entry.text == _ANY or is_anywhere(entry.text):
            yield Fail(entry, f"the whitelist of the database contains everything ({entry.text})", expected="single networks")
