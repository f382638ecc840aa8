"""A listener sends traffic to a target group of a protocol that it cannot speak.

## Why it matters
AWS accepts only certain pairs and refuses the listener for any other, half-way through the apply: the load balancer exists, and nothing
listens. HTTP/2 and gRPC target groups work behind an HTTPS listener only.

## Five whys
1. Why does the listener not exist? AWS refused it.
2. Why? Listener and target group speak protocols that cannot be joined.
3. Why? The type of the load balancer (or the protocol version) was changed on one side only.

## Fix now
Make the pair one that AWS takes: HTTP and HTTPS with HTTP or HTTPS; TCP with TCP or TCP_UDP; TLS with TLS or TCP; UDP with UDP or TCP_UDP;
TCP_UDP with TCP_UDP. A group's protocol cannot be changed in place: `create_before_destroy` with a new name.

## Workaround
For gRPC without a certificate: `protocol_version = "HTTP1"` does not carry gRPC; use a network load balancer with TCP on both sides.

## Prevent
Derive both protocols from one variable of the module.

## Validate
`aws elbv2 describe-listeners --load-balancer-arn ARN --query 'Listeners[].[Port,Protocol]'` shows the listener.

## Bad
```hcl
resource "aws_lb_target_group" "api" {
  port             = 8080
  protocol         = "HTTP"
  protocol_version = "GRPC"
  vpc_id           = "vpc-0123456789abcdef0"
}

resource "aws_lb_listener" "plain" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/api/0123456789abcdef"
  port              = 80
  protocol          = "HTTP" # finding

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api.arn
  }
}

resource "aws_lb_listener" "tcp" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/api/0123456789abcdef"
  port              = 443
  protocol          = "TCP" # finding

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api.arn
  }
}
```

## Good
```hcl
resource "aws_lb_target_group" "api" {
  port             = 8080
  protocol         = "HTTP"
  protocol_version = "GRPC"
  vpc_id           = "vpc-0123456789abcdef0"
}

resource "aws_lb_listener" "api" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/api/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-0000-0000-000000000000"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api.arn
  }
}

resource "aws_lb_target_group" "mqtt" {
  port     = 1883
  protocol = "TCP"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_listener" "mqtt" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/mqtt/0123456789abcdef"
  port              = 8883
  protocol          = "TLS"
  certificate_arn   = "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-0000-0000-000000000000"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.mqtt.arn
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Severity, rule
from auditor.views.decide import given
from auditor.views.load_balancer import LISTENERS, TARGET_GROUPS, forwarded

PAIRS = {
    "HTTP": ("HTTP", "HTTPS"),
    "HTTPS": ("HTTP", "HTTPS"),
    "TCP": ("TCP", "TCP_UDP"),
    "TLS": ("TLS", "TCP"),
    "UDP": ("UDP", "TCP_UDP"),
    "TCP_UDP": ("TCP_UDP",),
}
NEEDS_HTTPS = ("GRPC", "HTTP2")


@rule(
    target=LISTENERS,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    symptoms=(r"InvalidConfigurationRequest.*protocol", r"IncompatibleProtocols"),
)
def check(listener: Node, graph: Graph) -> Iterator[Fail]:
    protocol = listener.at("protocol")
    if not given(protocol):
        return
    mine = protocol.text or ""
    for arn in forwarded(listener):
        for group in graph.targets(arn, *TARGET_GROUPS.split()):
            theirs = group.at("protocol")
            if group.at("target_type").text in ("lambda", "alb") or mine not in PAIRS or not given(theirs):
                continue
            if theirs.text not in PAIRS[mine]:
                message = f"a {mine} listener cannot send to {group.address.text}, which speaks {theirs.text}"
                yield Fail(protocol, message, expected=f"a group of {' or '.join(PAIRS[mine])}", related=(theirs,))
                return
            version = group.at("protocol_version")
            if mine == "HTTP" and version.present and version.text in NEEDS_HTTPS:
                message = f"{group.address.text} speaks {version.text}, which needs an HTTPS listener"
                yield Fail(protocol, message, expected="HTTPS", related=(version,))
                return
