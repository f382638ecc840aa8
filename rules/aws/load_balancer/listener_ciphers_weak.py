"""A listener accepts ciphers without forward secrecy.

## Why it matters
Whoever records the traffic today can read it later, once they have the private key. Forward secrecy gives each connection a key of its
own, so that the certificate's key opens nothing afterwards.

## Five whys
1. Why can traffic of last year be read with the stolen key? Its session keys were encrypted with that key.
2. Why? Client and load balancer agreed on a cipher with RSA key exchange.
3. Why was that possible? The TLS policy still offers such ciphers.

## Fix now
`aws elbv2 modify-listener --listener-arn ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-Res-2021-06`: ECDHE with AES-GCM only. Clients of
the last ten years have these ciphers.

## Workaround
`ELBSecurityPolicy-TLS13-1-2-2021-06` keeps a few older ciphers, all with forward secrecy.

## Prevent
Name one policy in the module for load balancers; leave out the ones with `Ext` in their names.

## Validate
`openssl s_client -connect HOST:443 -tls1_2 -cipher AES128-GCM-SHA256 < /dev/null` ends with a handshake failure.

## Bad
```hcl
resource "aws_lb_listener" "https" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS-1-2-2017-01" # finding
}
```

## Good
```hcl
resource "aws_lb_listener" "https" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.load_balancer import LISTENERS, has_weak_ciphers, oldest_version, security_policy


@rule(target=LISTENERS, severity=Severity.LOW, aliases="CKV2_AWS_74")
def check(listener: Node) -> Iterator[Fail]:
    if listener.at("protocol").text not in ("HTTPS", "TLS"):
        return
    policy = security_policy(listener)
    if oldest_version(policy) >= 2 and has_weak_ciphers(policy):
        yield Fail(listener.at("ssl_policy"), f"the policy {policy} accepts ciphers without forward secrecy", expected="a TLS13 policy")
