r"""A policy is attached in a way that takes it away from everybody else.

## Why it matters
`aws_iam_policy_attachment` owns all attachments of a policy in the whole account. On apply it detaches the policy
from every user, group and role that is not listed, those of other stacks and those made by hand included. With an AWS
managed policy such as `AmazonSSMManagedInstanceCore` that is an outage.

## Five whys
1. Why did all instances vanish from Session Manager? Their roles lost `AmazonSSMManagedInstanceCore`.
2. Who detached it? An apply in a stack that has nothing to do with them.
3. Why did it? Its `aws_iam_policy_attachment` lists one role, and enforces that it is the only one.
4. Why was that type chosen? Its name is the most obvious of the five.

## Fix now
Attach the lost policy again (`aws iam attach-role-policy --role-name NAME --policy-arn ARN`); CloudTrail lists what
was detached: `aws cloudtrail lookup-events --lookup-attributes
AttributeKey=EventName,AttributeValue=DetachRolePolicy`. Then replace the resource by
`aws_iam_role_policy_attachment`, one for each role.

## Workaround
Take it out of the state before the next apply, so that its deletion detaches nothing: `terraform state rm
aws_iam_policy_attachment.NAME`.

## Prevent
Use `aws_iam_role_policy_attachment`, `aws_iam_group_policy_attachment`; where exclusivity is wanted,
`aws_iam_role_policy_attachments_exclusive`, which owns one role's attachments instead of one policy's.

## Validate
`terraform plan` shows no `aws_iam_policy_attachment`; `aws iam list-entities-for-policy --policy-arn ARN` lists all
that need it.

## Bad
```hcl
resource "aws_iam_policy_attachment" "ssm" { # finding
  name       = "ssm"
  roles      = ["web"]
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}
```

## Good
```hcl
resource "aws_iam_role_policy_attachment" "ssm" {
  role       = "web"
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="aws_iam_policy_attachment", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(body: Node) -> Iterator[Fail]:
    yield Fail(body, "applying this detaches the policy from everybody who is not listed here", expected="aws_iam_role_policy_attachment")
