"""Unencrypted HTTP is open to the whole internet.

## Why it matters
What comes in on port 80 can be read and changed on the way: session cookies, forms, downloads. On a load balancer that only
redirects to HTTPS this is wanted; on an instance or a container it means that the application itself answers in clear text.

## Five whys
1. Why can a session be stolen on a public network? Its cookie went over HTTP.
2. Why over HTTP? The application answers on port 80.
3. Why can anybody reach that? The security group lets TCP 80 in from every address.
4. Why is it there? It came with the first setup, before there was a certificate.

## Fix now
Behind a load balancer: let only its security group in (`security_groups = [aws_security_group.lb.id]`). On the load balancer itself:
keep the port if its listener redirects to HTTPS, and suppress this finding there with that reason.

## Workaround
Redirect at the server (`return 301 https://$host$request_uri;`) and set `Strict-Transport-Security`, so that browsers stop using 80.

## Prevent
One security group for the load balancer, one for the targets; only the first ever has a public range.

## Validate
`curl -sI http://HOST/` answers with 301 and `location: https://…`, or does not connect; `aws ec2 describe-security-group-rules
--filters Name=group-id,Values=sg-…` shows port 80 with a source group only.

## Bad
```hcl
resource "aws_security_group" "app" {
  name = "app"

  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"] # finding
  }
}
```

## Good
```hcl
resource "aws_security_group" "lb" {
  name = "lb"

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "app" {
  name = "app"

  ingress {
    protocol        = "tcp"
    from_port       = 80
    to_port         = 80
    security_groups = [aws_security_group.lb.id]
  }
}
```

```hcl
resource "aws_security_group" "door" {
  name = "door"

  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "shop" { # whose listener on port 80 sends everybody to HTTPS
  name            = "shop"
  security_groups = [aws_security_group.door.id]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.ingress import GROUPS, INBOUND, Opening, inbound


@rule(target=INBOUND, each=inbound, severity=Severity.LOW, confidence=Confidence.LIKELY, aliases="CKV_AWS_260 FG_R00041")
def check(opening: Opening, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if opening.world("tcp", 80) and not _of_balancer(resource, graph):
        yield Fail(opening.peer, f"HTTP (TCP 80) is open to {opening.peer_words}", expected="the load balancer's security group")


def _of_balancer(resource: Resource, graph: Graph) -> bool:
    """Whether it is the door of a load balancer, whose listeners have rules of their own."""
    groups = (resource,) if resource.kind in GROUPS else graph.targets(resource.at("security_group_id"), *GROUPS.split())
    return any(graph.attached(group, "security_groups", "aws_lb", "aws_alb", "aws_elb") for group in groups)
