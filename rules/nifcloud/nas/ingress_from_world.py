"""A NAS firewall group lets every address in.

## Why it matters
NFS asks for no password: whoever reaches the port mounts the share and reads or writes as the user they claim to be.

## Five whys
1. Why were files changed from an unknown machine? It had mounted the share.
2. Why could it? The NAS firewall group lets every address in.
3. Why? The group was opened to find out why a mount failed.

## Fix now
Write single networks into `rule.cidr_ip`, apply: it works at once.

## Workaround
`no_root_squash = false` on the NAS, so that root of a client is nobody there.

## Prevent
A `validation` in the module against `0.0.0.0/0`.

## Validate
`showmount -e ADDRESS` from another network times out.

## Bad
```hcl
resource "nifcloud_nas_security_group" "home" {
  group_name  = "home"
  description = "homes"
  rule {
    cidr_ip = "0.0.0.0/0" # finding
  }
}
```

## Good
```hcl
resource "nifcloud_nas_security_group" "home" {
  group_name  = "home"
  description = "homes"
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
    target="nifcloud_nas_security_group",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="AVD-NIF-0014 nifcloud-nas-no-public-ingress-nas-sgr",
)
def check(group: Node) -> Iterator[Fail]:
    for block in group.each("rule.cidr_ip"):
        if is_anywhere(block.text):
            yield Fail(block, f"every address may mount the shares ({block.text})", expected="single networks")
