"""Scaled servers are not replaced when the load balancer finds them broken.

## Why it matters
A server whose program hangs still answers the hypervisor, so the scaling group takes it for healthy. Only the load balancer's check sees
it, and only if the group asks for that check and a target group makes one.

## Five whys
1. Why was the hanging server not replaced? The scaling group held it for healthy.
2. Why? Its check asks the server itself, or a target group that checks nothing.
3. Why? The check, the list of target groups and the target group's own `health_check` are three settings in three places.

## Fix now
`health_check_type_code = "LOADB"`, `target_group_list` with the group, and a `health_check` in the target group; apply. The hanging
server now: `ncloud vserver stopServerInstances --regionCode KR --serverInstanceNoList.1 SERVER`, and it is replaced.

## Workaround
A watchdog on the server that powers it off when the program does not answer.

## Prevent
One module that makes scaling group and target group together.

## Validate
`ncloud vautoscaling getAutoScalingGroupList --regionCode KR` shows LOADB; stop the program on one server and watch it being replaced
after the grace period.

## Bad
```hcl
resource "ncloud_auto_scaling_group" "web" { # finding
  launch_configuration_no = "1"
  health_check_type_code  = "LOADB"
}

resource "ncloud_auto_scaling_group" "api" {
  launch_configuration_no = "1"
  health_check_type_code  = "SVR" # finding
  target_group_list       = ["1"]
}
```

## Good
```hcl
resource "ncloud_auto_scaling_group" "web" {
  launch_configuration_no = "1"
  health_check_type_code  = "LOADB"
  target_group_list       = [ncloud_lb_target_group.web.target_group_no]
}

resource "ncloud_lb_target_group" "web" {
  vpc_no   = "1"
  protocol = "HTTPS"
  health_check {
    protocol = "HTTP"
    url_path = "/healthz"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Severity, rule

_GROUP = "ncloud_lb_target_group"


@rule(target="ncloud_auto_scaling_group", severity=Severity.MEDIUM, aliases="CKV_NCP_18")
def check(group: Node, graph: Graph) -> Iterator[Fail]:
    kind, groups = group.at("health_check_type_code"), group.at("target_group_list")
    by_balancer = kind.present and kind.text == "LOADB"
    if groups.missing:
        if by_balancer:
            yield Fail(
                groups, "the load balancer shall check the servers' health, and no target group is named", expected="target_group_list"
            )
        return
    if not by_balancer:
        yield Fail(kind, "servers that do not answer the load balancer are not replaced", expected="health_check_type_code = LOADB")
        return
    for node in groups.each():
        for target in graph.targets(node, _GROUP):
            if target.at("health_check").missing:
                message = "servers are not replaced by the load balancer's check: the target group makes none"
                yield Fail(groups, message, expected="a health_check", related=(target.body,))
                return
