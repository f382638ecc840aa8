"""A security group lets all traffic out to the whole internet.

## Why it matters
After a break-in the first things that happen are outgoing: fetching tools, sending data away, joining a botnet. A group that only
lets out what the service needs turns many incidents into an error in a log. It is the default of the console, so it says nothing
about intent.

## Five whys
1. Why could the data leave? The connection to the attacker's server was allowed.
2. Why? The group lets every protocol out to every address.
3. Why? The console creates groups that way, and the code was written to match.
4. Why did nobody narrow it? Nobody had listed what the service talks to.

## Fix now
Nothing is on fire: find out what the service talks to (VPC flow logs: `fields @timestamp, dstAddr, dstPort | filter action="ACCEPT"
| stats count() by dstAddr, dstPort`), then replace the rule by HTTPS to the internet and the data stores by security group.

## Workaround
Block by name instead of address: Route 53 Resolver DNS Firewall with a list of allowed domains for the VPC.

## Prevent
Let the module ask for the destinations; use VPC endpoints (S3, ECR, Secrets Manager), so that no public range is needed at all.

## Validate
`aws ec2 describe-security-group-rules --filters Name=group-id,Values=sg-… --query "SecurityGroupRules[?IsEgress]"` shows no `-1`
to `0.0.0.0/0`; the service still starts, pulls its image and answers its health check.

## Bad
```hcl
resource "aws_security_group" "worker" {
  name = "worker"

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"] # finding
  }
}

resource "aws_vpc_security_group_egress_rule" "ipv6" {
  security_group_id = aws_security_group.worker.id
  ip_protocol       = "-1"
  cidr_ipv6         = "::/0" # finding
}
```

## Good
```hcl
resource "aws_security_group" "worker" {
  name = "worker"

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_security_group_rule" "https" {
  type              = "egress"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["0.0.0.0/0"]
  security_group_id = aws_security_group.worker.id
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
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_382 AVD-AWS-0104 aws-ec2-no-public-egress-sgr aws-vpc-no-public-egress-sgr",
)
def check(opening: Opening) -> Iterator[Fail]:
    if every(lambda: opening.anywhere, lambda: opening.traffic.all_ports):
        yield Fail(opening.peer, f"{opening.traffic.words} may leave to {opening.peer_words}", expected="what the service needs")
