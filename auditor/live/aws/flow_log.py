"""Flow logs."""

from __future__ import annotations

from auditor.live.source import Read, maybe, tags
from auditor.live.spec import Spec
from auditor.model.node import Node


def _subject(prefix: str) -> Read:
    """The id of what is logged, where it is of this sort."""

    def read(log: Node) -> Node | None:
        found = log.at("ResourceId")
        return found if str(found.data).startswith(prefix) else None

    return read


SPEC = Spec(
    kind="aws_flow_log",
    service="ec2",
    operation="describe_flow_logs",
    items="FlowLogs",
    attributes={
        "id": "FlowLogId",
        "vpc_id": _subject("vpc-"),
        "subnet_id": _subject("subnet-"),
        "eni_id": _subject("eni-"),
        "traffic_type": "TrafficType",
        "log_destination": "LogDestination",
        "log_destination_type": "LogDestinationType",
        "iam_role_arn": maybe("DeliverLogsPermissionArn", ""),
        "log_format": "LogFormat",
        "max_aggregation_interval": "MaxAggregationInterval",
        "tags": tags(),
        "tags_all": tags(),
    },
    parent=("vpc_id", "subnet_id"),
    watched="traffic_type log_destination iam_role_arn",
)

EXAMPLE = {
    "describe_flow_logs": {
        "FlowLogs": [{"FlowLogId": "fl-1", "ResourceId": "vpc-1", "TrafficType": "ALL", "LogDestinationType": "s3", "Tags": []}]
    }
}
EXPECT: dict[str, object] = {
    "fl-1": {
        "id": "fl-1",
        "vpc_id": "vpc-1",
        "subnet_id": None,
        "eni_id": None,
        "traffic_type": "ALL",
        "log_destination_type": "s3",
        "iam_role_arn": "",
        "tags": {},
        "tags_all": {},
    }
}
