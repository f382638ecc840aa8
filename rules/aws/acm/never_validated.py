"""A load balancer is given a certificate that nothing validates.

## Why it matters
ACM issues a certificate only after a DNS record shows who owns the name. Until then AWS refuses it on a listener
(`UnsupportedCertificate`), and after 72 hours the request fails for good. What was validated by hand is not renewed when the record is
cleaned up later.

## Five whys
1. Why does the apply fail at the HTTPS listener? The certificate is not issued.
2. Why not? ACM still waits for its validation record.
3. Why does nobody write it? The code asks for DNS validation and has neither the record nor a wait for it.

## Fix now
`aws acm describe-certificate --certificate-arn ARN --query 'Certificate.DomainValidationOptions[].ResourceRecord'` prints the record;
create it in the zone, and the certificate is issued within minutes. In the code: an `aws_route53_record` for each of
`domain_validation_options`, and an `aws_acm_certificate_validation` whose `certificate_arn` the listener takes.

## Workaround
Give the listener an issued certificate for the time being: `aws acm list-certificates --certificate-statuses ISSUED`.

## Prevent
Use a module for certificate, records and validation together.

## Validate
`aws acm describe-certificate --certificate-arn ARN --query 'Certificate.[Status,RenewalEligibility]'` prints ISSUED and ELIGIBLE.

## Bad
```hcl
resource "aws_acm_certificate" "web" {
  domain_name       = "www.example.com"
  validation_method = "DNS" # finding
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate.web.arn

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"
  }
}
```

## Good
```hcl
resource "aws_acm_certificate" "web" {
  domain_name       = "www.example.com"
  validation_method = "DNS"
}

resource "aws_route53_record" "validation" {
  for_each = { for option in aws_acm_certificate.web.domain_validation_options : option.domain_name => option }
  zone_id  = "Z0123456789ABCDEFGHIJ"
  name     = each.value.resource_record_name
  type     = each.value.resource_record_type
  records  = [each.value.resource_record_value]
  ttl      = 60
}

resource "aws_acm_certificate_validation" "web" {
  certificate_arn         = aws_acm_certificate.web.arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate_validation.web.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"
  }
}

resource "aws_acm_certificate" "imported" {
  private_key      = "-----BEGIN PRIVATE KEY-----"
  certificate_body = "-----BEGIN CERTIFICATE-----"
}

resource "aws_acm_certificate" "by_others" {
  domain_name       = "www.example.org"
  validation_method = "DNS"
}

output "records_for_the_other_dns" {
  value = aws_acm_certificate.by_others.domain_validation_options
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Relation, Resource, Severity, rule
from auditor.views.certificate import CERTIFICATE, VALIDATION
from auditor.views.decide import given, undecided
from auditor.views.index import first_open
from auditor.views.load_balancer import LISTENERS

USERS = frozenset([*LISTENERS.split(), "aws_cloudfront_distribution", "aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name"])


@rule(
    target=CERTIFICATE,
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    facets=(Facet.WRITTEN,),  # elsewhere nothing says what was made from the validation options
    symptoms=(r"UnsupportedCertificate", r"PENDING_VALIDATION", r"certificate .* must have a fully-qualified domain name"),
)
def check(certificate: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    method = certificate.at("validation_method")
    if not given(method) or method.text != "DNS":
        return
    edges = graph.into(resource, Relation.REFERS)
    users = [edge.source for edge in edges if edge.source.kind in USERS]
    if not users or any(edge.source.kind not in USERS for edge in edges):
        return
    if gap := graph.gap_for(resource):
        raise undecided(certificate, gap)
    if found := first_open(graph, ("certificate_arn",), (VALIDATION,)):
        raise undecided(found[1], f"it is not known which certificate {found[0].address.text} waits for")
    message = f"{users[0].address.text} uses the certificate, and nothing writes the record that validates it"
    yield Fail(method, message, expected="a record of domain_validation_options", related=(users[0].body,))
