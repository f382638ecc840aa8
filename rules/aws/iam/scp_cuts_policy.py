"""A service control policy takes away what a role's own policy grants by name.

## Why it matters
Service control policies hold for every principal of a member account, root included, whatever its own policies say. A grant that one of
them denies (or that no level of the organization allows) has no effect, and whoever looks at the role sees nothing of it.

## Five whys
1. Why is the call refused although the role's policy allows it? `with an explicit deny in a service control policy`.
2. Why? The policy in the message is attached to the account, or to a unit or the root above it.
3. Why was the action granted? Who writes roles does not see the organization's policies.

## Fix now
Decide who is right. If the role is: exempt it in the Deny (`ArnNotLike` on `aws:PrincipalArn`) or move the account to a unit without the
policy; if the policy is: take the grant out. `aws organizations update-policy` holds within minutes.

## Workaround
Run the task from an account that the policy is not attached to.

## Prevent
Print the policies that hold for an account next to its roles: `aws organizations list-policies-for-target --target-id ACCOUNT --filter
SERVICE_CONTROL_POLICY`, and the same for its units.

## Validate
The call succeeds with the role: `aws sts assume-role ...`, then the action. (IAM's simulator does not evaluate service control policies
with conditions.)

## Bad
```hcl
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "shop"
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/deploy"
  }
}

resource "aws_organizations_policy" "storage" {
  name = "storage"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "NoPurge"
        Effect   = "Deny"
        Action   = "sqs:PurgeQueue"
        Resource = "*"
      },
    ]
  })
}

resource "aws_organizations_policy_attachment" "storage" {
  policy_id = aws_organizations_policy.storage.id
  target_id = "111122223333"
}

resource "aws_iam_role" "app" {
  provider = aws.shop
  name     = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "app" {
  provider = aws.shop
  role     = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:PurgeQueue"], Resource = "*" }, # finding
    ]
  })
}
```

## Good
```hcl
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "shop"
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/deploy"
  }
}

resource "aws_organizations_policy" "storage" {
  name = "storage"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "NoPurge"
        Effect   = "Deny"
        Action   = "sqs:PurgeQueue"
        Resource = "*"
        Condition = { ArnNotLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/app" } }
      },
    ]
  })
}

resource "aws_organizations_policy_attachment" "storage" {
  policy_id = aws_organizations_policy.storage.id
  target_id = "111122223333"
}

resource "aws_iam_role" "app" {
  provider = aws.shop
  name     = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "app" {
  provider = aws.shop
  role     = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:PurgeQueue"], Resource = "*" },
    ]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.limits import cut_by_scp, told


@rule(
    target="aws_iam_role",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"explicit deny in a service control policy"],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from told(cut_by_scp(resource, graph), resource, "a level of the organization above its account", resource.body)
