"""Two resources write the same setting of one bucket.

## Why it matters
A bucket has one policy, one notification configuration, one lifecycle. Each of these resources replaces the whole of it, so the one that
is applied last wins and the other is lost; the next apply turns it round. The usual loss: the function that is told of uploads.

## Five whys
1. Why has the thumbnail function not run since the deployment? The bucket does not call it any more.
2. Why not? Its notification was replaced by another one.
3. Why? Two `aws_s3_bucket_notification` name the same bucket, and each writes the whole configuration.
4. Why two? Two modules each need an event of the bucket.

## Fix now
Put both into one resource (two `lambda_function` or `queue` blocks; `source_policy_documents` for policies) and `terraform state rm` the
other, so that Terraform does not delete the configuration with it.

## Workaround
`aws s3api put-bucket-notification-configuration` with both targets restores the events until the next apply.

## Prevent
`eventbridge = true` once, and a rule in each module that wants to hear.

## Validate
`terraform plan` after an apply says "No changes".

## Bad
```hcl
resource "aws_s3_bucket" "inbox" {
  bucket = "inbox-4711"
}

resource "aws_s3_bucket_notification" "thumbnails" {
  bucket      = aws_s3_bucket.inbox.id
  eventbridge = true
}

resource "aws_s3_bucket_notification" "search" { # finding
  bucket = aws_s3_bucket.inbox.id
  queue {
    queue_arn = "arn:aws:sqs:eu-west-1:111122223333:search"
    events    = ["s3:ObjectCreated:*"]
  }
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
  queue {
    queue_arn = "arn:aws:sqs:eu-west-1:111122223333:search"
    events    = ["s3:ObjectCreated:*"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.bucket import Bucket

ONCE = (
    "aws_s3_bucket_notification",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_cors_configuration",
    "aws_s3_bucket_replication_configuration",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_acl",
    "aws_s3_bucket_logging",
)


@rule(target="aws_s3_bucket", severity=Severity.HIGH, profile=Profile.GATE)
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    bucket = Bucket(resource, graph)
    for kind in ONCE:
        if not graph.of(kind):
            continue
        first, *others = bucket.attached(kind) or (resource,)
        for other in others:
            if not other.doubt and not first.doubt:
                message = f"{other.address.text} and {first.address.text} overwrite each other"
                yield Fail(other.body, message, expected="one resource for the bucket", related=(first.body,))
