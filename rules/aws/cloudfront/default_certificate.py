"""A CloudFront distribution uses the certificate of cloudfront.net.

## Why it matters
Under a name of one's own viewers get a certificate error. Under `dxxxx.cloudfront.net` it works, but TLS 1.0 cannot be switched off,
and the address changes with every new distribution, so links to it break.

## Five whys
1. Why does the browser warn of the certificate? It is issued for cloudfront.net.
2. Why that one? The distribution has no certificate of its own.
3. Why not? The certificate has to be in us-east-1, and was requested elsewhere, or never.

## Fix now
Request one in us-east-1 (`aws acm request-certificate --region us-east-1 --domain-name NAME --validation-method DNS`), create the
validation record, and set `acm_certificate_arn`, `ssl_support_method = "sni-only"` and `aliases`.

## Workaround
For an internal tool the name of cloudfront.net is fine: suppress the finding with that reason.

## Prevent
Create certificate, validation and distribution in one module with a provider for us-east-1.

## Validate
`openssl s_client -connect NAME:443 -servername NAME < /dev/null | openssl x509 -noout -subject` prints your name.

## Bad
```hcl
resource "aws_cloudfront_distribution" "site" {
  enabled = true

  viewer_certificate { # finding
    cloudfront_default_certificate = true
  }
}
```

## Good
```hcl
resource "aws_cloudfront_distribution" "site" {
  enabled = true
  aliases = ["www.example.com"]

  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import every, given


@rule(target="aws_cloudfront_distribution", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_AWS_42")
def check(distribution: Node) -> Iterator[Fail]:
    certificate = distribution.at("viewer_certificate.acm_certificate_arn")
    if every(lambda: not given(certificate), lambda: not given(distribution.at("viewer_certificate.iam_certificate_id"))):
        yield Fail(certificate, "the distribution has no certificate of its own", expected="acm_certificate_arn")
