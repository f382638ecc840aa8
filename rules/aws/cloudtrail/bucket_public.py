"""Everybody can read the bucket that keeps a trail's log files.

## Why it matters
The audit log names every user, role, key id, address and resource of the account, and every weakness that was tried. It is the best map
that an attacker can have.

## Five whys
1. Why did a stranger know the names of our roles? He had read the audit log.
2. Why could he? Its bucket is public.
3. Why? An ACL or policy opens it to everybody.
4. Why was it opened? A tool in another account had to read it, and no principal was named.

## Fix now
At once: `aws s3api put-public-access-block --bucket NAME --public-access-block-configuration
BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`. Then name the readers in the policy, and
assume that the log has been read.

## Workaround
None that leaves it public.

## Prevent
Block public access for the whole account; keep the log in an account of its own.

## Validate
`aws s3api get-bucket-policy-status --bucket NAME --query PolicyStatus.IsPublic` prints false.

## Bad
```hcl
resource "aws_s3_bucket" "trail" {
  bucket = "trail-4711"
  acl    = "public-read" # finding
}

resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = aws_s3_bucket.trail.id
}
```

```hcl
resource "aws_s3_bucket" "trail" {
  bucket = "trail-4711"
}

resource "aws_s3_bucket_policy" "trail" {
  bucket = aws_s3_bucket.trail.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*" # finding
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::trail-4711/*"
    }]
  })
}

resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = aws_s3_bucket.trail.id
}
```

## Good
```hcl
resource "aws_s3_bucket" "trail" {
  bucket = "trail-4711"
}

resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = aws_s3_bucket.trail.id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.audience import public_principal
from auditor.views.bucket import Bucket, named_bucket

_EVERYBODY = ("http://acs.amazonaws.com/groups/global/AllUsers", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers")


@rule(target="aws_cloudtrail", severity=Severity.CRITICAL, aliases="AVD-AWS-0161 aws-cloudtrail-no-public-log-access FG_R00028")
def check(trail: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    bucket = named_bucket(resource, graph, "s3_bucket_name")
    if bucket is None:
        return
    if where := _by_list(bucket, graph) or _by_policy(bucket):
        yield Fail(where, "everybody can read the audit log", expected="readers by name only", related=(trail.at("s3_bucket_name"),))


def _by_list(bucket: Bucket, graph: Graph) -> Node | None:
    places = [bucket.resource.at("acl"), *(it.at("acl") for it in graph.attached(bucket.resource, "bucket", "aws_s3_bucket_acl"))]
    found = next((acl for acl in places if acl.present and (acl.text or "").startswith(("public-read", "authenticated-read"))), None)
    return None if found is None or bucket.blocks("ignore_public_acls") else found


def _by_policy(bucket: Bucket) -> Node | None:
    for statement in bucket.statements:
        principal = public_principal(statement)
        if principal is not None and not bucket.blocks("restrict_public_buckets"):
            return principal.where
    return None
