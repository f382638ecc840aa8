r"""IAMFullAccess is attached to a principal.

## Why it matters
IAMFullAccess allows everything in IAM, which includes attaching AdministratorAccess to oneself. It is administrator
access that does not look like it.

## Five whys
1. Why did a help desk account become an administrator? It attached the policy to itself.
2. Why could it? It has IAMFullAccess, to reset passwords.
3. Why that policy? It is the one with IAM in its name; none for password resets exists ready-made.

## Fix now
Attach a policy with the few actions of the task, for a help desk `iam:UpdateLoginProfile` and
`iam:DeactivateMFADevice` on `arn:aws:iam::ACCOUNT:user/staff/*`, then `aws iam detach-group-policy --group-name NAME
--policy-arn arn:aws:iam::aws:policy/IAMFullAccess`.

## Workaround
Deny the principal what leads further: `iam:Attach*`, `iam:Put*Policy`, `iam:CreatePolicyVersion`,
`iam:CreateAccessKey` on others.

## Prevent
Manage people in IAM Identity Center, where a help desk needs no IAM permission at all.

## Validate
`aws iam list-entities-for-policy --policy-arn arn:aws:iam::aws:policy/IAMFullAccess` prints empty lists.

## Bad
```hcl
resource "aws_iam_role" "help_desk" {
  name                = "help-desk"
  assume_role_policy  = jsonencode({ Version = "2012-10-17", Statement = [] })
  managed_policy_arns = [
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::aws:policy/IAMFullAccess", # finding
  ]
}
```

## Good
```hcl
resource "aws_iam_role" "help_desk" {
  name                = "help-desk"
  assume_role_policy  = jsonencode({ Version = "2012-10-17", Statement = [] })
  managed_policy_arns = ["arn:aws:iam::aws:policy/IAMReadOnlyAccess"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Severity, rule
from auditor.views.attachments import KINDS, attached, managed_policy


@rule(target=KINDS, severity=Severity.HIGH, aliases="CKV2_AWS_56")
def check(body: Node, graph: Graph) -> Iterator[Fail]:
    for node in attached(body):
        if managed_policy(node, graph) == "IAMFullAccess":
            yield Fail(
                node, "the principal gets IAMFullAccess, which is enough to become an administrator", expected="the IAM actions of its task"
            )
