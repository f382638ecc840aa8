r"""A policy reads from and writes to every bucket.

## Why it matters
With `s3:Get*` and `s3:Put*` on `*` a service can be made to read code or templates from a bucket that somebody else
owns, and to write its data there: names of buckets can be guessed, and taken before the account creates them. `Put*`
also covers bucket policies and ACLs.

## Five whys
1. Why did the job run a foreign script? It loaded it from a bucket whose name it guesses by region.
2. Why from a bucket of another account? Somebody had created the name first, and the role may read every bucket there
   is.
3. Why every one? The policy has no ARN, and no condition on the owner.

## Fix now
Name the buckets. Where the name is made at run time, add the condition `StringEquals: {"aws:ResourceAccount":
"$${aws:PrincipalAccount}"}`, which keeps the role inside its own account.

## Workaround
Create the buckets whose names the service guesses, in every region that is in use, so that nobody else can.

## Prevent
Ask for `aws:ResourceAccount` in all policies of workloads; an organization can demand it with a resource control
policy.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ROLE_ARN --action-names s3:PutObject --resource-arns
'arn:aws:s3:::somebody-elses-bucket/x'` answers `implicitDeny`.

## Bad
```hcl
data "aws_iam_policy_document" "job" {
  statement {
    actions = [
      "s3:Get*",
      "s3:Put*", # finding
    ]
    resources = ["*"]
  }
}
```

## Good
```hcl
data "aws_iam_policy_document" "job" {
  statement {
    actions   = ["s3:Get*", "s3:Put*"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceAccount"
      values   = ["111122223333"]
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.policy import IDENTITY, Statement, identity_statements


@rule(target=IDENTITY, each=identity_statements, severity=Severity.MEDIUM, aliases="AVD-AWS-0346 aws-iam-unauthorized-bucket-access")
def check(statement: Statement) -> Iterator[Fail]:
    reads = next((action for action in statement.actions if (action.text or "").lower() == "s3:get*"), None)
    writes = next((action for action in statement.actions if (action.text or "").lower() == "s3:put*"), None)
    if reads is not None and writes is not None and statement.unlimited:
        yield Fail(writes, "every bucket of every account can be read and written", expected="the buckets that are meant", related=(reads,))
