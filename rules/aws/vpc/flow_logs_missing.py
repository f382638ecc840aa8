"""A VPC keeps no flow logs.

## Why it matters
Flow logs are the only record of who talked to whom. Without them nobody can say after an incident where data went, and "is it the
network?" cannot be answered while a connection fails: REJECT lines name the blocked packet within a minute.

## Five whys
1. Why can nobody say what the attacker reached? There is no record of connections.
2. Why not? The VPC has no flow log.
3. Why not? Flow logs are off until somebody creates one, and cannot be had for the past.

## Fix now
Create one today; it records from then on: `aws ec2 create-flow-logs --resource-type VPC --resource-ids vpc-… --traffic-type ALL
--log-destination-type s3 --log-destination arn:aws:s3:::BUCKET/flow-logs/`. Add the same as `aws_flow_log` to the code.

## Workaround
During an incident, record one interface only, at 60 seconds: `aws ec2 create-flow-logs --resource-type NetworkInterface
--resource-ids eni-… --max-aggregation-interval 60 …`.

## Prevent
Put the flow log into the module that creates VPCs. To save money, send it to S3 in Parquet and record REJECT only.

## Validate
`aws ec2 describe-flow-logs --filter Name=resource-id,Values=vpc-… --query 'FlowLogs[].[FlowLogStatus,DeliverLogsStatus]'` prints ACTIVE
and SUCCESS.

## Bad
```hcl
resource "aws_vpc" "main" { # finding
  cidr_block = "10.0.0.0/16"
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::example-flow-logs"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="aws_vpc aws_default_vpc",
    severity=Severity.MEDIUM,
    aliases="CKV2_AWS_11 AVD-AWS-0178 aws-ec2-require-vpc-flow-logs-for-all-vpcs FG_R00054",
)
def check(vpc: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not graph.attached(resource, "vpc_id", "aws_flow_log"):
        yield Fail(vpc, "the VPC keeps no flow logs", expected="an aws_flow_log with its vpc_id")
