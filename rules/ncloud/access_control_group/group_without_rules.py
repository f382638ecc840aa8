"""An access control group has no rules in the code.

## Why it matters
The group either lets nothing through, and its servers are cut off, or somebody adds rules by hand that no review sees and that a new
environment lacks.

## Five whys
1. Why does the service work in production and not in the test? The group's rules were made by hand there.
2. Why by hand? The code makes a group without rules.
3. Why? Rules are a resource of their own, and were forgotten.

## Fix now
`ncloud vserver getAccessControlGroupRuleList --regionCode KR --accessControlGroupNo ACG` shows what is there; write it as
`ncloud_access_control_group_rule` and apply. That resource replaces all rules of the group.

## Workaround
When another root module holds the rules: suppress this rule with that reason.

## Prevent
A module that makes the group and its rules together.

## Validate
`terraform state list` has a rule resource for the group, and the next plan is empty.

## Bad
```hcl
resource "ncloud_access_control_group" "web" { # finding
  name        = "web"
  description = "web servers"
  vpc_no      = "1"
}
```

## Good
```hcl
resource "ncloud_access_control_group" "web" {
  name        = "web"
  description = "web servers"
  vpc_no      = "1"
}

resource "ncloud_access_control_group_rule" "web" {
  access_control_group_no = ncloud_access_control_group.web.id
  inbound {
    protocol    = "TCP"
    ip_block    = "10.0.0.0/16"
    port_range  = "443"
    description = "from the load balancer"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(target="ncloud_access_control_group", severity=Severity.LOW, confidence=Confidence.LIKELY, aliases="CKV_NCP_26")
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not graph.attached(resource, "access_control_group_no", "ncloud_access_control_group_rule"):
        yield Fail(group, "no rules are written for the group", expected="an ncloud_access_control_group_rule")
