r"""The role that replicates a bucket may not read the source or write the copy.

## Why it matters
S3 copies with the role of the replication. Objects for which it lacks a right get the replication status `FAILED` and stay without a
copy; S3 does not retry them, and nobody is told unless replication metrics or events are on.

## Five whys
1. Why is the object missing in the other region? Its replication status is FAILED.
2. Why? The role may not do what the message names on that bucket.
3. Why not? The statement for the replica names the bucket and not its objects (`/*`), or the bucket was renamed.
4. Why did it take months to see? Nobody reads `x-amz-replication-status`, and the copy is needed only on the day of the disaster.

## Fix now
Add the statement in the message to the role. Then copy what failed meanwhile with a batch job: `aws s3control create-job ... --operation
'{"S3ReplicateObject":{}}'` over the failed objects (`ObjectReplicationStatuses=["FAILED"]`).

## Workaround
`aws s3 sync s3://SOURCE s3://REPLICA` as somebody who may, until the role is right.

## Prevent
Use replication metrics (`metrics { status = "Enabled" }`) with an alarm on `OperationsFailedReplication`.

## Validate
`aws s3 cp probe s3://SOURCE/ && sleep 60 && aws s3api head-object --bucket SOURCE --key probe --query ReplicationStatus` prints
`COMPLETED`.

## Bad
```hcl
resource "aws_iam_role" "copy" {
  name = "copy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "s3.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "copy" {
  role = aws_iam_role.copy.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "s3:GetReplicationConfiguration", "s3:ListBucket",
        ]
        Resource = aws_s3_bucket.orders.arn
      },
      {
        Effect = "Allow"
        Action = [
          "s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging",
        ]
        Resource = "${aws_s3_bucket.orders.arn}/*"
      },
      { Effect = "Allow", Action = ["s3:ReplicateObject", "s3:ReplicateTags"], Resource = aws_s3_bucket.replica.arn },
    ]
  })
}

resource "aws_s3_bucket" "orders" {
  bucket = "orders-4711"
}

resource "aws_s3_bucket" "replica" {
  bucket = "replica-4711"
}

resource "aws_s3_bucket_replication_configuration" "orders" {
  role   = aws_iam_role.copy.arn
  bucket = aws_s3_bucket.orders.id

  rule {
    id     = "all"
    status = "Enabled"

    destination {
      bucket = aws_s3_bucket.replica.arn # finding
    }
  }
}
```

```hcl
resource "aws_iam_role" "copy" {
  name = "copy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "s3.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "copy" {
  role = aws_iam_role.copy.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging",
        ]
        Resource = "${aws_s3_bucket.orders.arn}/*"
      },
      {
        Effect = "Allow"
        Action = [
          "s3:ReplicateObject", "s3:ReplicateTags",
        ]
        Resource = "${aws_s3_bucket.replica.arn}/*"
      },
    ]
  })
}

resource "aws_s3_bucket" "orders" {
  bucket = "orders-4711"
}

resource "aws_s3_bucket" "replica" {
  bucket = "replica-4711"
}

resource "aws_s3_bucket_replication_configuration" "orders" {
  role   = aws_iam_role.copy.arn # finding
  bucket = aws_s3_bucket.orders.id

  rule {
    id     = "all"
    status = "Enabled"

    destination {
      bucket = aws_s3_bucket.replica.arn
    }
  }
}
```

## Good
```hcl
resource "aws_iam_role" "copy" {
  name = "copy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "s3.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "copy" {
  role = aws_iam_role.copy.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "s3:GetReplicationConfiguration", "s3:ListBucket",
        ]
        Resource = aws_s3_bucket.orders.arn
      },
      {
        Effect = "Allow"
        Action = [
          "s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging",
        ]
        Resource = "${aws_s3_bucket.orders.arn}/*"
      },
      {
        Effect = "Allow"
        Action = [
          "s3:ReplicateObject", "s3:ReplicateTags", "s3:ReplicateDelete",
        ]
        Resource = "${aws_s3_bucket.replica.arn}/*"
      },
    ]
  })
}

resource "aws_s3_bucket" "orders" {
  bucket = "orders-4711"
}

resource "aws_s3_bucket" "replica" {
  bucket = "replica-4711"
}

resource "aws_s3_bucket_replication_configuration" "orders" {
  role   = aws_iam_role.copy.arn
  bucket = aws_s3_bucket.orders.id

  rule {
    id     = "all"
    status = "Enabled"

    destination {
      bucket = aws_s3_bucket.replica.arn
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.lack import unmet
from auditor.views.needs.storage import replication_needs


@rule(
    target="aws_s3_bucket aws_s3_bucket_replication_configuration",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(replication_needs(resource, graph), resource, graph)
