"""A public zone is not signed with DNSSEC.

## Why it matters
Answers for the domain can be forged on their way: mail and logins then go to somebody else, with certificates that were issued on the
strength of the forged answers.

## Five whys
1. Why did mail for the domain go elsewhere? A resolver had been given a forged record.
2. Why did it believe that? Nothing in the answer could be checked.
3. Why not? The zone is not signed.

## Fix now
This is not for an emergency: a mistake takes the domain off the net. Create a KMS key (ECC_NIST_P256, us-east-1), an
`aws_route53_key_signing_key` and an `aws_route53_hosted_zone_dnssec`, lower the TTLs first, and add the DS record at the parent last
(`aws route53 get-dnssec`).

## Workaround
CAA records limit who may issue certificates for the domain.

## Prevent
A module for public zones with signing, and alarms on `DNSSECInternalFailure` and `DNSSECKeySigningKeysNeedingAction`.

## Validate
`dig +dnssec NAME @1.1.1.1 | grep flags` shows `ad`.

## Bad
```hcl
resource "aws_route53_zone" "main" { # finding
  name = "example.com"
}
```

## Good
```hcl
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_key_signing_key" "main" {
  hosted_zone_id             = aws_route53_zone.main.id
  key_management_service_arn = "arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-123456789012"
  name                       = "main"
}

resource "aws_route53_hosted_zone_dnssec" "main" {
  hosted_zone_id = aws_route53_key_signing_key.main.hosted_zone_id
}

resource "aws_route53_zone" "internal" {
  name = "internal.example.com"

  vpc {
    vpc_id = "vpc-0123456789abcdef0"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.zone import is_private


@rule(target="aws_route53_zone", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_AWS_38")
def check(zone: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if is_private(resource, graph):
        return
    if not graph.attached(resource, "hosted_zone_id", "aws_route53_key_signing_key", "aws_route53_hosted_zone_dnssec"):
        yield Fail(zone, "the public zone is not signed", expected="a key signing key and DNSSEC")
