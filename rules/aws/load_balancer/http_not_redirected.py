"""An application load balancer answers HTTP without sending clients to HTTPS.

## Why it matters
People type names without `https://`, and old links and bookmarks have `http://`. Without a redirect they stay there, and every later
click too, although an encrypted way exists.

## Five whys
1. Why do a third of the visitors use HTTP? They came in over a link with `http://`.
2. Why do they stay? Nothing sends them to HTTPS.
3. Why not? The listener on port 80 forwards to the application.

## Fix now
`aws elbv2 modify-listener --listener-arn ARN --default-actions
'Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}'`, and the same in the code.

## Workaround
`Strict-Transport-Security` on the HTTPS answers keeps returning browsers on HTTPS; the first visit stays open.

## Prevent
A module for load balancers with the redirect built in; HTTPS in every link that you send.

## Validate
`curl -sI http://HOST/path?x=1` answers 301 with `location: https://HOST:443/path?x=1`.

## Bad
```hcl
resource "aws_lb" "web" { # finding
  name    = "web"
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"
  }
}
```

## Good
```hcl
resource "aws_lb" "web" {
  name    = "web"
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.web.arn
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
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.load_balancer import BALANCERS, balancer_type, listeners, only_fixed_responses, redirects_to_https


@rule(target=BALANCERS, severity=Severity.LOW, aliases="CKV2_AWS_20")
def check(balancer: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if balancer_type(balancer) != "application":
        return
    for listener in listeners(resource, graph):
        body = listener.body
        if body.at("protocol").text == "HTTP" and not redirects_to_https(body) and not only_fixed_responses(body):
            message = f"{listener.address.text} answers HTTP without sending clients to HTTPS"
            yield Fail(balancer, message, expected="a redirect to HTTPS", related=(body.at("protocol"),))
            return
