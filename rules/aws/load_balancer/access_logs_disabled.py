"""A load balancer keeps no access logs.

## Why it matters
The access log has, for every request, who asked, which target answered, how long each part took and why it failed. Without it a 502 is
a number in a graph: nobody can say which target closed the connection, and after an attack nobody can say what was fetched.

## Five whys
1. Why is the cause of the 502s unknown? No record says which target answered how.
2. Why not? The load balancer writes no access log.
3. Why not? Logging is off unless a bucket is named, and the log cannot be had for the past.

## Fix now
`aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=access_logs.s3.enabled,Value=true
Key=access_logs.s3.bucket,Value=BUCKET`. The bucket's policy has to let `logdelivery.elasticloadbalancing.amazonaws.com` write; files
come every five minutes.

## Workaround
During the incident: the metrics `HTTPCode_ELB_5XX_Count`, `TargetConnectionErrorCount` and `RejectedConnectionCount` by target group,
and the targets' own logs.

## Prevent
One log bucket for each region, with a lifecycle rule, and `access_logs` in the module for load balancers.

## Validate
`aws elbv2 describe-load-balancer-attributes --load-balancer-arn ARN --query "Attributes[?Key=='access_logs.s3.enabled']"` prints true;
`aws s3 ls s3://BUCKET/AWSLogs/ACCOUNT/elasticloadbalancing/ --recursive | tail -1` shows a file of the last minutes.

## Bad
```hcl
resource "aws_lb" "web" { # finding
  name    = "web"
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_lb" "api" {
  name    = "api"
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]

  access_logs { # finding
    bucket = "example-logs"
  }
}
```

## Good
```hcl
resource "aws_lb" "web" {
  name    = "web"
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]

  access_logs {
    bucket  = "example-logs"
    enabled = true
  }
}

resource "aws_lb" "firewall" {
  name               = "firewall"
  load_balancer_type = "gateway"
  subnets            = ["subnet-0123456789abcdef0"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.load_balancer import BALANCERS, balancer_type


@rule(target=BALANCERS, severity=Severity.MEDIUM, aliases="CKV_AWS_91 FG_R00066")
def check(balancer: Node) -> Iterator[Fail]:
    if balancer_type(balancer) == "gateway":
        return
    enabled = balancer.at("access_logs.enabled")
    if not enabled.flag:
        yield Fail(enabled, "the load balancer keeps no access logs", expected="access_logs with enabled = true")
