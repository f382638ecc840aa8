"""A network firewall keeps no logs.

## Why it matters
The firewall drops packets silently. Without its alert log nobody can say which rule stopped a deployment's download, nor what an
infected host tried to reach.

## Five whys
1. Why did it take hours to find out why the download hangs? Nothing said that the firewall dropped it.
2. Why not? The firewall writes no log.
3. Why not? Logging is a resource of its own, and the firewall works without.

## Fix now
`aws network-firewall update-logging-configuration --firewall-name NAME --logging-configuration
'{"LogDestinationConfigs":[{"LogType":"ALERT","LogDestinationType":"CloudWatchLogs","LogDestination":{"logGroup":"/firewall/alert"}}]}'`:
the next dropped packet is in it.

## Workaround
VPC flow logs of the firewall's subnets show that a connection ends there, though not which rule ended it.

## Prevent
Create the logging configuration with the firewall: ALERT to CloudWatch Logs, FLOW to S3.

## Validate
`aws network-firewall describe-logging-configuration --firewall-name NAME` prints both types.

## Bad
```hcl
resource "aws_networkfirewall_firewall" "edge" { # finding
  name                = "edge"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:111122223333:firewall-policy/edge"
  vpc_id              = "vpc-0123456789abcdef0"
  delete_protection   = true
}
```

## Good
```hcl
resource "aws_networkfirewall_firewall" "edge" {
  name                = "edge"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:111122223333:firewall-policy/edge"
  vpc_id              = "vpc-0123456789abcdef0"
  delete_protection   = true
}

resource "aws_networkfirewall_logging_configuration" "edge" {
  firewall_arn = aws_networkfirewall_firewall.edge.arn

  logging_configuration {
    log_destination_config {
      log_type             = "ALERT"
      log_destination_type = "CloudWatchLogs"
      log_destination      = { logGroup = "/firewall/alert" }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_networkfirewall_firewall", severity=Severity.MEDIUM, aliases="CKV2_AWS_63")
def check(firewall: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not graph.attached(resource, "firewall_arn", "aws_networkfirewall_logging_configuration"):
        yield Fail(firewall, "the firewall keeps no logs", expected="an aws_networkfirewall_logging_configuration")
