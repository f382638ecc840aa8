"""A bucket keeps everything for ever.

## Why it matters
Without a lifecycle nothing is ever deleted or moved to a cheaper class: old versions, parts of broken uploads and files of customers who
left are paid for every month, and kept longer than a privacy policy allows.

## Five whys
1. Why does this bucket cost more each month? It only grows.
2. Why does nothing leave it? No lifecycle rule deletes or moves anything.
3. Why not? Nobody decided how long the data is needed when the bucket was made.

## Fix now
Add `aws_s3_bucket_lifecycle_configuration` with a rule that aborts uploads after 7 days and one that deletes old versions after 30 to 90.

## Workaround
S3 Storage Lens and `aws s3api list-multipart-uploads --bucket NAME` show what could go today.

## Prevent
Make retention a required variable of the bucket module.

## Validate
`aws s3api get-bucket-lifecycle-configuration --bucket NAME` prints the rules.

## Bad
```hcl
resource "aws_s3_bucket" "uploads" { # finding
  bucket = "uploads-4711"
}
```

## Good
```hcl
resource "aws_s3_bucket" "uploads" {
  bucket = "uploads-4711"
}

resource "aws_s3_bucket_lifecycle_configuration" "uploads" {
  bucket = aws_s3_bucket.uploads.id
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

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.bucket import Bucket


@rule(target="aws_s3_bucket", severity=Severity.INFO, confidence=Confidence.FIRM, aliases="CKV2_AWS_61")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    bucket = Bucket(resource, graph)
    found = bucket.lifecycle
    if found and all(rule.where.unknown for rule in found):
        raise Undecided(found[0].where)
    if not found:
        yield Fail(body, "no lifecycle rule deletes or moves anything", expected="a lifecycle rule")
