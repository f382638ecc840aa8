"""A bucket that its list opens to everybody also answers over plain HTTP.

## Why it matters
Whoever reads a public file over plain HTTP can be given another one on the way: a changed installer, a changed script. S3 answers on
port 80 unless a policy refuses requests without TLS.

## Five whys
1. Why did a customer get a changed download? The file came over HTTP, through a network that alters pages.
2. Why did the bucket answer over HTTP? No policy asks for `aws:SecureTransport`.
3. Why are strangers allowed at all? The list of the bucket is public.

## Fix now
Add a Deny for `s3:*` with `Bool aws:SecureTransport = "false"` to the bucket policy, for the bucket and its objects; then consider whether
the list has to be public.

## Workaround
Publish only `https://` links, and let CloudFront with `redirect-to-https` stand in front.

## Prevent
Serve public files by CloudFront with origin access control, and keep the bucket private.

## Validate
`curl -s -o /dev/null -w '%{http_code}' http://NAME.s3.amazonaws.com/K` prints `403`.

## Bad
```hcl
resource "aws_s3_bucket" "downloads" {
  bucket = "downloads-4711"
}

resource "aws_s3_bucket_acl" "downloads" {
  bucket = aws_s3_bucket.downloads.id
  acl    = "public-read" # finding
}
```

## Good
```hcl
resource "aws_s3_bucket" "downloads" {
  bucket = "downloads-4711"
}

resource "aws_s3_bucket_acl" "downloads" {
  bucket = aws_s3_bucket.downloads.id
  acl    = "public-read"
}

resource "aws_s3_bucket_policy" "downloads" {
  bucket = aws_s3_bucket.downloads.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::downloads-4711", "arn:aws:s3:::downloads-4711/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import EVERYBODY, Bucket, asks_for_tls, grants, named_bucket
from auditor.views.decide import some
from auditor.views.index import agreeing
from auditor.views.policy import resource_statements

PERMISSIONS = ("READ", "WRITE", "READ_ACP", "WRITE_ACP")


@rule(target="aws_s3_bucket_acl", severity=Severity.MEDIUM, aliases="CKV_AWS_379")
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    public = [grant for grant in grants(resource) if any(grant.gives(permission, EVERYBODY) for permission in PERMISSIONS)]
    if public and not _closed(resource, graph) and not _asks(resource, graph):
        yield Fail(public[0].where, "strangers reach the bucket over plain HTTP", expected="a policy that refuses requests without TLS")


def _closed(resource: Resource, graph: Graph) -> bool:
    """Whether strangers do not get in after all, or come by the website's own endpoint."""
    return some(
        lambda: _blocked(resource, graph, "ignore_public_acls"),
        lambda: _blocked(resource, graph, "restrict_public_buckets"),
        lambda: bool(_beside(resource, graph, "aws_s3_bucket_website_configuration")),
    )


def _blocked(resource: Resource, graph: Graph, switch: str) -> bool:
    blocks = (*_beside(resource, graph, "aws_s3_bucket_public_access_block"), *graph.of("aws_s3_account_public_access_block"))
    return any(block.at(switch).flag for block in blocks if block.at(switch).present)


def _asks(resource: Resource, graph: Graph) -> bool:
    policies = _beside(resource, graph, "aws_s3_bucket_policy")
    return asks_for_tls(statement for policy in policies for statement in resource_statements(policy, graph))


def _beside(resource: Resource, graph: Graph, kind: str) -> tuple[Resource, ...]:
    """The resources of a kind for the bucket of this list, be the bucket in sight or only named."""
    bucket = named_bucket(resource, graph)
    if isinstance(bucket, Bucket):
        return bucket.attached(kind)
    return agreeing(resource.at("bucket"), graph, "bucket", kind)
