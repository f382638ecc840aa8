"""Scheduled actions of autoscaling groups. A size that is not set is absent in the reply, and -1 in Terraform."""

from auditor.live.source import maybe
from auditor.live.spec import NEVER, Spec

SPEC = Spec(
    kind="aws_autoscaling_schedule",
    service="autoscaling",
    operation="describe_scheduled_actions",
    items="ScheduledUpdateGroupActions",
    attributes={
        "id": "ScheduledActionName",
        "arn": "ScheduledActionARN",
        "scheduled_action_name": "ScheduledActionName",
        "autoscaling_group_name": "AutoScalingGroupName",
        "min_size": maybe("MinSize", -1),
        "max_size": maybe("MaxSize", -1),
        "desired_capacity": maybe("DesiredCapacity", -1),
        "recurrence": maybe("Recurrence", ""),
        "time_zone": maybe("TimeZone", ""),
        "start_time": "StartTime",
        "end_time": "EndTime",
    },
    key=("autoscaling_group_name", "scheduled_action_name"),
    compare={"arn": NEVER, "start_time": NEVER},
    parent=("autoscaling_group_name",),
    watched="min_size max_size desired_capacity recurrence",
)

EXAMPLE = {
    "describe_scheduled_actions": {
        "ScheduledUpdateGroupActions": [
            {"AutoScalingGroupName": "shop", "ScheduledActionName": "night", "Recurrence": "0 22 * * *", "MinSize": 1, "DesiredCapacity": 1}
        ]
    }
}
EXPECT: dict[str, object] = {
    "night": {
        "id": "night",
        "scheduled_action_name": "night",
        "autoscaling_group_name": "shop",
        "min_size": 1,
        "max_size": -1,
        "desired_capacity": 1,
        "recurrence": "0 22 * * *",
        "time_zone": "",
    }
}
