"""Results that clusters write to S3 are not encrypted with KMS.

## Why it matters
With `SSE-S3` whoever may read the bucket reads the results. With a KMS key a reader also needs the key, and each reading is recorded.

## Five whys
1. Why could the analyst's role read the raw results? It may read the bucket.
2. Why was that enough? Objects are encrypted with S3's own key.
3. Why? The mode is `SSE-S3`, or none is set.

## Fix now
A new security configuration with `S3EncryptionConfiguration = { EncryptionMode = "SSE-KMS", AwsKmsKey = ARN }`; the EC2 role needs the
key. New clusters use it.

## Workaround
Default encryption of the bucket with the key.

## Prevent
In the module's one configuration.

## Validate
`aws s3api head-object --bucket B --key K --query SSEKMSKeyId`.

## Bad
```hcl
resource "aws_emr_security_configuration" "main" {
  name = "main"
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableAtRestEncryption = true
      AtRestEncryptionConfiguration = {
        S3EncryptionConfiguration = {
          EncryptionMode = "SSE-S3" # finding
        }
      }
    }
  })
}
```

## Good
```hcl
resource "aws_emr_security_configuration" "main" {
  name = "main"
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableAtRestEncryption = true
      AtRestEncryptionConfiguration = {
        S3EncryptionConfiguration = { EncryptionMode = "SSE-KMS", AwsKmsKey = "alias/results" }
      }
    }
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="aws_emr_security_configuration", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_AWS_171")
def check(body: Node) -> Iterator[Fail]:
    path = "EncryptionConfiguration.AtRestEncryptionConfiguration.S3EncryptionConfiguration"
    mode = body.at("configuration").json().at(path).at("EncryptionMode")
    if mode.missing or mode.text not in ("SSE-KMS", "CSE-KMS", "CSE-Custom"):
        yield Fail(mode, "results in S3 are not encrypted with KMS", expected="SSE-KMS")
