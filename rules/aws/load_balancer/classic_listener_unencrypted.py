"""A classic load balancer has a listener without TLS.

## Why it matters
Requests and session cookies cross the internet in clear text. A classic load balancer cannot redirect, so a listener on port 80 always
hands the request to the application.

## Five whys
1. Why could the session be read on the way? The client used HTTP.
2. Why was that possible? The load balancer has an HTTP listener that forwards to the instances.
3. Why? A classic load balancer has nothing else for port 80.

## Fix now
Add an HTTPS listener with a certificate of ACM: `aws elb create-load-balancer-listeners --load-balancer-name NAME --listeners
Protocol=HTTPS,LoadBalancerPort=443,InstanceProtocol=HTTP,InstancePort=8080,SSLCertificateId=CERTIFICATE_ARN`, let the application
redirect when `X-Forwarded-Proto` is `http`, and remove port 80 when the logs show no more use of it.

## Workaround
Put CloudFront with `redirect-to-https` before it.

## Prevent
Move to an application load balancer, which redirects by itself; classic ones get no new features.

## Validate
`aws elb describe-load-balancers --load-balancer-names NAME --query
'LoadBalancerDescriptions[].ListenerDescriptions[].Listener.[Protocol,SSLCertificateId]'` shows HTTPS or SSL with a certificate only.

## Bad
```hcl
resource "aws_elb" "web" {
  name               = "web"
  availability_zones = ["eu-west-1a", "eu-west-1b"]

  listener {
    lb_port           = 80
    lb_protocol       = "http" # finding
    instance_port     = 8080
    instance_protocol = "http"
  }

  listener { # finding
    lb_port           = 443
    lb_protocol       = "https"
    instance_port     = 8080
    instance_protocol = "http"
  }
}
```

## Good
```hcl
resource "aws_elb" "web" {
  name               = "web"
  availability_zones = ["eu-west-1a", "eu-west-1b"]

  listener {
    lb_port            = 443
    lb_protocol        = "https"
    instance_port      = 8080
    instance_protocol  = "http"
    ssl_certificate_id = "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
  }
}

resource "aws_elb" "passthrough" {
  name               = "passthrough"
  availability_zones = ["eu-west-1a", "eu-west-1b"]

  listener {
    lb_port           = 443
    lb_protocol       = "tcp"
    instance_port     = 8443
    instance_protocol = "tcp"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.decide import given


@rule(
    target="aws_elb",
    each="listener",
    severity=Severity.HIGH,
    aliases="CKV_AWS_127 CKV_AWS_376 FG_R00013",
)
def check(listener: Node) -> Iterator[Fail]:
    protocol, certificate = listener.at("lb_protocol"), listener.at("ssl_certificate_id")
    name = (protocol.text or "").lower()
    if name == "http" or (name == "tcp" and listener.at("lb_port").number != 443):
        yield Fail(protocol, f"the listener accepts {name.upper()} without TLS", expected="https or ssl")
    elif name in ("https", "ssl") and not given(certificate):
        yield Fail(certificate, "the listener has no certificate", expected="ssl_certificate_id")
