r"""A group of users is not asked for a second factor by any of its policies.

## Why it matters
Without a condition on `aws:MultiFactorAuthPresent` the rights of the group hang on a password or a key alone. MFA can
be set up by users, but only a policy makes it matter.

## Five whys
1. Why did a phished password suffice? No second factor was asked for.
2. Why not, since the user has a device? The device is only asked for at the console; keys work without.
3. Why do the rights not depend on it? No policy of the group has the condition.

## Fix now
Attach a policy to the group that denies everything but enrolling a device while `aws:MultiFactorAuthPresent` is false
(`BoolIfExists`), and test it with one user.

## Workaround
Disable console passwords and keys of members without a device: the credential report (`aws iam
generate-credential-report`) has `mfa_active`.

## Prevent
Manage people in IAM Identity Center, where MFA is a setting of the instance. For groups, let the module that makes
them attach the policy.

## Validate
`aws iam simulate-principal-policy --policy-source-arn USER_ARN --action-names ec2:TerminateInstances
--context-entries ContextKeyName=aws:MultiFactorAuthPresent,ContextKeyValues=false,ContextKeyType=boolean` answers
`explicitDeny`.

## Bad
```hcl
resource "aws_iam_group" "developers" { # finding
  name = "developers"
}

resource "aws_iam_group_policy" "developers" {
  group = aws_iam_group.developers.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ec2:Describe*", Resource = "*" }]
  })
}
```

## Good
```hcl
resource "aws_iam_group" "developers" {
  name = "developers"
}

resource "aws_iam_group_policy" "developers" {
  group = aws_iam_group.developers.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "ec2:Describe*"
      Resource  = "*"
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
    }]
  })
}
```
"""

from collections.abc import Iterable, Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.attachments import managed_policy
from auditor.views.policy import policies

_KEYS = ("aws:multifactorauthpresent", "aws:multifactorauthage")


@rule(
    target="aws_iam_group",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="AVD-AWS-0123 aws-iam-enforce-group-mfa",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    inline = graph.attached(resource, "group", "aws_iam_group_policy")
    managed = [taker.at("policy_arn") for taker in graph.attached(resource, "group", "aws_iam_group_policy_attachment")]
    managed += [taker.at("policy_arn") for taker in graph.attached(resource, "groups", "aws_iam_policy_attachment")]
    known = [policy for arn in managed for policy in graph.targets(arn, "aws_iam_policy")]
    if _asks((*inline, *known), graph):
        return
    for arn in managed:
        if not graph.targets(arn, "aws_iam_policy") and managed_policy(arn, graph) is None:
            raise Undecided(arn)
    yield Fail(body, "no policy of the group asks for a second factor", expected="a condition on aws:MultiFactorAuthPresent")


def _asks(carriers: Iterable[Resource], graph: Graph) -> bool:
    return any(
        condition.key.lower() in _KEYS
        for carrier in carriers
        for policy in policies(carrier, graph)
        for statement in policy.statements
        for condition in statement.conditions
    )
