"""Metric alarms. Those of target tracking are made and removed by the scaling policies."""

from auditor.live.source import maybe, tags
from auditor.live.spec import Detail, Spec
from auditor.model.node import Node


def _owner(alarm: Node) -> str:
    name = str(alarm.at("AlarmName").data)
    return "a target tracking policy" if name.startswith("TargetTracking-") else "Elastic Beanstalk" if name.startswith("awseb-") else ""


SPEC = Spec(
    kind="aws_cloudwatch_metric_alarm",
    service="cloudwatch",
    operation="describe_alarms",
    parameters={"AlarmTypes": ["MetricAlarm", "CompositeAlarm"]},
    items="MetricAlarms",
    attributes={
        "id": "AlarmName",
        "arn": "AlarmArn",
        "alarm_name": "AlarmName",
        "alarm_description": maybe("AlarmDescription", ""),
        "actions_enabled": "ActionsEnabled",
        "alarm_actions": "AlarmActions",
        "ok_actions": "OKActions",
        "insufficient_data_actions": "InsufficientDataActions",
        "comparison_operator": "ComparisonOperator",
        "evaluation_periods": "EvaluationPeriods",
        "datapoints_to_alarm": maybe("DatapointsToAlarm", 0),
        "threshold": maybe("Threshold", 0),
        "treat_missing_data": maybe("TreatMissingData", "missing"),
        "metric_name": maybe("MetricName", ""),
        "namespace": maybe("Namespace", ""),
        "period": maybe("Period", 0),
        "statistic": maybe("Statistic", ""),
        "extended_statistic": maybe("ExtendedStatistic", ""),
        "unit": maybe("Unit", ""),
        "dimensions": lambda alarm: {str(pair.at("Name").data): pair.at("Value") for pair in alarm.each("Dimensions")},
    },
    details=(Detail("list_tags_for_resource", {"ResourceARN": "AlarmArn"}, {"tags": tags(), "tags_all": tags()}),),
    owner=_owner,
    watched="actions_enabled alarm_actions ok_actions threshold treat_missing_data evaluation_periods period comparison_operator",
)

_ARN = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:cpu"
EXAMPLE = {
    "describe_alarms": {
        "MetricAlarms": [
            {
                "AlarmName": "cpu",
                "AlarmArn": _ARN,
                "ActionsEnabled": True,
                "AlarmActions": [],
                "ComparisonOperator": "GreaterThanThreshold",
                "EvaluationPeriods": 3,
                "Threshold": 80.0,
                "Dimensions": [{"Name": "AutoScalingGroupName", "Value": "shop"}],
            }
        ]
    },
    "list_tags_for_resource": {"Tags": [{"Key": "Team", "Value": "web"}]},
}
EXPECT: dict[str, object] = {
    "cpu": {
        "id": "cpu",
        "arn": _ARN,
        "alarm_name": "cpu",
        "alarm_description": "",
        "actions_enabled": True,
        "alarm_actions": [],
        "comparison_operator": "GreaterThanThreshold",
        "evaluation_periods": 3,
        "datapoints_to_alarm": 0,
        "threshold": 80.0,
        "treat_missing_data": "missing",
        "metric_name": "",
        "namespace": "",
        "period": 0,
        "statistic": "",
        "extended_statistic": "",
        "unit": "",
        "dimensions": {"AutoScalingGroupName": "shop"},
        "tags": {"Team": "web"},
        "tags_all": {"Team": "web"},
    }
}
