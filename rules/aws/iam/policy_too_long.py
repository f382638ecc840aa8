r"""A managed policy is longer than AWS accepts.

## Why it matters
A managed policy has at most 6,144 characters, blanks not counted. The plan looks fine; the apply stops in the middle
with LimitExceeded, with some of its changes made and some not.

## Five whys
1. Why is the deployment half done? The apply failed at the policy, after other changes.
2. Why did it fail? The document has grown over 6,144 characters.
3. Why did it grow? It lists every table by its ARN, and there is a table for each customer now.

## Fix now
Replace lists by patterns (`table/customer-*`), put actions with the same resources into one statement, or split the
document into two policies; a role takes ten attachments by default.

## Workaround
Attach the part that is new as a policy of its own, and merge later.

## Prevent
Name resources by prefix or tag, so that the policy does not grow with their number.

## Validate
`terraform console <<< 'length(replace(aws_iam_policy.NAME.policy, "/\\s/", ""))'` is at most 6144.

## Bad
```hcl
resource "aws_iam_policy" "tables" {
  name = "tables"
  policy = jsonencode({ # finding
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "dynamodb:GetItem"
      Resource = [for n in range(150) : "arn:aws:dynamodb:eu-west-1:111122223333:table/customer-${n}"]
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "tables" {
  name = "tables"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "dynamodb:GetItem"
      Resource = "arn:aws:dynamodb:eu-west-1:111122223333:table/customer-*"
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_MOST = 6144


@rule(target="aws_iam_policy", severity=Severity.MEDIUM, symptoms=["LimitExceeded: Cannot exceed quota for PolicySize"])
def check(body: Node) -> Iterator[Fail]:
    policy = body.at("policy")
    if policy.missing:
        return
    length = len("".join((policy.text or "").split()))
    if length > _MOST:
        yield Fail(policy, f"the policy has {length:,} characters without blanks", expected=f"at most {_MOST:,}", actual=f"{length:,}")
