"""A certificate is destroyed before its successor exists.

## Why it matters
Each change of its names replaces the certificate. Without `create_before_destroy` Terraform deletes the old one first, which AWS
refuses while a listener uses it: the apply hangs for minutes and fails with `ResourceInUseException`, half-way through.

## Five whys
1. Why did the apply fail with `ResourceInUseException`? It tried to delete a certificate that a listener uses.
2. Why delete it first? That is Terraform's order unless the code says otherwise.
3. Why was it replaced? A name was added, and a certificate cannot be changed.

## Fix now
Add `lifecycle { create_before_destroy = true }` and apply again: the new one is created and validated, the listener changes over, the
old one goes.

## Workaround
`terraform apply -target=aws_acm_certificate_validation.NEW` with the new certificate under another resource name first.

## Prevent
Put the lifecycle block into the module for certificates.

## Validate
`terraform plan` shows `+/-` (create replacement and then destroy) for the certificate, not `-/+`.

## Bad
```hcl
resource "aws_acm_certificate" "www" { # finding
  domain_name       = "www.example.com"
  validation_method = "DNS"
}
```

## Good
```hcl
resource "aws_acm_certificate" "www" {
  domain_name       = "www.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule


@rule(
    target="aws_acm_certificate",
    severity=Severity.LOW,
    facets=(Facet.WRITTEN,),
    aliases="CKV_AWS_233",
    symptoms=(r"ResourceInUseException.*[Cc]ertificate",),
)
def check(certificate: Node, resource: Resource) -> Iterator[Fail]:
    if not resource.meta.at("lifecycle.create_before_destroy").flag:
        yield Fail(certificate, "the certificate is destroyed before its successor exists", expected="create_before_destroy = true")
