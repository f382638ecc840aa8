r"""A policy may change who has access, on every resource and without a condition.

## Why it matters
Actions that manage permissions (`s3:PutBucketPolicy`, `kms:CreateGrant`, `lambda:AddPermission`, `iam:PutRolePolicy`)
let their holder open a resource to another account. That leaves no user, key or login behind, and goes on working
after the holder has lost its rights.

## Five whys
1. Why could data be copied from outside for weeks? The bucket's policy named a foreign account.
2. Who wrote that? A pipeline role, when it was hijacked.
3. Why could it? It may change policies of every bucket.
4. Why? Its policy says `s3:*`, or `Put*`, which includes `PutBucketPolicy`.

## Fix now
Take the permission actions out, or name their resources. The message says which action was found first; list all that
a pattern covers with `aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document
file://policy.json`.

## Workaround
Turn on what makes such changes harmless: S3 Block Public Access for the account (`aws s3control
put-public-access-block`), and a service control policy that denies policy changes to this role.

## Prevent
Split roles: what runs the service does not manage its permissions. Alert on `Put*Policy`, `CreateGrant` and
`AddPermission` in CloudTrail.

## Validate
`aws accessanalyzer check-access-not-granted --policy-type IDENTITY_POLICY --policy-document file://policy.json
--access actions=s3:PutBucketPolicy,kms:CreateGrant,iam:PutRolePolicy` answers `PASS`.

## Bad
```hcl
resource "aws_iam_role_policy" "messages" {
  name = "messages"
  role = "messages"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:ReceiveMessage", "sqs:AddPermission"] # finding
      Resource = "*"
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_role_policy" "messages" {
  name = "messages"
  role = "messages"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
      Resource = "arn:aws:sqs:eu-west-1:111122223333:orders"
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.iam_actions import covered, told
from auditor.views.policy import IDENTITY, Statement, identity_statements


@rule(
    target=IDENTITY,
    each=identity_statements,
    severity=Severity.MEDIUM,
    aliases="CKV_AWS_109 CKV_AWS_289 CKV_AWS_111 CKV_AWS_290 CKV_AWS_355 CKV_AWS_356",
)
def check(statement: Statement) -> Iterator[Fail]:
    if statement.admin or not statement.unlimited:
        return
    managing = [(pattern, action) for pattern, action in covered(statement.actions) if action.manages_permissions and action.resource_level]
    if managing:
        pattern, name = told(managing)
        yield Fail(pattern, f"{name} is allowed on every resource", expected="the resources whose permissions it manages")
