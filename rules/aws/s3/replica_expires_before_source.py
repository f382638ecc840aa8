"""The copy of a bucket deletes objects earlier than the bucket itself.

## Why it matters
Lifecycle rules are not replicated: each bucket has its own. When the copy expires objects after 30 days and the source after a year, the
copy is of use for a twelfth of the data only, and nobody knows until it is needed.

## Five whys
1. Why was most of the data not in the second region? The copies were deleted after a month.
2. Why? The lifecycle rule of the copy is shorter than that of the source.
3. Why? It was to keep the bill low, and the copy was thought of as a cache.

## Fix now
Give the copy the expiration of the source, and fill the hole: `aws s3control create-job` with a manifest of the source (S3 Batch
Replication).

## Workaround
A cheaper storage class for the copy: `destination { storage_class = "GLACIER_IR" }`.

## Prevent
One list of lifecycle rules for both buckets.

## Validate
`aws s3api get-bucket-lifecycle-configuration` of both buckets shows the same days.

## Bad
```hcl
resource "aws_s3_bucket" "documents" {
  bucket = "documents"
}

resource "aws_s3_bucket" "copy" {
  bucket = "documents-copy"
}

resource "aws_s3_bucket_replication_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  role   = "arn:aws:iam::111122223333:role/replication"
  rule {
    status = "Enabled"
    destination {
      bucket = aws_s3_bucket.copy.arn
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  rule {
    id     = "old"
    status = "Enabled"
    filter {}
    expiration {
      days = 365
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "copy" {
  bucket = aws_s3_bucket.copy.id
  rule {
    id     = "old"
    status = "Enabled"
    filter {}
    expiration {
      days = 30 # finding
    }
  }
}
```

## Good
```hcl
resource "aws_s3_bucket" "documents" {
  bucket = "documents"
}

resource "aws_s3_bucket" "copy" {
  bucket = "documents-copy"
}

resource "aws_s3_bucket_replication_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  role   = "arn:aws:iam::111122223333:role/replication"
  rule {
    status = "Enabled"
    destination {
      bucket = aws_s3_bucket.copy.arn
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  rule {
    id     = "old"
    status = "Enabled"
    filter {}
    expiration {
      days = 365
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "copy" {
  bucket = aws_s3_bucket.copy.id
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
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import Bucket, is_on, named_bucket


@rule(target="aws_s3_bucket_replication_configuration", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(replication: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    source = named_bucket(resource, graph)
    if source is None:
        return
    kept = _expiration(source)
    for one in replication.each("rule"):
        for copy in graph.targets(one.at("destination.bucket"), "aws_s3_bucket") if is_on(one.at("status")) else ():
            days = _expiration(Bucket(copy, graph))
            if days is None or (kept is not None and (days.number or 0) >= (kept.number or 0)):
                continue
            whole = f"{kept.number:g} days" if kept is not None else "for ever"
            message = f"{copy.address.text} deletes objects after {days.number:g} days, {source.resource.address.text} keeps them {whole}"
            yield Fail(days, message, expected=whole, related=() if kept is None else (kept,))


def _expiration(bucket: Bucket) -> Node | None:
    """The earliest expiration of all objects; None when they are kept."""
    found = [one.expiration for one in bucket.lifecycle if one.enabled and one.whole_bucket and one.expiration.present]
    return min((node for node in found if node.number), key=lambda node: node.number or 0, default=None)
