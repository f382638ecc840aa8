"""Autoscaling groups."""

from __future__ import annotations

from typing import Any

from auditor.live.source import block, given, maybe, text
from auditor.live.spec import NEVER, Spec
from auditor.model.node import Node
from auditor.model.value import Value


def _subnets(group: Node) -> Any:
    node = group.at("VPCZoneIdentifier")
    if not isinstance(node.data, str):
        return []
    return [Value(subnet, node.value_.place) for subnet in node.data.split(",") if subnet]


def _template(group: Node) -> Any:
    """The launch template of the group itself; that of a mixed policy is a part of that."""
    return block("LaunchTemplate", id="LaunchTemplateId", name="LaunchTemplateName", version=text("Version", ""))(group)


def _own_tags(group: Node) -> list[Any]:
    pairs = (pair for pair in group.each("Tags") if not str(pair.at("Key").data).startswith("aws:"))
    return [
        {"key": pair.at("Key"), "value": pair.at("Value"), "propagate_at_launch": given(pair, "PropagateAtLaunch", False)} for pair in pairs
    ]


SPEC = Spec(
    kind="aws_autoscaling_group",
    service="autoscaling",
    operation="describe_auto_scaling_groups",
    items="AutoScalingGroups",
    attributes={
        "id": "AutoScalingGroupName",
        "arn": "AutoScalingGroupARN",
        "name": "AutoScalingGroupName",
        "min_size": "MinSize",
        "max_size": "MaxSize",
        "desired_capacity": "DesiredCapacity",
        "default_cooldown": "DefaultCooldown",
        "default_instance_warmup": maybe("DefaultInstanceWarmup", 0),
        "health_check_type": "HealthCheckType",
        "health_check_grace_period": "HealthCheckGracePeriod",
        "capacity_rebalance": "CapacityRebalance",
        "protect_from_scale_in": "NewInstancesProtectedFromScaleIn",
        "max_instance_lifetime": maybe("MaxInstanceLifetime", 0),
        "placement_group": maybe("PlacementGroup", ""),
        "availability_zones": "AvailabilityZones",
        "vpc_zone_identifier": _subnets,
        "target_group_arns": "TargetGroupARNs",
        "load_balancers": "LoadBalancerNames",
        "termination_policies": "TerminationPolicies",
        "suspended_processes": lambda group: [process.at("ProcessName") for process in group.each("SuspendedProcesses")],
        "enabled_metrics": lambda group: [metric.at("Metric") for metric in group.each("EnabledMetrics")],
        "launch_configuration": maybe("LaunchConfigurationName", ""),
        "launch_template": _template,
        "service_linked_role_arn": "ServiceLinkedRoleARN",
        "tag": _own_tags,
    },
    compare={
        "availability_zones": NEVER,
        "termination_policies": "default-list",
    },
    parts={
        "target_group_arns": ("aws_autoscaling_attachment", "aws_autoscaling_traffic_source_attachment"),
        "load_balancers": ("aws_autoscaling_attachment", "aws_autoscaling_traffic_source_attachment"),
        "tag": ("aws_autoscaling_group_tag",),
    },
    watched="min_size max_size desired_capacity health_check_type health_check_grace_period suspended_processes "
    "target_group_arns launch_template vpc_zone_identifier",
)

_ARN = "arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:1:autoScalingGroupName/shop"
EXAMPLE = {
    "describe_auto_scaling_groups": {
        "AutoScalingGroups": [
            {
                "AutoScalingGroupARN": _ARN,
                "AutoScalingGroupName": "shop",
                "MinSize": 2,
                "MaxSize": 6,
                "DesiredCapacity": 2,
                "HealthCheckType": "ELB",
                "HealthCheckGracePeriod": 120,
                "VPCZoneIdentifier": "subnet-1,subnet-2",
                "TargetGroupARNs": ["tg"],
                "SuspendedProcesses": [{"ProcessName": "Launch", "SuspensionReason": "User suspended"}],
                "LaunchTemplate": {"LaunchTemplateId": "lt-1", "LaunchTemplateName": "shop", "Version": "3"},
                "Tags": [{"Key": "Name", "Value": "shop", "PropagateAtLaunch": True}],
            }
        ]
    }
}
EXPECT: dict[str, object] = {
    "shop": {
        "id": "shop",
        "arn": _ARN,
        "name": "shop",
        "min_size": 2,
        "max_size": 6,
        "desired_capacity": 2,
        "default_instance_warmup": 0,
        "health_check_type": "ELB",
        "health_check_grace_period": 120,
        "max_instance_lifetime": 0,
        "placement_group": "",
        "vpc_zone_identifier": ["subnet-1", "subnet-2"],
        "target_group_arns": ["tg"],
        "suspended_processes": ["Launch"],
        "enabled_metrics": [],
        "launch_configuration": "",
        "launch_template": [{"id": "lt-1", "name": "shop", "version": "3"}],
        "tag": [{"key": "Name", "value": "shop", "propagate_at_launch": True}],
    }
}
