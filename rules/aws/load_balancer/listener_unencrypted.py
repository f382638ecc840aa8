"""A load balancer serves the application over plain HTTP.

## Why it matters
Everything between the client and the load balancer can be read and changed on the way: passwords in forms, session cookies, the pages
themselves. Browsers mark the site as not secure, and cookies with `Secure` are not sent at all.

## Five whys
1. Why was a session taken over on a public network? Its cookie was sent in clear text.
2. Why? The page answers over HTTP.
3. Why? The listener on port 80 forwards to the application instead of redirecting.
4. Why? It was the first listener, made before there was a certificate.

## Fix now
Add an HTTPS listener, then turn this one into a redirect, which takes effect at once: `aws elbv2 modify-listener --listener-arn ARN
--default-actions 'Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}'`. Rules of the listener act before its
default action: change those as well.

## Workaround
Let the application redirect when `X-Forwarded-Proto` is `http`, and send `Strict-Transport-Security`.

## Prevent
One module for load balancers that has HTTPS and the redirect built in; certificates from ACM, validated over DNS.

## Validate
`curl -sI http://HOST/ | head -1` prints 301; `aws elbv2 describe-listeners --load-balancer-arn ARN --query
'Listeners[].[Port,Protocol,DefaultActions[0].Type]'` shows HTTP with redirect only.

## Bad
```hcl
resource "aws_lb_listener" "web" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef"
  port              = 80
  protocol          = "HTTP" # finding

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"
  }
}
```

## Good
```hcl
resource "aws_lb_listener" "redirect" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef"
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "tcp" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/mqtt/0123456789abcdef"
  port              = 8883
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/mqtt/0123456789abcdef"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.load_balancer import LISTENERS, only_fixed_responses, redirects_to_https


@rule(
    target=LISTENERS,
    severity=Severity.HIGH,
    aliases="CKV_AWS_2 CKV_AWS_103 CKV_AWS_378 AVD-AWS-0054 aws-elb-http-not-used",
)
def check(listener: Node) -> Iterator[Fail]:
    protocol = listener.at("protocol")
    if protocol.text == "HTTP" and not redirects_to_https(listener) and not only_fixed_responses(listener):
        yield Fail(protocol, "the listener serves the application over plain HTTP", expected="HTTPS, or a redirect to it")
