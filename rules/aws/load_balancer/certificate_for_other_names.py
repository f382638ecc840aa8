"""A name leads to a load balancer whose certificates are for other names.

## Why it matters
Browsers show a full-page warning and programs refuse the connection (`certificate is valid for …, not …`); with HSTS there is not even a
button to go on. The load balancer itself looks healthy.

## Five whys
1. Why do clients refuse the connection? The certificate does not hold the name that they asked for.
2. Why not? No certificate of the listener was requested for it.
3. Why does the name lead there? A record was added later, and the certificate stayed as it was.
4. Why did no wildcard catch it? A star stands for one label: `*.example.com` is neither `example.com` nor `a.b.example.com`.

## Fix now
Request a certificate with the name and add it beside the others, without an interruption: `aws elbv2 add-listener-certificates
--listener-arn ARN --certificates CertificateArn=ARN`. In the code: the name in `subject_alternative_names` (a new certificate, so with
`create_before_destroy`), or an `aws_lb_listener_certificate`.

## Workaround
Give clients a name that the certificate holds.

## Prevent
Make records and `subject_alternative_names` from one list.

## Validate
`openssl s_client -connect NAME:443 -servername NAME </dev/null 2>/dev/null | openssl x509 -noout -ext subjectAltName` prints the name.

## Bad
```hcl
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_acm_certificate" "main" {
  domain_name       = "*.example.com"
  validation_method = "DNS"
}

resource "aws_lb" "web" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate.main.arn

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"
  }
}

resource "aws_route53_record" "apex" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "example.com" # finding
  type    = "A"

  alias {
    name                   = aws_lb.web.dns_name
    zone_id                = aws_lb.web.zone_id
    evaluate_target_health = true
  }
}

resource "aws_route53_record" "deep" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "api.shop" # finding
  type    = "CNAME"
  ttl     = 60
  records = [aws_lb.web.dns_name]
}
```

## Good
```hcl
resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_acm_certificate" "main" {
  domain_name               = "example.com"
  subject_alternative_names = ["*.example.com"]
  validation_method         = "DNS"
}

resource "aws_acm_certificate_validation" "main" {
  certificate_arn = aws_acm_certificate.main.arn
}

resource "aws_acm_certificate" "shop" {
  domain_name       = "API.shop.example.com"
  validation_method = "DNS"
}

resource "aws_lb" "web" {
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate_validation.main.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"
  }
}

resource "aws_lb_listener_certificate" "shop" {
  listener_arn    = aws_lb_listener.https.arn
  certificate_arn = aws_acm_certificate.shop.arn
}

resource "aws_route53_record" "names" {
  for_each = toset(["", "www", "api.shop"])
  zone_id  = aws_route53_zone.main.zone_id
  name     = each.value
  type     = "A"

  alias {
    name                   = aws_lb.web.dns_name
    zone_id                = aws_lb.web.zone_id
    evaluate_target_health = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.certificate import fits, names, shown
from auditor.views.load_balancer import listeners
from auditor.views.zone import balancer_of, full_name

TLS = ("HTTPS", "TLS")


@rule(
    target="aws_route53_record",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(
        r"certificate is (not )?valid for",
        r"ERR_CERT_COMMON_NAME_INVALID",
        r"hostname .* doesn't match",
        r"no alternative certificate subject name matches",
    ),
)
def check(record: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    balancer = balancer_of(resource, graph)
    if balancer is None:
        return
    secure = [listener for listener in listeners(balancer, graph) if listener.at("protocol").text in TLS]
    certificates = [it for listener in secure for it in shown(listener, graph)]
    covered = [pattern for certificate in certificates for pattern in names(certificate)]
    name = full_name(resource, graph)
    if covered and not name.startswith("*.") and not any(fits(name, pattern) for pattern in covered):
        message = f"{balancer.address.text} shows certificates for {', '.join(dict.fromkeys(covered))}, not for {name}"
        yield Fail(record.at("name"), message, expected="a certificate with that name", related=tuple(it.body for it in certificates[:1]))
