"""Everybody on the internet can write into a bucket.

## Why it matters
WRITE for `AllUsers` lets strangers overwrite and delete objects and store their own: malware under your name, a bill for their storage,
poisoned data in every job that reads the bucket.

## Five whys
1. Why does the import job fail on files that nobody sent? Strangers put them there.
2. Why could they? The list of the bucket gives WRITE to `AllUsers`.
3. Why? `public-read-write` was set so that a partner without an AWS account could upload.

## Fix now
Close it first: `aws s3api put-bucket-acl --bucket NAME --acl private`. Then compare the objects with a copy you trust, since every one of
them may have been replaced: `aws s3api list-object-versions --bucket NAME`.

## Workaround
Give the partner presigned uploads (`aws s3 presign` for GET, the SDK's `generate_presigned_post` for uploads) or a role to assume.

## Prevent
`BucketOwnerEnforced` turns lists off; the account's block of public access refuses them everywhere.

## Validate
`curl -s -o /dev/null -w '%{http_code}' -X PUT --data x https://NAME.s3.amazonaws.com/probe` prints `403`.

## Bad
```hcl
resource "aws_s3_bucket" "inbox" {
  bucket = "inbox-4711"
}

resource "aws_s3_bucket_acl" "inbox" {
  bucket = aws_s3_bucket.inbox.id
  access_control_policy {
    grant { # finding
      permission = "WRITE"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
      }
    }
    owner {
      id = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
    }
  }
}
```

## Good
```hcl
resource "aws_s3_bucket" "inbox" {
  bucket = "inbox-4711"
}

resource "aws_s3_bucket_acl" "inbox" {
  bucket = aws_s3_bucket.inbox.id
  acl    = "private"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.bucket import ACLS, EVERYBODY, Grant, lists_ignored, visible_grants


@rule(
    target=ACLS,
    each=visible_grants,
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="CKV_AWS_57 AVD-AWS-0092 aws-s3-no-public-access-with-acl",
)
def check(grant: Grant, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if grant.gives("WRITE", EVERYBODY) and not lists_ignored(resource, graph):
        yield Fail(grant.where, "everybody can write into the bucket", expected="private")
