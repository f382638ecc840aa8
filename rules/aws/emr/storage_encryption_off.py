"""A security configuration leaves the data of clusters unencrypted at rest.

## Why it matters
Disks and results in S3 are in the clear: temporary files of Spark hold parts of every table that it reads.

## Five whys
1. Why does the audit list the cluster's disks? They are not encrypted.
2. Why? `EnableAtRestEncryption` is false.

## Fix now
Security configurations cannot be changed: make a new one with at-rest encryption and a KMS key, and start new clusters with it.

## Workaround
Default encryption of the result bucket, and EBS encryption by default for the region.

## Prevent
One configuration per account, required by the cluster module.

## Validate
`aws emr describe-security-configuration --name N`.

## Bad
```hcl
resource "aws_emr_security_configuration" "main" {
  name = "main"
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableAtRestEncryption    = false # finding
      EnableInTransitEncryption = false
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
      EnableAtRestEncryption    = true
      EnableInTransitEncryption = false
      AtRestEncryptionConfiguration = {
        S3EncryptionConfiguration = { EncryptionMode = "SSE-S3" }
      }
    }
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="aws_emr_security_configuration", severity=Severity.HIGH, aliases="AVD-AWS-0137 aws-emr-enable-at-rest-encryption")
def check(body: Node) -> Iterator[Fail]:
    enabled = body.at("configuration").json().at("EncryptionConfiguration.EnableAtRestEncryption")
    if enabled.missing or enabled.flag is not True:
        yield Fail(enabled, "data of the cluster is stored unencrypted", expected="EnableAtRestEncryption true")
