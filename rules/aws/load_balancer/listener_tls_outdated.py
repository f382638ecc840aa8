"""A listener accepts TLS 1.0 or 1.1.

## Why it matters
Both versions were withdrawn in 2021 (RFC 8996) and are forbidden by PCI DSS. A listener without `ssl_policy` gets
`ELBSecurityPolicy-2016-08`, which accepts them, so the fault needs no wrong line, only a missing one.

## Five whys
1. Why did the scan for the certificate of compliance fail? The site accepts TLS 1.0.
2. Why? The listener's policy does.
3. Why that policy? It is the default of the API since 2016, and no policy was named (or one from that time).

## Fix now
See who would be locked out first: in the access logs, field `ssl_protocol`, count TLSv1 and TLSv1.1. Then `aws elbv2 modify-listener
--listener-arn ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-2021-06`; open connections stay, and it can be taken back in the same way.

## Workaround
A second listener on another port with the old policy, for the one client that cannot be updated.

## Prevent
Name the policy in the module; look at new ones once a year (`aws elbv2 describe-ssl-policies`).

## Validate
`openssl s_client -connect HOST:443 -tls1_1 < /dev/null` ends with a handshake failure, and with `-tls1_2` it succeeds.

## Bad
```hcl
resource "aws_lb_listener" "https" { # finding
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"
  }
}

resource "aws_lb_listener" "tls" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/mqtt/0123456789abcdef"
  port              = 8883
  protocol          = "TLS"
  ssl_policy        = "ELBSecurityPolicy-FS-1-1-2019-08" # finding
}
```

## Good
```hcl
resource "aws_lb_listener" "https" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.load_balancer import LISTENERS, oldest_version, security_policy


@rule(
    target=LISTENERS,
    severity=Severity.HIGH,
    aliases="CKV_AWS_103 CKV2_AWS_74 AVD-AWS-0047 aws-elb-use-secure-tls-policy",
)
def check(listener: Node) -> Iterator[Fail]:
    if listener.at("protocol").text not in ("HTTPS", "TLS"):
        return
    policy = security_policy(listener)
    if oldest_version(policy) < 2:
        yield Fail(listener.at("ssl_policy"), f"the policy {policy} accepts TLS 1.{oldest_version(policy)}", expected="TLS 1.2 or newer")
