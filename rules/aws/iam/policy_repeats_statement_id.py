r"""Two statements of a policy have the same Sid.

## Why it matters
IAM refuses such a policy at the apply (MalformedPolicyDocument: Statement IDs must be unique). With
`data.aws_iam_policy_document` and overriding documents the later one silently replaces the earlier: a Deny can be
lost.

## Five whys
1. Why does the apply fail half-way? IAM refuses the policy.
2. Why? Two statements are named alike.
3. Why was the plan fine? Uniqueness is checked by IAM only.

## Fix now
Give each statement a Sid of its own, or none.

## Workaround
Remove one of the two Sids; it has no meaning but to be read.

## Prevent
Check with `aws accessanalyzer validate-policy` before the apply.

## Validate
`aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document file://policy.json` reports no
`UNIQUE_SIDS_REQUIRED`.

## Bad
```hcl
resource "aws_iam_policy" "reader" {
  name = "reader"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Read", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::a/*" },
      { Sid = "Read", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::b/*" }, # finding
    ]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "reader" {
  name = "reader"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "ReadA", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::a/*" },
      { Sid = "ReadB", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::b/*" },
    ]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.policy import EVERY, Policy, policies


def documents(resource: Resource, graph: Graph) -> tuple[Policy, ...]:
    """All documents of a resource."""
    return policies(resource, graph)


@rule(target=EVERY, each=documents, severity=Severity.MEDIUM, symptoms=["MalformedPolicyDocument: Statement IDs"])
def check(policy: Policy) -> Iterator[Fail]:
    seen: set[str] = set()
    for statement in policy.statements:
        if statement.sid in seen:
            yield Fail(statement.where.at("Sid"), f"another statement is named {statement.sid}", expected="a Sid of its own, or none")
        elif statement.sid:
            seen.add(statement.sid)
