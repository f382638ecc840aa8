r"""A policy lists the contents of every bucket.

## Why it matters
Names of objects tell of customers, projects and files, and show where it is worth looking further. Listing is the
first thing that an intruder does with new credentials.

## Five whys
1. Why did the intruder find the export so quickly? It listed all buckets.
2. Why could it? The role may list every bucket.
3. Why every one? The policy was written with `s3:List*` and `*`.

## Fix now
Name the buckets: `s3:ListBucket` on `arn:aws:s3:::BUCKET`, with `s3:prefix` as a condition where a folder is enough.
`s3:ListAllMyBuckets` is needed by the console only.

## Workaround
Deny `s3:ListBucket` on buckets with sensitive names.

## Prevent
Give each workload its bucket; let a module write the policy from it.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ROLE_ARN --action-names s3:ListBucket --resource-arns
arn:aws:s3:::OTHER_BUCKET` answers `implicitDeny`.

## Bad
```hcl
data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["s3:List*"] # finding
    resources = ["*"]
  }
}
```

## Good
```hcl
data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["s3:ListBucket"]
    resources = ["arn:aws:s3:::reports"]
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.policy import IDENTITY, Statement, identity_statements
from auditor.views.statement import named

_LISTS = re.compile(r"s3:(list\*|listbucket\*?|list\*bucket\*?)", re.IGNORECASE)
_EVERY_BUCKET = re.compile(r"\*|arn:[^:]*:(?:s3|\*):[^:]*:[^:]*:\*")


@rule(target=IDENTITY, each=identity_statements, severity=Severity.LOW, aliases="FG_R00218")
def check(statement: Statement) -> Iterator[Fail]:
    pattern = next((action for action in statement.actions if _LISTS.fullmatch(action.text or "")), None)
    if pattern is None or not statement.allows or not statement.unconditional:
        return
    if any(_every(resource) for resource in statement.resources):
        yield Fail(pattern, "the contents of every bucket can be listed", expected="the buckets that are meant")


def _every(resource: Node) -> bool:
    return not named(resource) and _EVERY_BUCKET.fullmatch(resource.text or "") is not None
