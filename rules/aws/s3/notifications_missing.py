"""Nothing is told when objects come into a bucket or leave it.

## Why it matters
Without notifications no function, queue or rule reacts to an upload, and consumers have to poll. For a bucket that only stores files this
is as it should be, so take this as a hint for the inventory.

## Five whys
1. Why did processing start an hour late? The job lists the bucket once an hour.
2. Why does it poll? The bucket sends no events.
3. Why not? No `aws_s3_bucket_notification` was written.

## Fix now
Add `aws_s3_bucket_notification`, or `eventbridge = true` in it, which lets rules be added later without touching the bucket.

## Workaround
Run the job by hand after an upload.

## Prevent
Turn `eventbridge` on in the module for buckets; it costs nothing until a rule matches.

## Validate
`aws s3api get-bucket-notification-configuration --bucket NAME` prints the targets.

## Bad
```hcl
resource "aws_s3_bucket" "inbox" { # finding
  bucket = "inbox-4711"
}
```

## Good
```hcl
resource "aws_s3_bucket" "inbox" {
  bucket = "inbox-4711"
}

resource "aws_s3_bucket_notification" "inbox" {
  bucket      = aws_s3_bucket.inbox.id
  eventbridge = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import Bucket


@rule(target="aws_s3_bucket", severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="CKV2_AWS_62")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if Bucket(resource, graph).notification.missing:
        yield Fail(body, "the bucket sends no events", expected="aws_s3_bucket_notification")
