"""EBS volumes of clusters are not encrypted.

## Why it matters
LUKS, which local disk encryption uses without this switch, leaves the root volume out; swap, logs and configuration with passwords lie
there in the clear.

## Five whys
1. Why was a password readable in a snapshot? The root volume is not encrypted.
2. Why? `EnableEbsEncryption` is not set.

## Fix now
A new security configuration with `EnableEbsEncryption = true` and `EncryptionKeyProviderType = "AwsKms"` (EMR 5.24 or newer); the
service role needs the key. New clusters use it.

## Workaround
`aws ec2 enable-ebs-encryption-by-default` for the region.

## Prevent
In the module's one configuration.

## Validate
`aws ec2 describe-volumes --filters Name=tag:aws:elasticmapreduce:job-flow-id,Values=j-… --query 'Volumes[].Encrypted'`.

## Bad
```hcl
resource "aws_emr_security_configuration" "main" {
  name = "main"
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableAtRestEncryption = true
      AtRestEncryptionConfiguration = {
        LocalDiskEncryptionConfiguration = { EncryptionKeyProviderType = "AwsKms", AwsKmsKey = "alias/emr" } # finding
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
          EnableEbsEncryption       = true
          EncryptionKeyProviderType = "AwsKms"
          AwsKmsKey                 = "alias/emr"
        }
      }
    }
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="aws_emr_security_configuration", severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="CKV_AWS_350")
def check(body: Node) -> Iterator[Fail]:
    path = "EncryptionConfiguration.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration"
    enabled = body.at("configuration").json().at(path).at("EnableEbsEncryption")
    if enabled.missing or enabled.flag is not True:
        yield Fail(enabled, "EBS volumes of the nodes are not encrypted", expected="EnableEbsEncryption true")
