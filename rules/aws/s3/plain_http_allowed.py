"""A bucket answers requests without TLS.

## Why it matters
S3 takes plain HTTP as well. Somebody on the way reads the objects and the signature of the request; benchmarks of CIS and PCI ask for a
Deny on `aws:SecureTransport`.

## Five whys
1. Why did an audit find data sent in the clear? One client uses `http://` for the bucket.
2. Why did S3 answer it? Nothing in the policy asks for TLS.
3. Why not? The bucket has no statement that denies `aws:SecureTransport = false`.

## Fix now
Add a Deny of `s3:*` for `*` on the bucket and its objects with `Bool aws:SecureTransport = "false"`. Look into the access log first for
`-` in the column of the TLS version: those clients would fail.

## Workaround
`s3:TlsVersion` in the policies of the roles that use the bucket works where its own policy cannot be changed today.

## Prevent
Let the module for buckets add the statement to whatever policy its caller gives (`source_policy_documents`).

## Validate
`curl -s -o /dev/null -w '%{http_code}' http://NAME.s3.amazonaws.com/K` prints `403`, the same with `https` does not.

## Bad
```hcl
resource "aws_s3_bucket" "invoices" { # finding
  bucket = "invoices-4711"
}
```

## Good
```hcl
resource "aws_s3_bucket" "invoices" {
  bucket = "invoices-4711"
}

resource "aws_s3_bucket_policy" "invoices" {
  bucket = aws_s3_bucket.invoices.id
  policy = data.aws_iam_policy_document.tls.json
}

data "aws_iam_policy_document" "tls" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::invoices-4711", "arn:aws:s3:::invoices-4711/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import Bucket, asks_for_tls


@rule(target="aws_s3_bucket", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="FG_R00100")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not asks_for_tls(Bucket(resource, graph).statements):
        yield Fail(body, "the bucket answers requests without TLS", expected="a policy that denies aws:SecureTransport = false")
