"""Nobody records who fetched and delivered which file.

## Why it matters
When a partner says that a file was never delivered, or a stranger has fetched one, there is no record of logins, files or errors.

## Five whys
1. Why can nobody prove the delivery? The server writes no log.
2. Why? Neither `structured_log_destinations` nor `logging_role` is set.

## Fix now
`aws transfer update-server --server-id s-… --structured-log-destinations arn:aws:logs:REGION:ACCOUNT:log-group:/transfer/partners:*`.

## Workaround
Data events of the bucket behind it show objects, not users.

## Prevent
Log group and attribute in the module.

## Validate
Log in once; `aws logs tail /transfer/partners --since 5m` shows it.

## Bad
```hcl
resource "aws_transfer_server" "partners" { # finding
  endpoint_type = "VPC"
}
```

## Good
```hcl
resource "aws_cloudwatch_log_group" "partners" {
  name              = "/transfer/partners"
  retention_in_days = 365
}

resource "aws_transfer_server" "partners" {
  endpoint_type               = "VPC"
  structured_log_destinations = ["${aws_cloudwatch_log_group.partners.arn}:*"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import given


@rule(target="aws_transfer_server", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(server: Node) -> Iterator[Fail]:
    if server.at("structured_log_destinations").missing and not given(server.at("logging_role")):
        yield Fail(
            server.at("structured_log_destinations"),
            "nobody records who fetched and delivered which file",
            expected="a log group, or logging_role",
        )
