r"""A guardrail excepts roles by a pattern that workloads have too.

## Why it matters
A service control policy that denies something to everybody but `role/*admin*` is meant to leave administrators in. A
function, a build or a cluster whose role happens to have such a name is left in as well: the guardrail does not hold where
code that talks to the outside runs, and whoever may make roles chooses a name that opens it.

## Five whys
1. Why could a function delete the log archive? The policy of the organization did not bind its role.
2. Why not? The policy excepts `role/*admin*`, and the function's role is called `orders-admin-api`.
3. Why does a pattern decide? The names of the administrators' roles differ from account to account.
4. Why was the function not seen? The policy and the role stand in two repositories.

## Fix now
Except roles by what only administrators have: the path of IAM Identity Center
(`arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Admin*`), a path of their own that nobody else may make
roles under, or a tag that is protected (`aws:PrincipalTag`).

## Workaround
Rename the role of the workload, or put it under a path that the pattern does not fit, until the policy is changed.

## Prevent
Deny `iam:CreateRole` for names and paths that guardrails except, to everybody but those who own the guardrails. Scan
policies and roles together.

## Validate
With the role of the workload, the denied call ends in `with an explicit deny in a service control policy`: `aws iam
simulate-principal-policy` does not tell (it leaves conditions of such policies out), so try one that changes nothing.

## Bad
```hcl
resource "aws_organizations_policy" "archive" {
  name = "keep-the-archive"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Deny"
      Action   = ["s3:DeleteBucket", "s3:PutLifecycleConfiguration"]
      Resource = "arn:aws:s3:::log-archive"
      Condition = {
        ArnNotLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/*admin*" } # finding
      }
    }]
  })
}

resource "aws_iam_role" "api" {
  name = "orders-admin-api"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}
```

## Good
People's roles may be excepted, and so may a role that the pattern names in full:
```hcl
resource "aws_organizations_policy" "archive" {
  name = "keep-the-archive"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Deny"
      Action   = ["s3:DeleteBucket", "s3:PutLifecycleConfiguration"]
      Resource = "arn:aws:s3:::log-archive"
      Condition = {
        ArnNotLike = {
          "aws:PrincipalArn" = [
            "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Admin*",
            "arn:aws:iam::*:role/platform/*",
            "arn:aws:iam::*:role/archive-keeper",
          ]
        }
      }
    }]
  })
}

resource "aws_iam_role" "api" {
  name = "orders-admin-api"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role" "keeper" {
  name = "archive-keeper"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role" "admin" {
  name = "admin"
  path = "/platform/"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::111122223333:root" } }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Severity, rule
from auditor.views.iam.trust import roles_that_run_code
from auditor.views.policy import Statement, statements

_EXCEPTS = ("arnnotlike", "arnnotequals", "stringnotlike")


@rule(target="aws_organizations_policy", each=statements, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(statement: Statement, graph: Graph) -> Iterator[Fail]:
    if not statement.denies:
        return
    for condition in statement.conditions:
        if condition.key.lower() != "aws:principalarn" or condition.test not in _EXCEPTS:
            continue
        for value in condition.values:
            spared = roles_that_run_code(graph, value.text or "") if "*" in (value.text or "").rpartition(":")[2] else ()
            if spared:
                names = ", ".join(role.address.text for role in spared[:3])
                message = f"it excepts {len(spared)} role{'s' if len(spared) > 1 else ''} that code runs with: {names}"
                places = tuple(role.body for role in spared[:3])
                yield Fail(value, message, expected="what only administrators have: a path, a protected tag", related=places)
