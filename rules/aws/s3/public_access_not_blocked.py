"""Nothing in the code keeps a bucket from being made public.

## Why it matters
The block of public access overrules every list and policy that would open a bucket. New buckets have it since April 2023; older ones, and
those where somebody took it off, do not, and code that does not say so cannot bring it back.

## Five whys
1. Why was the bucket open for a week? A new policy allowed everybody to read.
2. Why did nothing stop that policy? Public access was not blocked for the bucket.
3. Why not? The code has no `aws_s3_bucket_public_access_block`, and the bucket is older than the default.

## Fix now
`aws s3api put-public-access-block --bucket NAME --public-access-block-configuration
BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`, then the resource in the code. Look first
whether a website or a partner relies on public reads.

## Workaround
Block it for the whole account, which covers every bucket: `aws s3control put-public-access-block --account-id ID …`.

## Prevent
Put `aws_s3_account_public_access_block` into the account's baseline, and serve public files through CloudFront with origin access control.

## Validate
`aws s3api get-public-access-block --bucket NAME` prints four times `true`.

## Bad
```hcl
resource "aws_s3_bucket" "uploads" { # finding
  bucket = "uploads-4711"
}
```

```hcl
resource "aws_s3_bucket" "uploads" {
  bucket = "uploads-4711"
}

resource "aws_s3_bucket_public_access_block" "uploads" {
  bucket              = aws_s3_bucket.uploads.id
  block_public_acls   = true
  block_public_policy = false # finding
}
```

## Good
```hcl
resource "aws_s3_bucket" "uploads" {
  bucket = "uploads-4711"
}

resource "aws_s3_bucket_public_access_block" "uploads" {
  bucket                  = aws_s3_bucket.uploads.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import Bucket

SWITCHES = ("block_public_acls", "block_public_policy")


@rule(
    target="aws_s3_bucket",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV2_AWS_6 AVD-AWS-0094 aws-s3-specify-public-access-block",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    bucket = Bucket(resource, graph)
    off = [switch for switch in SWITCHES if not bucket.blocks(switch)]
    if off:
        blocks = bucket.access_blocks
        where = blocks[0].at(off[0]) if blocks else body
        yield Fail(where, "nothing in the code keeps the bucket from being made public", expected=f"{off[0]} = true")
