"""A security group lets some ports out to any address on the internet.

## Why it matters
Even one port to every address is enough to carry data away; 443 most of all. This is a hint for groups around data that must
not leave, not a fault of an ordinary service.

## Five whys
1. Why could a stolen credential be sent to a stranger's server? The group lets HTTPS out to every address.
2. Why to every address? The service calls public APIs whose addresses change.
3. Why not through something that knows names? No proxy, DNS firewall or endpoint is in place.

## Fix now
For AWS services: create interface or gateway endpoints and let the port out to their security group or prefix list only
(`aws ec2 describe-managed-prefix-lists` lists the ones of S3 and DynamoDB).

## Workaround
Route 53 Resolver DNS Firewall: `aws route53resolver create-firewall-rule` with the domains that may be resolved.

## Prevent
Send traffic to the internet through Network Firewall with a list of domains, and keep sensitive workloads in subnets without NAT.

## Validate
From the host, `curl -m 5 https://example.com` fails, and the service's own calls succeed.

## Bad
```hcl
resource "aws_security_group" "vault" {
  name = "vault"

  egress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"] # finding
  }
}
```

## Good
```hcl
resource "aws_security_group" "vault" {
  name = "vault"

  egress {
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    security_groups = ["sg-0123456789abcdef0"]
    cidr_blocks     = ["10.0.0.0/16"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.decide import every
from auditor.views.ingress import OUTBOUND, Opening, outbound


@rule(
    target=OUTBOUND,
    each=outbound,
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="AVD-AWS-0104 aws-ec2-no-public-egress-sgr aws-vpc-no-public-egress-sgr",
)
def check(opening: Opening) -> Iterator[Fail]:
    if every(lambda: opening.anywhere, lambda: not opening.traffic.all_ports):
        yield Fail(opening.peer, f"{opening.traffic.words} may leave to {opening.peer_words}", expected="the addresses that it needs")
