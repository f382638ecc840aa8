r"""A policy lets its holder obtain the credentials of any other identity.

## Why it matters
Actions such as `iam:CreateAccessKey`, `sts:AssumeRole` or `redshift:GetClusterCredentials` answer with working
credentials. Allowed on `*` they turn one leaked identity into all of them, and the keys that were made outlive the
moment in which the leak is found.

## Five whys
1. Why did the intruder stay after the key was disabled? A second key had been created for another user.
2. Why could one be created? The first identity may create keys for every user.
3. Why every user? The statement was meant for "rotate your own key" but names `*`.
4. Why is that not the default? The policy variable `${aws:username}` was not known to its author.

## Fix now
Name the identity: `arn:aws:iam::ACCOUNT:user/$${aws:username}` for users who rotate their own keys, the ARNs of the
roles for `sts:AssumeRole`, the cluster and database user for Redshift and RDS.

## Workaround
Look for credentials that were made already, and disable those that nobody claims: `aws cloudtrail lookup-events
--lookup-attributes AttributeKey=EventName,AttributeValue=CreateAccessKey`.

## Prevent
A service control policy that denies `iam:CreateAccessKey` and `iam:CreateLoginProfile` outside the identity team ends
this kind of policy.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ARN --action-names iam:CreateAccessKey --resource-arns
OTHER_USER_ARN` answers `implicitDeny`.

## Bad
```hcl
resource "aws_iam_group_policy" "self_service" {
  name  = "self-service"
  group = "developers"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["iam:CreateAccessKey", "iam:DeleteAccessKey"] # finding
      Resource = "*"
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_group_policy" "self_service" {
  name  = "self-service"
  group = "developers"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["iam:CreateAccessKey", "iam:DeleteAccessKey"]
        Resource = "arn:aws:iam::111122223333:user/$${aws:username}"
      },
      { Effect = "Allow", Action = "ecr:GetAuthorizationToken", Resource = "*" },
    ]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.policy import IDENTITY, Statement, identity_statements

_ACTIONS = (
    "iam:CreateAccessKey",
    "iam:UpdateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreateServiceSpecificCredential",
    "iam:ResetServiceSpecificCredential",
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:GetFederationToken",
    "codepipeline:PollForJobs",
    "connect:GetFederationToken",
    "ec2:GetPasswordData",
    "gamelift:RequestUploadCredentials",
    "lightsail:GetInstanceAccessDetails",
    "lightsail:GetRelationalDatabaseMasterUserPassword",
    "mediapackage:RotateChannelCredentials",
    "mediapackage:RotateIngestEndpointCredentials",
    "rds-db:connect",
    "redshift:GetClusterCredentials",
)


@rule(target=IDENTITY, each=identity_statements, severity=Severity.HIGH, aliases="CKV_AWS_107 CKV_AWS_287")
def check(statement: Statement) -> Iterator[Fail]:
    if statement.admin or not statement.unlimited:
        return
    for action in _ACTIONS:
        pattern = statement.grants(action)
        if pattern is not None:
            yield Fail(
                pattern, f"{action} on every resource gives out the credentials of others", expected="the identities that it is meant for"
            )
            return
