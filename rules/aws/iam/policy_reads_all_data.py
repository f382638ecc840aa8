r"""A policy lets its holder read every bucket, secret or parameter.

## Why it matters
With `s3:GetObject`, `secretsmanager:GetSecretValue` or `ssm:GetParameter` on `*` one compromised workload reads the
data and the passwords of all the others in the account. What was one incident becomes a report to every customer.

## Five whys
1. Why did a bug in the thumbnail service leak the billing database? Its role could read the database's password.
2. Why could it? It may read every secret of the account.
3. Why every one? Its own secret was not created yet when the policy was written, so its ARN was not known.
4. Why was that not mended later? It worked.

## Fix now
Put the ARNs there: in Terraform `aws_secretsmanager_secret.own.arn`, `"$${aws_s3_bucket.own.arn}/*"`, or a path that
belongs to the service, `arn:aws:ssm:REGION:ACCOUNT:parameter/thumbnails/*`.

## Workaround
Tag what is sensitive and deny it to this role: a Deny with the condition `StringEquals: {"aws:ResourceTag/sensitive":
"true"}` on `secretsmanager:GetSecretValue`.

## Prevent
Name secrets and parameters by service path, so that policies can name them before they exist.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ROLE_ARN --action-names secretsmanager:GetSecretValue
--resource-arns OTHER_SECRET_ARN` answers `implicitDeny`.

## Bad
```hcl
resource "aws_iam_role_policy" "thumbnails" {
  name = "thumbnails"
  role = "thumbnails"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue" # finding
      Resource = "*"
    }]
  })
}
```
```hcl
data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["s3:Get*", "s3:List*"] # finding
    resources = ["arn:aws:s3:::*"]
  }
}
```

## Good
```hcl
resource "aws_secretsmanager_secret" "own" {
  name = "thumbnails/database"
}

data "aws_iam_policy_document" "thumbnails" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.own.arn]
  }
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::thumbnails/*"]
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Severity, rule
from auditor.views.policy import IDENTITY, Statement, identity_statements
from auditor.views.statement import named

_READS = {
    "dynamodb:Scan": re.compile(r"arn:[^:]*:dynamodb:[^:]*:[^:]*:(table/)?\*"),
    "s3:GetObject": re.compile(r"arn:[^:]*:s3:::\*(/\*)?"),
    "secretsmanager:GetSecretValue": re.compile(r"arn:[^:]*:secretsmanager:[^:]*:[^:]*:(secret:)?\*"),
    "secretsmanager:BatchGetSecretValue": re.compile(r"arn:[^:]*:secretsmanager:[^:]*:[^:]*:(secret:)?\*"),
    "ssm:GetParameter": re.compile(r"arn:[^:]*:ssm:[^:]*:[^:]*:(parameter/?)?\*"),
    "ssm:GetParameters": re.compile(r"arn:[^:]*:ssm:[^:]*:[^:]*:(parameter/?)?\*"),
    "ssm:GetParametersByPath": re.compile(r"arn:[^:]*:ssm:[^:]*:[^:]*:(parameter/?)?\*"),
}


_STORES = {
    "dynamodb": ("aws_dynamodb_table", "tables"),
    "s3": ("aws_s3_bucket", "buckets"),
    "secretsmanager": ("aws_secretsmanager_secret", "secrets"),
    "ssm": ("aws_ssm_parameter", "parameters"),
}


@rule(target=IDENTITY, each=identity_statements, severity=Severity.MEDIUM, aliases="CKV_AWS_108 CKV_AWS_288")
def check(statement: Statement, graph: Graph) -> Iterator[Fail]:
    if not statement.allows or statement.admin:
        return
    for action, everything in _READS.items():
        pattern = statement.grants(action)
        if pattern is None or _whole_service(pattern) or not statement.unconditional:
            continue
        if statement.every_resource is not None or any(_covers(resource, everything) for resource in statement.resources):
            kind, word = _STORES[action.partition(":")[0]]
            stores = graph.of(kind)
            here = f", {len(stores)} {word} of this tree among it" if stores else ""
            message = f"{action} reaches everything of the account{here}"
            yield Fail(pattern, message, expected="the ARNs of what this principal reads", related=tuple(it.body for it in stores[:3]))
            return


def _covers(resource: Node, everything: re.Pattern[str]) -> bool:
    return not named(resource) and everything.fullmatch(resource.text or "") is not None


def _whole_service(pattern: Node) -> bool:
    """Such a statement is found by the rules about whole services."""
    return isinstance(pattern.data, str) and re.fullmatch(r"(s3|dynamodb):\*+", pattern.data, re.IGNORECASE) is not None
