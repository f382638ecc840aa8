"""Results of Athena queries are written without saying how they are encrypted.

## Why it matters
Each query leaves its result as a file in S3: copies of tables, outside of every grant on the tables. What encrypts them is then up to the
bucket, or to each client.

## Five whys
1. Why do salaries lie in a bucket that everybody reads? A query on them left its result there.
2. Why was the result not under the data's key? The workgroup says nothing of encryption.
3. Why not? `encryption_configuration` is optional.

## Fix now
Add `encryption_configuration { encryption_option = "SSE_KMS", kms_key_arn = … }` to the workgroup's `result_configuration`; for a database
the same block. Give the users `kms:GenerateDataKey` on the key.

## Workaround
A default key on the bucket for results, and a lifecycle that deletes them after days.

## Prevent
One module for workgroup, bucket and key.

## Validate
`aws athena get-work-group --work-group W --query WorkGroup.Configuration.ResultConfiguration`.

## Bad
```hcl
resource "aws_athena_workgroup" "analysts" { # finding
  name = "analysts"
  configuration {
    result_configuration {
      output_location = "s3://results-4711/"
    }
  }
}
```

## Good
```hcl
resource "aws_athena_workgroup" "analysts" {
  name = "analysts"
  configuration {
    result_configuration {
      output_location = "s3://results-4711/"
      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule

PATHS = {
    "aws_athena_workgroup": "configuration.result_configuration.encryption_configuration",
    "aws_athena_database": "encryption_configuration",
}


@rule(
    target=" ".join(PATHS),
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_159 CKV_AWS_77 AVD-AWS-0006 aws-athena-enable-at-rest-encryption",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    encryption = body.at(PATHS[resource.kind])
    option = encryption.at("encryption_option")
    if encryption.missing or option.missing:
        where = body if encryption.missing else encryption
        yield Fail(where, "nothing says how results of queries are encrypted", expected="encryption_option")
