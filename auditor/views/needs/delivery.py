"""What services need to deliver logs, metrics and records through a role: one table for each of them."""

from __future__ import annotations

from typing import Final

from auditor.views.iam.hole import HOLE
from auditor.views.needs.row import UNTOLD, Consumer, Row, needs_by
from auditor.views.needs.writing import sending

GROUP: Final = "aws_cloudwatch_log_group"
STREAM: Final = f":log-stream:{HOLE}"
_WRITE = "logs:CreateLogStream logs:PutLogEvents"

FLOW_LOGS: Final = (
    Consumer(
        "aws_flow_log",
        "iam_role_arn",
        "vpc-flow-logs.amazonaws.com",
        (
            Row(_WRITE, "publish the flow log", on="log_destination", kinds=GROUP, part=STREAM),
            Row(_WRITE, "publish the flow log", on="log_group_name", kinds=GROUP, part=STREAM),
        ),
    ),
)
TRAILS: Final = (
    Consumer(
        "aws_cloudtrail",
        "cloud_watch_logs_role_arn",
        "cloudtrail.amazonaws.com",
        (Row(_WRITE, "send events to CloudWatch Logs", on="cloud_watch_logs_group_arn", kinds=GROUP, part=STREAM),),
    ),
)
_FIREHOSE = "aws_kinesis_firehose_delivery_stream"
_BUCKET_BLOCKS = (
    "extended_s3_configuration",
    "extended_s3_configuration.s3_backup_configuration",
    "redshift_configuration.s3_configuration",
    "redshift_configuration.s3_backup_configuration",
    "opensearch_configuration.s3_configuration",
    "elasticsearch_configuration.s3_configuration",
    "opensearchserverless_configuration.s3_configuration",
    "splunk_configuration.s3_configuration",
    "http_endpoint_configuration.s3_configuration",
    "snowflake_configuration.s3_configuration",
)
FIREHOSE: Final = (
    *(
        Consumer(_FIREHOSE, "role_arn", "firehose.amazonaws.com", sending("bucket_arn", "deliver records", "aws_s3_bucket"), block)
        for block in _BUCKET_BLOCKS
    ),
    Consumer(
        _FIREHOSE,
        "role_arn",
        "firehose.amazonaws.com",
        (
            Row(
                "kinesis:DescribeStream kinesis:GetShardIterator kinesis:GetRecords",
                "read the source stream",
                on="kinesis_stream_arn",
                kinds="aws_kinesis_stream",
            ),
        ),
        "kinesis_source_configuration",
    ),
    Consumer(
        _FIREHOSE,
        "role_arn",
        "firehose.amazonaws.com",
        (Row("es:ESHttpPost es:ESHttpPut", "index records", on="domain_arn", kinds="aws_opensearch_domain", part=f"/{HOLE}"),),
        "opensearch_configuration",
    ),
)
RECORDER: Final = (Consumer("aws_config_configuration_recorder", "role_arn", "config.amazonaws.com"),)
_GATEWAY_LOGS = "logs:CreateLogGroup logs:CreateLogStream logs:DescribeLogGroups logs:DescribeLogStreams logs:PutLogEvents"
GATEWAY_LOGS: Final = (
    Consumer(
        "aws_api_gateway_account",
        "cloudwatch_role_arn",
        "apigateway.amazonaws.com",
        (Row(_GATEWAY_LOGS, "write the logs of stages", on=UNTOLD),),
    ),
)
MONITORING: Final = tuple(
    Consumer(
        kind,
        "monitoring_role_arn",
        "monitoring.rds.amazonaws.com",
        (Row("logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents logs:PutRetentionPolicy", "publish OS metrics", on=UNTOLD),),
    )
    for kind in ("aws_db_instance", "aws_rds_cluster_instance", "aws_rds_cluster")
)
DELIVERIES: Final = (*FLOW_LOGS, *TRAILS, *FIREHOSE, *RECORDER, *GATEWAY_LOGS, *MONITORING)

flow_log_needs = needs_by(FLOW_LOGS)
trail_needs = needs_by(TRAILS)
firehose_needs = needs_by(FIREHOSE)
gateway_log_needs = needs_by(GATEWAY_LOGS)
monitoring_needs = needs_by(MONITORING)
