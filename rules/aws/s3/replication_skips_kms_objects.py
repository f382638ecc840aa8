"""Objects under KMS are left out of a replication.

## Why it matters
S3 copies objects that are encrypted with KMS only when the rule asks for them and names a key in the target region. Otherwise they are
skipped without an error: `ReplicationStatus` is not even set, and the replica holds nothing of a bucket that is encrypted by default.

## Five whys
1. Why is the replica empty? No object was copied.
2. Why not? All of them are under a KMS key.
3. Why does that matter? The rule has no `sse_kms_encrypted_objects` with `Enabled`.
4. Why did nobody notice? Skipped objects count as neither failed nor pending.

## Fix now
Add `source_selection_criteria { sse_kms_encrypted_objects { status = "Enabled" } }` and
`destination { encryption_configuration { replica_kms_key_id = … } }`; give the role `kms:Decrypt` on the source key and `kms:Encrypt` on
the other; then run S3 Batch Replication.

## Workaround
`aws s3 sync s3://SOURCE s3://TARGET --sse aws:kms --sse-kms-key-id TARGET_KEY`.

## Prevent
One module for bucket, replica and both keys; a multi-region key keeps the two sides together.

## Validate
`aws s3api head-object --bucket SOURCE --key NEW` shows `ReplicationStatus: COMPLETED`.

## Bad
```hcl
resource "aws_s3_bucket" "documents" {
  bucket = "documents-4711"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  role   = "arn:aws:iam::111122223333:role/replication"
  rule { # finding
    status = "Enabled"
    destination {
      bucket = "arn:aws:s3:::documents-dr-4711"
    }
  }
}
```

```hcl
resource "aws_s3_bucket" "invoices" {
  bucket = "invoices-4711"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "invoices" {
  bucket = aws_s3_bucket.invoices.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "invoices" {
  bucket = aws_s3_bucket.invoices.id
  role   = "arn:aws:iam::111122223333:role/replication"
  rule {
    status = "Enabled"
    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }
    destination { # finding
      bucket = "arn:aws:s3:::invoices-dr-4711"
    }
  }
}
```

## Good
```hcl
resource "aws_s3_bucket" "documents" {
  bucket = "documents-4711"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  role   = "arn:aws:iam::111122223333:role/replication"
  rule {
    status = "Enabled"
    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }
    destination {
      bucket = "arn:aws:s3:::documents-dr-4711"
      encryption_configuration {
        replica_kms_key_id = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import is_on, named_bucket


@rule(target="aws_s3_bucket_replication_configuration", severity=Severity.HIGH)
def check(replication: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    bucket = named_bucket(resource, graph)
    if bucket is None:
        return
    algorithm = bucket.encryption.at("sse_algorithm")
    if algorithm.missing or not (algorithm.text or "").startswith("aws:kms"):
        return
    for one in replication.each("rule"):
        choice = one.at("source_selection_criteria.sse_kms_encrypted_objects.status")
        if not is_on(one.at("status")):
            continue
        key = one.at("destination.encryption_configuration.replica_kms_key_id")
        if not is_on(choice):
            message = "objects under KMS are not copied, and the bucket encrypts with KMS"
            yield Fail(choice, message, expected="Enabled", related=(algorithm,))
        elif key.missing:
            message = "objects under KMS are to be copied, and no key is named for the copies"
            yield Fail(key, message, expected="replica_kms_key_id", related=(choice, algorithm))
