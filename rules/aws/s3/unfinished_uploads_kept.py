"""Parts of uploads that were never completed stay in a bucket.

## Why it matters
A multipart upload that breaks off leaves its parts in the bucket. They are in no listing, cost as much as objects, and nothing but a
lifecycle rule deletes them.

## Five whys
1. Why is the bucket billed for 4 TB, and lists 1 TB? The rest are parts of uploads that never ended.
2. Why do they stay? No rule aborts such uploads.
3. Why does nobody see them? `aws s3 ls` does not show parts.

## Fix now
Add `abort_incomplete_multipart_upload { days_after_initiation = 7 }` to a rule for the whole bucket.

## Workaround
`aws s3api list-multipart-uploads --bucket NAME`, then `aws s3api abort-multipart-upload` for each.

## Prevent
Give every lifecycle configuration of the company this rule by the module.

## Validate
`aws s3api list-multipart-uploads --bucket NAME` is empty a day after the rule was set, but for uploads that run.

## Bad
```hcl
resource "aws_s3_bucket_lifecycle_configuration" "uploads" { # finding
  bucket = "uploads-4711"
  rule {
    id     = "old"
    status = "Enabled"
    filter {}
    expiration {
      days = 365
    }
  }
}
```

## Good
```hcl
resource "aws_s3_bucket_lifecycle_configuration" "uploads" {
  bucket = "uploads-4711"
  rule {
    id     = "unfinished"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.bucket import lifecycle_rules


@rule(target="aws_s3_bucket_lifecycle_configuration", severity=Severity.LOW, aliases="CKV_AWS_300")
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if not any(rule.enabled and rule.unfinished_uploads.present and rule.whole_bucket for rule in lifecycle_rules(resource)):
        yield Fail(body, "uploads that were never completed are kept for ever", expected="a rule for the whole bucket that aborts them")
