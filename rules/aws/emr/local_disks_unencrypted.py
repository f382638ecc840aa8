"""Temporary files on the disks of clusters are not encrypted.

## Why it matters
Spark and MapReduce spill what does not fit into memory to local disks: pieces of every table, long after the job has ended.

## Five whys
1. Why was customer data on the node's disk? Spark wrote it there.
2. Why unencrypted? The security configuration has no local disk encryption.

## Fix now
A new security configuration with `LocalDiskEncryptionConfiguration = { EncryptionKeyProviderType = "AwsKms", AwsKmsKey = ARN }`; the
EC2 role needs `kms:Decrypt` and `kms:GenerateDataKey`. New clusters use it.

## Workaround
EBS encryption by default for the region.

## Prevent
One configuration per account in the module.

## Validate
`aws emr describe-security-configuration --name N`.

## Bad
```hcl
resource "aws_emr_security_configuration" "main" {
  name = "main"
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableAtRestEncryption = true
      AtRestEncryptionConfiguration = { # finding
        S3EncryptionConfiguration = { EncryptionMode = "SSE-S3" }
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
        LocalDiskEncryptionConfiguration = {
          EncryptionKeyProviderType = "AwsKms"
          AwsKmsKey                 = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        }
      }
    }
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.decide import given


@rule(
    target="aws_emr_security_configuration",
    severity=Severity.MEDIUM,
    aliases="CKV_AWS_349 AVD-AWS-0139 aws-emr-enable-local-disk-encryption",
)
def check(body: Node) -> Iterator[Fail]:
    path = "EncryptionConfiguration.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration"
    provider = body.at("configuration").json().at(path).at("EncryptionKeyProviderType")
    if not given(provider):
        yield Fail(
            provider,
            "temporary files on the nodes' disks are not encrypted",
            expected="LocalDiskEncryptionConfiguration with a key provider",
        )
