"""Scaling policies of autoscaling groups."""

from auditor.live.source import block, blocks, maybe, text
from auditor.live.spec import NEVER, Spec

SPEC = Spec(
    kind="aws_autoscaling_policy",
    service="autoscaling",
    operation="describe_policies",
    items="ScalingPolicies",
    attributes={
        "id": "PolicyName",
        "arn": "PolicyARN",
        "name": "PolicyName",
        "autoscaling_group_name": "AutoScalingGroupName",
        "policy_type": "PolicyType",
        "enabled": "Enabled",
        "adjustment_type": maybe("AdjustmentType", ""),
        "scaling_adjustment": maybe("ScalingAdjustment", 0),
        "cooldown": maybe("Cooldown", 0),
        "min_adjustment_magnitude": maybe("MinAdjustmentMagnitude", 0),
        "metric_aggregation_type": maybe("MetricAggregationType", ""),
        "estimated_instance_warmup": maybe("EstimatedInstanceWarmup", 0),
        "step_adjustment": blocks(
            "StepAdjustments",
            scaling_adjustment="ScalingAdjustment",
            metric_interval_lower_bound=text("MetricIntervalLowerBound", ""),
            metric_interval_upper_bound=text("MetricIntervalUpperBound", ""),
        ),
        "target_tracking_configuration": block(
            "TargetTrackingConfiguration",
            target_value="TargetValue",
            disable_scale_in=maybe("DisableScaleIn", False),
            predefined_metric_specification=block(
                "PredefinedMetricSpecification",
                predefined_metric_type="PredefinedMetricType",
                resource_label=maybe("ResourceLabel", ""),
            ),
            customized_metric_specification=block(
                "CustomizedMetricSpecification",
                metric_name=maybe("MetricName"),
                namespace=maybe("Namespace"),
                statistic=maybe("Statistic"),
                unit=maybe("Unit"),
                metric_dimension=blocks("Dimensions", name="Name", value="Value"),
            ),
        ),
    },
    key=("autoscaling_group_name", "name"),
    # The ARN has a part that is the group's, not the policy's, in some replies.
    compare={"arn": NEVER},
    parent=("autoscaling_group_name",),
    watched="enabled target_tracking_configuration step_adjustment scaling_adjustment adjustment_type policy_type",
)

EXAMPLE = {
    "describe_policies": {
        "ScalingPolicies": [
            {
                "AutoScalingGroupName": "shop",
                "PolicyName": "cpu",
                "PolicyType": "TargetTrackingScaling",
                "Enabled": True,
                "TargetTrackingConfiguration": {
                    "TargetValue": 60.0,
                    "PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"},
                },
            }
        ]
    }
}
EXPECT: dict[str, object] = {
    "cpu": {
        "id": "cpu",
        "name": "cpu",
        "autoscaling_group_name": "shop",
        "policy_type": "TargetTrackingScaling",
        "enabled": True,
        "adjustment_type": "",
        "scaling_adjustment": 0,
        "cooldown": 0,
        "min_adjustment_magnitude": 0,
        "metric_aggregation_type": "",
        "estimated_instance_warmup": 0,
        "step_adjustment": [],
        "target_tracking_configuration": [
            {
                "target_value": 60.0,
                "disable_scale_in": False,
                "predefined_metric_specification": [{"predefined_metric_type": "ASGAverageCPUUtilization", "resource_label": ""}],
                "customized_metric_specification": [],
            }
        ],
    }
}
