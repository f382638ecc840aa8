"""A CloudFront distribution is given a certificate of another region.

## Why it matters
CloudFront reads certificates from ACM in us-east-1 and nowhere else. AWS refuses the distribution (`InvalidViewerCertificate`), so the
change of the certificate, or the whole site, does not go live.

## Five whys
1. Why does the apply fail at the distribution? CloudFront does not find the certificate.
2. Why not, when it is issued? It is in another region.
3. Why? It was requested with the provider of the region in which everything else is.

## Fix now
Request it again in us-east-1: `aws acm request-certificate --region us-east-1 --domain-name NAME --validation-method DNS`. The
validation record is the same as in the other region, so it is issued within minutes.

## Workaround
`cloudfront_default_certificate = true` serves the site under its cloudfront.net name until then.

## Prevent
A provider alias for us-east-1, passed to the module that requests certificates for CloudFront.

## Validate
`aws cloudfront get-distribution --id ID --query 'Distribution.DistributionConfig.ViewerCertificate.ACMCertificateArn'` shows us-east-1.

## Bad
```hcl
resource "aws_cloudfront_distribution" "text" {
  enabled = true

  viewer_certificate {
    acm_certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-0000-0000-000000000000" # finding
    ssl_support_method  = "sni-only"
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us"
  region = "us-east-1"
}

resource "aws_acm_certificate" "site" {
  domain_name = "www.example.com"
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true

  viewer_certificate {
    acm_certificate_arn = aws_acm_certificate.site.arn # finding
    ssl_support_method  = "sni-only"
  }
}
```

## Good
```hcl
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us"
  region = "us-east-1"
}

resource "aws_acm_certificate" "site" {
  provider    = aws.us
  domain_name = "www.example.com"
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true

  viewer_certificate {
    acm_certificate_arn = aws_acm_certificate.site.arn
    ssl_support_method  = "sni-only"
  }
}

resource "aws_cloudfront_distribution" "default" {
  enabled = true

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Severity, rule
from auditor.views.certificate import certificates
from auditor.views.region import region

HOME = "us-east-1"
ARN = re.compile(r"arn:aws:acm:([a-z0-9-]+):")


@rule(
    target="aws_cloudfront_distribution",
    each="viewer_certificate",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=(r"InvalidViewerCertificate", r"doesn't exist, isn't in us-east-1 region"),
)
def check(viewer: Node, graph: Graph) -> Iterator[Fail]:
    arn = viewer.at("acm_certificate_arn")
    found = certificates(arn, graph)
    if found:
        places = {region(certificate, graph): certificate.body for certificate in found}
    else:
        written = ARN.match(arn.text or "")
        places = {written[1]: arn} if written else {}
    for place, where in places.items():
        if place and place != HOME:
            yield Fail(arn, f"the certificate is in {place}, and CloudFront takes those of {HOME} only", expected=HOME, related=(where,))
