r"""A VPC endpoint lets every request through, to every account.

## Why it matters
An endpoint with full access is a way out of a closed network: a workload that has been taken over sends data to a
bucket of the intruder's own account through it, and no firewall sees more than "S3".

## Five whys
1. Why did data leave a subnet without internet? Through the S3 endpoint.
2. Why to a foreign bucket? The endpoint's policy allows everything.
3. Why? It is the default, and the same as no policy.

## Fix now
Write a policy for the endpoint: `Principal = "*"`, the actions in use, with `StringEquals: {"aws:ResourceOrgID":
"o-...", "aws:PrincipalOrgID": "o-..."}`. Keep AWS's own buckets that nodes need (ECR layers:
`arn:aws:s3:::prod-REGION-starport-layer-bucket/*`).

## Workaround
Deny by tag or account in the workloads' roles: `StringNotEquals: {"aws:ResourceAccount": "OWN"}`.

## Prevent
Make endpoints in one module that demands a policy document.

## Validate
From an instance, `aws s3 cp x s3://bucket-of-another-account/` answers AccessDenied by the VPC endpoint policy, and
own buckets work.

## Bad
```hcl
resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-0a1b2c3d"
  service_name = "com.amazonaws.eu-west-1.s3"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*" }] # finding
  })
}
```

## Good
```hcl
resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-0a1b2c3d"
  service_name = "com.amazonaws.eu-west-1.s3"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "*"
      Condition = { StringEquals = { "aws:ResourceOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.policy import Statement, statements


@rule(target="aws_vpc_endpoint aws_vpc_endpoint_policy", each=statements, severity=Severity.LOW, confidence=Confidence.FIRM)
def check(statement: Statement) -> Iterator[Fail]:
    action = statement.every_action
    if action is not None and statement.unlimited:
        yield Fail(
            action,
            "the endpoint lets every request through, to resources of any account",
            expected="a condition on aws:ResourceOrgID, or the resources",
        )
