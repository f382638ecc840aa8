r"""A role can be assumed by every AWS account.

## Why it matters
`"AWS": "*"` in a trust policy is not "every user of this account": any AWS customer can call `sts:AssumeRole` with
the ARN, which is easy to guess, and then holds all that the role may do.

## Five whys
1. Why did a stranger have our role? It assumed it.
2. Why could it? The trust policy names `*`.
3. Why `*`? Several accounts of ours need the role, and their ids were not at hand.
4. Why did no review stop it? The star reads as "all of us".

## Fix now
Name the principals: `aws iam update-assume-role-policy --role-name NAME --policy-document file://trust.json` at once,
then the same in the code. For all accounts of an organization keep the star and add `StringEquals:
{"aws:PrincipalOrgID": "o-..."}`.

## Workaround
Revoke sessions that exist already, in the console under "Revoke sessions", or by an inline policy that denies
everything where `aws:TokenIssueTime` is before now.

## Prevent
IAM Access Analyzer with an external access analyzer reports such roles within minutes: `aws accessanalyzer
create-analyzer --type ACCOUNT --analyzer-name external`.

## Validate
From another account, `aws sts assume-role --role-arn ARN --role-session-name test` answers AccessDenied. Look for
sessions that were made before: `aws cloudtrail lookup-events --lookup-attributes
AttributeKey=EventName,AttributeValue=AssumeRole`.

## Bad
```hcl
resource "aws_iam_role" "reader" {
  name = "reader"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "*" } # finding
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_role" "reader" {
  name = "reader"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "*" }
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}

resource "aws_iam_role" "job" {
  name = "job"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.iam.strangers import let_in
from auditor.views.policy import TRUST, Statement, trust_statements


@rule(target=TRUST, each=trust_statements, severity=Severity.CRITICAL, profile=Profile.GATE, aliases="CKV_AWS_60 FG_R00219 CKV_AWS_283")
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    principal = let_in(statement, resource, graph)
    if principal is not None:
        yield Fail(principal.where, "every AWS account can assume the role", expected="the principals that need it")
