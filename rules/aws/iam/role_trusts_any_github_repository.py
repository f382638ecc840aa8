r"""A role for GitHub Actions can be assumed from repositories that are not ours.

## Why it matters
GitHub issues tokens to every workflow on github.com. A trust policy that does not pin
`token.actions.githubusercontent.com:sub` to an owner lets any of them become the role: it takes a free account, a
workflow file and the role's ARN.

## Five whys
1. Why did a foreign workflow deploy into our account? It assumed our deploy role with its own GitHub token.
2. Why was the token accepted? The role checks the issuer, but not whose repository asks.
3. Why not? The `sub` condition is missing, is a bare wildcard, or begins with a part that the caller chooses.
4. Why was that not noticed? The role works for our own workflow.

## Fix now
Pin `sub` with `StringEquals` to `repo:OWNER/REPOSITORY:ref:refs/heads/main` or `:environment:production`, and `aud`
to `sts.amazonaws.com`: `aws iam update-assume-role-policy --role-name NAME --policy-document file://trust.json`.

## Workaround
Detach the role's policies until the condition is there: `aws iam detach-role-policy --role-name NAME --policy-arn
ARN`.

## Prevent
One role for each repository and environment, made by a module whose `sub` has no default. Custom subject templates on
GitHub's side must keep `repo` first.

## Validate
A workflow in another repository gets `Not authorized to perform sts:AssumeRoleWithWebIdentity`. See who used it
before: `aws cloudtrail lookup-events --lookup-attributes
AttributeKey=EventName,AttributeValue=AssumeRoleWithWebIdentity`.

## Bad
```hcl
resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" } # finding
      Condition = { StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" } }
    }]
  })
}
```
```hcl
data "aws_iam_policy_document" "deploy" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:*"] # finding
    }
  }
}
```

## Good
```hcl
resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = "repo:shop/infrastructure:ref:refs/heads/main"
        }
      }
    }]
  })
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Severity, rule
from auditor.views.iam.issuer import federated
from auditor.views.policy import TRUST, Condition, Statement, trust_statements

_ISSUER = "token.actions.githubusercontent.com"
_OWNER = re.compile(r"repo:[A-Za-z0-9][A-Za-z0-9-]*/.+")
_PINS = ("repository", "repository_owner", "repository_id", "repository_owner_id", "job_workflow_ref", "enterprise", "enterprise_id")


@rule(target=TRUST, each=trust_statements, severity=Severity.CRITICAL, profile=Profile.GATE, aliases="CKV_AWS_358 CKV_AWS_393")
def check(statement: Statement, graph: Graph) -> Iterator[Fail]:
    found = federated(statement, graph)
    if found is None or _ISSUER not in found[1] or not statement.allows:
        return
    issuer = found[0]
    subjects = [condition for condition in statement.conditions if _is_subject(condition)]
    if any(_pinned_otherwise(condition) for condition in statement.conditions):
        return
    if not subjects:
        yield Fail(issuer.where, "workflows of every GitHub repository can assume the role", expected=f"a condition on {_ISSUER}:sub")
    for condition in subjects:
        for value in condition.values:
            if not _OWNER.fullmatch(value.text or ""):
                yield Fail(value, "this subject does not pin the owner of the repository", expected="repo:OWNER/REPOSITORY:...")


def _is_subject(condition: Condition) -> bool:
    return (
        condition.key.startswith(_ISSUER)
        and condition.key.endswith(":sub")
        and condition.test in ("stringequals", "stringlike")
        and not condition.optional
    )


def _pinned_otherwise(condition: Condition) -> bool:
    issuer, _, claim = condition.key.rpartition(":")
    return issuer.startswith(_ISSUER) and claim in _PINS and condition.test in ("stringequals", "stringlike") and not condition.optional
