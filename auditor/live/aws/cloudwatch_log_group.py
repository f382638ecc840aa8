"""Log groups. Without a retention they keep everything, which Terraform writes as 0."""

from auditor.live.source import maybe, tag_map
from auditor.live.spec import Detail, Spec

SPEC = Spec(
    kind="aws_cloudwatch_log_group",
    service="logs",
    operation="describe_log_groups",
    items="logGroups",
    attributes={
        "id": "logGroupName",
        "arn": lambda group: str(group.at("arn").data).removesuffix(":*"),
        "name": "logGroupName",
        "retention_in_days": maybe("retentionInDays", 0),
        "kms_key_id": maybe("kmsKeyId", ""),
        "log_group_class": "logGroupClass",
    },
    details=(Detail("list_tags_log_group", {"logGroupName": "logGroupName"}, {"tags": tag_map(), "tags_all": tag_map()}),),
    watched="retention_in_days kms_key_id",
)

EXAMPLE = {
    "describe_log_groups": {"logGroups": [{"logGroupName": "/a", "arn": "arn:aws:logs:eu-west-1:123456789012:log-group:/a:*"}]},
    "list_tags_log_group": {"tags": {"Team": "web", "aws:x": "y"}},
}
EXPECT: dict[str, object] = {
    "/a": {
        "id": "/a",
        "arn": "arn:aws:logs:eu-west-1:123456789012:log-group:/a",
        "name": "/a",
        "retention_in_days": 0,
        "kms_key_id": "",
        "tags": {"Team": "web"},
        "tags_all": {"Team": "web"},
    }
}
