"""Brokers of a Kafka cluster write their logs nowhere.

## Why it matters
Leader elections, full disks, refused clients and slow replicas are in the broker logs only. Without them an outage of the cluster stays
unexplained.

## Five whys
1. Why does nobody know why partitions were offline? The brokers' logs are not kept.
2. Why? No destination is enabled in `logging_info`.

## Fix now
`aws kafka update-monitoring --cluster-arn ARN --current-version V --logging-info
'{"BrokerLogs":{"CloudWatchLogs":{"Enabled":true,"LogGroup":"/msk/main"}}}'`, without a restart.

## Workaround
`kafka-topics.sh --describe --under-replicated-partitions` shows the present state.

## Prevent
A log group with a retention in the module; S3 where the volume is large.

## Validate
`aws logs tail /msk/main --since 10m` prints lines of each broker.

## Bad
```hcl
resource "aws_msk_cluster" "main" { # finding
  cluster_name           = "main"
  kafka_version          = "3.8.x"
  number_of_broker_nodes = 3
}
```

## Good
```hcl
resource "aws_msk_cluster" "main" {
  cluster_name           = "main"
  kafka_version          = "3.8.x"
  number_of_broker_nodes = 3

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = "/msk/main"
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.decide import some

_PLACES = ("cloudwatch_logs", "firehose", "s3")


@rule(target="aws_msk_cluster", severity=Severity.MEDIUM, aliases="CKV_AWS_80 AVD-AWS-0074 aws-msk-enable-logging")
def check(cluster: Node) -> Iterator[Fail]:
    switches = [switch for place in _PLACES for switch in cluster.each(f"logging_info.broker_logs.{place}.enabled")]
    if not some(*(lambda switch=switch: switch.flag is True for switch in switches)):
        where = switches[0] if switches else cluster.at("logging_info")
        yield Fail(where, "the brokers write their logs nowhere", expected="cloudwatch_logs, firehose or s3 enabled")
