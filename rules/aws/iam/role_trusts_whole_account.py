r"""A role can be assumed by everything in an account, without a condition.

## Why it matters
The account's root as principal hands the decision over: whoever may call `sts:AssumeRole` there gets in, which in
many accounts is every user and every workload. In an account of somebody else it also invites the confused deputy:
their other customers may be able to make them use our role.

## Five whys
1. Why could a build server of the partner read our data? It assumed the role that was made for the partner's
   monitoring.
2. Why could it? The role trusts the partner's whole account.
3. Why the whole account? The partner's documentation gives an account id, not a role.
4. Why was there no ExternalId? It was thought to be optional.

## Fix now
Name the role of the other account as principal. Where the other side cannot tell it (a vendor), demand the external
id that it issued: `Condition = { StringEquals = { "sts:ExternalId" = "..." } }`.

## Workaround
Add a condition that narrows it without the other side's help: `aws:PrincipalArn` with the names that CloudTrail has
seen assuming the role (`aws cloudtrail lookup-events --lookup-attributes
AttributeKey=ResourceName,AttributeValue=ROLE_NAME`).

## Prevent
Make the external id a variable without a default in the module that creates cross-account roles. For people, demand
MFA: `Bool: {"aws:MultiFactorAuthPresent": "true"}`.

## Validate
`aws sts assume-role --role-arn ARN --role-session-name test` without `--external-id` answers AccessDenied.

## Bad
```hcl
resource "aws_iam_role" "monitoring" {
  name = "monitoring"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:root" } # finding
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_role" "monitoring" {
  name = "monitoring"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Condition = { StringEquals = { "sts:ExternalId" = "shop-7f3a" } }
      },
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = "arn:aws:iam::111122223333:role/collector" }
      },
    ]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Severity, rule
from auditor.views.iam.accounts import account_named, own
from auditor.views.policy import TRUST, Statement, trust_statements


@rule(target=TRUST, each=trust_statements, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_AWS_61 FG_R00255")
def check(statement: Statement, graph: Graph) -> Iterator[Fail]:
    if not statement.allows:
        return
    for principal in statement.principals:
        account = account_named(principal.where) if principal.kind == "AWS" else ""
        if account and statement.unconditional and own(graph, account) is not False:  # of a stranger another rule says more
            yield Fail(
                principal.where, "everything in that account may assume the role", expected="a role or user of the account, or a condition"
            )
