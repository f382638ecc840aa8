"""A lifecycle rule deletes every object of a bucket within a month.

## Why it matters
The rule has no prefix, tag or size, so it takes everything. Without versions the objects are gone for good on the day; with them a marker
hides them. It is right for a scratch bucket, and a loss of data anywhere else.

## Five whys
1. Why are last month's invoices missing? S3 expired them.
2. Why those? A lifecycle rule deletes whatever is older than a few days, in the whole bucket.
3. Why the whole bucket? Its filter is empty, where the prefix `tmp/` was meant.
4. Why can they not be restored? The bucket keeps no versions.

## Fix now
Set the rule to `Disabled` at once; S3 runs lifecycles once a day, about midnight UTC. Then narrow its filter to a prefix or a tag.

## Workaround
`aws s3api put-bucket-lifecycle-configuration --bucket NAME --lifecycle-configuration file://without-it.json`; objects that expired under
versioning come back when their delete marker is deleted.

## Prevent
Keep temporary files in a bucket of their own, named and tagged as such.

## Validate
`aws s3api head-object --bucket NAME --key K` of an object that must stay shows no `Expiration`.

## Bad
```hcl
resource "aws_s3_bucket" "documents" {
  bucket = "documents-4711"
}

resource "aws_s3_bucket_lifecycle_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  rule {
    id     = "cleanup"
    status = "Enabled"
    filter {}
    expiration {
      days = 7 # finding
    }
  }
}
```

## Good
```hcl
resource "aws_s3_bucket" "documents" {
  bucket = "documents-4711"
}

resource "aws_s3_bucket_lifecycle_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  rule {
    id     = "cleanup"
    status = "Enabled"
    filter {
      prefix = "tmp/"
    }
    expiration {
      days = 7
    }
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import LIFECYCLES, Bucket, lifecycle_rules, named_bucket


@rule(target=LIFECYCLES, severity=Severity.MEDIUM, confidence=Confidence.LIKELY, options={"days": 30})
def check(_: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    for one in lifecycle_rules(resource):
        days = one.expiration
        if not one.enabled or not one.whole_bucket or days.missing or days.number is None:
            continue
        if 0 < days.number < options["days"] and not _takes_logs(resource, graph):
            yield Fail(days, f"every object of the bucket is deleted after {days.text} days", expected="a prefix, or more days")


def _takes_logs(resource: Resource, graph: Graph) -> bool:
    bucket = Bucket(resource, graph) if resource.kind == "aws_s3_bucket" else named_bucket(resource, graph)
    return bucket is not None and bucket.takes_logs
