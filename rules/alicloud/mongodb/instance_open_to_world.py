"""A MongoDB instance's whitelist contains every address.

## Why it matters
Open MongoDB servers are the best known prey of the internet: found within hours, copied, emptied, with a ransom note left in a
collection. The whitelist is what keeps them out.

## Five whys
1. Why does the database hold only a ransom note? A robot emptied it.
2. Why could it connect? The whitelist contains `0.0.0.0/0`.
3. Why? It was set so for a migration tool, for a day.

## Fix now
`aliyun dds ModifySecurityIps --DBInstanceId ID --SecurityIps 10.0.0.0/8 --ModifyMode Cover`, and release a public address: `aliyun dds
ReleasePublicNetworkAddress --DBInstanceId ID`. Restore: `aliyun dds DescribeBackups --DBInstanceId ID`.

## Workaround
Change the root password: `aliyun dds ResetAccountPassword --DBInstanceId ID --AccountName root --AccountPassword NEW`.

## Prevent
A `validation` block on the list; Cloud Config's rule for open MongoDB whitelists.

## Validate
`aliyun dds DescribeSecurityIps --DBInstanceId ID` shows no `0.0.0.0/0`.

## Bad
```hcl
resource "alicloud_mongodb_instance" "events" {
  engine_version   = "6.0"
  security_ip_list = ["0.0.0.0/0"] # finding
}
```

## Good
```hcl
resource "alicloud_mongodb_instance" "events" {
  engine_version   = "6.0"
  security_ip_list = ["10.0.0.0/8"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.address_range import is_anywhere

_ANY = "0.0.0.0"  # noqa: S104 - nothing binds to it


@rule(target="alicloud_mongodb_instance", severity=Severity.CRITICAL, profile=Profile.GATE, aliases="CKV_ALI_43")
def check(instance: Node) -> Iterator[Fail]:
    for entry in instance.each("security_ip_list"):
        if entry.text == _ANY or is_anywhere(entry.text):
            yield Fail(entry, f"the whitelist of the database contains everything ({entry.text})", expected="single networks")
