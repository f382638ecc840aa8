"""Nodes of clusters exchange data in clear text.

## Why it matters
A shuffle sends whole tables from node to node. Whoever can see the traffic in the subnet reads them.

## Five whys
1. Why could the data be read in the network? Nodes talk without TLS.
2. Why? `EnableInTransitEncryption` is false.
3. Why? It needs a bundle of certificates.

## Fix now
Put a PEM bundle into S3, make a new security configuration with `InTransitEncryptionConfiguration.TLSCertificateConfiguration`, and
start new clusters with it.

## Workaround
A subnet and security group that hold this cluster only.

## Prevent
Configuration and certificates in one module, renewed by a job.

## Validate
`aws emr describe-security-configuration --name N --query SecurityConfiguration`.

## Bad
```hcl
resource "aws_emr_security_configuration" "main" {
  name = "main"
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableAtRestEncryption    = true
      EnableInTransitEncryption = false # finding
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
      EnableInTransitEncryption = true
      InTransitEncryptionConfiguration = {
        TLSCertificateConfiguration = { CertificateProviderType = "PEM", S3Object = "s3://config-4711/certificates.zip" }
      }
    }
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(
    target="aws_emr_security_configuration",
    severity=Severity.MEDIUM,
    aliases="CKV_AWS_351 AVD-AWS-0138 aws-emr-enable-in-transit-encryption",
)
def check(body: Node) -> Iterator[Fail]:
    enabled = body.at("configuration").json().at("EncryptionConfiguration.EnableInTransitEncryption")
    if enabled.missing or enabled.flag is not True:
        yield Fail(enabled, "nodes exchange data in clear text", expected="EnableInTransitEncryption true with certificates")
