"""A bucket keeps no old versions of its objects.

## Why it matters
A delete or an overwrite in a bucket without versions is final: a wrong `aws s3 sync --delete`, a bad deployment or ransomware with
write access leaves nothing to go back to. Object Lock and replication need versions too.

## Five whys
1. Why can the report of yesterday not be restored? The object was overwritten.
2. Why is the old one gone? The bucket keeps only the last version.
3. Why? Versioning was never turned on; S3 starts without it.
4. Why did nobody miss it? Versions cost storage and help only on the day of the accident.

## Fix now
`aws s3api put-bucket-versioning --bucket NAME --versioning-configuration Status=Enabled`, then the resource
`aws_s3_bucket_versioning` in the code. It protects what is written from now on.

## Workaround
Until then copy the objects that matter: `aws s3 sync s3://NAME s3://NAME-copy --no-progress` from a job that cannot delete.

## Prevent
Turn versions on in the module that creates buckets, together with a lifecycle rule that deletes old versions after 30 to 90 days.

## Validate
`aws s3api get-bucket-versioning --bucket NAME` prints `"Status": "Enabled"`.

## Bad
```hcl
resource "aws_s3_bucket" "reports" { # finding
  bucket = "reports-4711"
}

resource "aws_s3_bucket" "invoices" {
  bucket = "invoices-4711"
}

resource "aws_s3_bucket_versioning" "invoices" {
  bucket = aws_s3_bucket.invoices.id
  versioning_configuration {
    status = "Suspended" # finding
  }
}
```

## Good
```hcl
resource "aws_s3_bucket" "reports" {
  bucket = "reports-4711"
}

resource "aws_s3_bucket_versioning" "reports" {
  bucket = aws_s3_bucket.reports.id
  versioning_configuration {
    status = "Enabled"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import Bucket


@rule(target="aws_s3_bucket", severity=Severity.MEDIUM, aliases="CKV_AWS_21 AVD-AWS-0090 aws-s3-enable-versioning")
def check(_: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    bucket = Bucket(resource, graph)
    if not bucket.versioned:
        yield Fail(bucket.versioning, "the bucket keeps no old versions", expected="Enabled")
