"""A port other than 80 and 443 is open to the whole internet.

## Why it matters
Public services speak HTTPS. Another port that the whole internet may use is most often something internal (an application server
behind the load balancer, a management page, a message broker) that was never meant to be public.

## Five whys
1. Why can strangers call the application around the load balancer and its WAF? Its own port is public.
2. Why is it? The security group lets the port in from every address.
3. Why not from the load balancer only? The rule was written with addresses before there was a group to refer to.

## Fix now
Replace the range by the group of the caller: `security_groups = [aws_security_group.lb.id]`, or in the account:
`aws ec2 authorize-security-group-ingress --group-id sg-APP --protocol tcp --port 8080 --source-group sg-LB`, then revoke the wide rule.

## Workaround
When the port is public on purpose (a game server, MQTT, SMTP), suppress the finding on that line with the reason.

## Prevent
Only load balancers have public ranges in their rules; everything else refers to security groups.

## Validate
`aws ec2 describe-security-group-rules --filters Name=group-id,Values=sg-…` shows public ranges for 80 and 443 only.

## Bad
```hcl
resource "aws_security_group" "app" {
  name = "app"

  ingress {
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["0.0.0.0/0"] # finding
  }
}
```

Not only port 443, but everything up to it:
```hcl
resource "aws_security_group" "app" {
  name = "app"

  ingress {
    protocol    = "udp"
    from_port   = 442
    to_port     = 443
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

  ingress {
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["10.0.0.0/8"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.decide import every
from auditor.views.ingress import INBOUND, Opening, inbound
from auditor.views.ports import KNOWN, WEB


@rule(
    target=INBOUND,
    each=inbound,
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="FG_R00377 aws-vpc-no-public-ingress-sgr",
)
def check(opening: Opening) -> Iterator[Fail]:
    if every(lambda: opening.anywhere, lambda: _unusual(opening)):
        yield Fail(opening.peer, f"{opening.traffic.words} is open to {opening.peer_words}", expected="80 and 443 at most")


def _unusual(opening: Opening) -> bool:
    """Whether it is more than a web port, and no port of which another rule speaks."""
    for protocol in ("tcp", "udp"):
        ports = opening.traffic.ports(protocol)
        if ports is not None and not opening.traffic.all_ports:
            first, last = ports
            spoken_of = any(first <= port <= last for port in (KNOWN - WEB if protocol == "tcp" else ()))
            return not spoken_of and not (first == last and first in WEB)
    return False
