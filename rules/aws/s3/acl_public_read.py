"""Everybody on the internet can list a bucket.

## Why it matters
READ for `AllUsers` lets anonymous callers list every key, and canned lists often give the same to the objects. Scanners walk through
possible bucket names all day; an open one is found within hours.

## Five whys
1. Why are customer files in a search engine for open buckets? The bucket answers anonymous requests.
2. Why does it? Its access control list gives READ to `AllUsers`.
3. Why? `public-read` was the quick way to show files on a website.
4. Why did nothing refuse it? Public lists are not ignored for the bucket or the account.

## Fix now
`aws s3api put-bucket-acl --bucket NAME --acl private`, and `aws s3api put-public-access-block` with `IgnorePublicAcls=true`; then change
the code. Serve public files through CloudFront with origin access control.

## Workaround
When a page needs some objects tonight: presign them (`aws s3 presign s3://NAME/K --expires-in 3600`) and close the list.

## Prevent
`BucketOwnerEnforced` on every bucket, and the account's block of public access.

## Validate
`curl -s https://NAME.s3.amazonaws.com/` answers AccessDenied; `aws s3api get-bucket-acl --bucket NAME` shows no `AllUsers`.

## Bad
```hcl
resource "aws_s3_bucket" "files" {
  bucket = "files-4711"
}

resource "aws_s3_bucket_acl" "files" {
  bucket = aws_s3_bucket.files.id
  acl    = "public-read" # finding
}
```

## Good
```hcl
resource "aws_s3_bucket" "files" {
  bucket = "files-4711"
}

resource "aws_s3_bucket_acl" "files" {
  bucket = aws_s3_bucket.files.id
  acl    = "private"
}
```

```hcl
resource "aws_s3_bucket" "files" {
  bucket = "files-4711"
}

resource "aws_s3_bucket_acl" "files" {
  bucket = aws_s3_bucket.files.id
  acl    = "public-read"
}

resource "aws_s3_bucket_public_access_block" "files" {
  bucket             = aws_s3_bucket.files.id
  ignore_public_acls = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.bucket import ACLS, EVERYBODY, Grant, lists_ignored, visible_grants


@rule(
    target=ACLS,
    each=visible_grants,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_AWS_20 AVD-AWS-0092 aws-s3-no-public-access-with-acl",
)
def check(grant: Grant, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if grant.gives("READ", EVERYBODY) and not lists_ignored(resource, graph):
        yield Fail(grant.where, "everybody can list the bucket", expected="private")
