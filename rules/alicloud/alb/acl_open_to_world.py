"""An access list of a load balancer contains the whole internet.

## Why it matters
The list decides who may use a listener. With `0.0.0.0/0` in it as an allow list, it lets everybody in while the listener looks protected.

## Five whys
1. Why could a stranger open the internal page? The listener's access list let them.
2. Why? One entry of it is `0.0.0.0/0`.
3. Why? It was added to see whether the list is the reason for a 403.

## Fix now
`aliyun alb RemoveEntriesFromAcl --AclId ACL --Entries.1 0.0.0.0/0`, after having added the networks that are needed: `aliyun alb
AddEntriesToAcl --AclId ACL --AclEntries.1.Entry 203.0.113.0/24`.

## Workaround
Put WAF before the listener until the right networks are known.

## Prevent
A `validation` block on the entries of the module.

## Validate
`aliyun alb ListAclEntries --AclId ACL` shows no `0.0.0.0/0`.

## Bad
```hcl
resource "alicloud_alb_acl_entry_attachment" "all" {
  acl_id = "acl-1"
  entry  = "0.0.0.0/0" # finding
}
```

## Good
```hcl
resource "alicloud_alb_acl_entry_attachment" "office" {
  acl_id = "acl-1"
  entry  = "203.0.113.0/24"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.address_range import is_anywhere


@rule(target="alicloud_alb_acl_entry_attachment alicloud_alb_acl", severity=Severity.MEDIUM, aliases="CKV_ALI_29")
def check(body: Node) -> Iterator[Fail]:
    for path in ("entry", "acl_entries.entry"):
        for entry in body.each(path):
            if is_anywhere(entry.text):
                yield Fail(entry, f"the access list contains the whole internet ({entry.text})", expected="single networks")
