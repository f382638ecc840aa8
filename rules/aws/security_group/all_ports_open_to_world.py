"""Every port is open to the whole internet.

## Why it matters
There is no firewall any more: whatever listens today, and whatever somebody starts tomorrow (a debugger, a metrics endpoint, a
database in a container), is on the internet at once.

## Five whys
1. Why could a stranger talk to an internal service? Its port answers on the public address.
2. Why? A rule of the security group lets all ports in from everywhere.
3. Why all ports? The right ones were not known when the connection did not work, and this made it work.
4. Why did it stay? A rule that lets too much through never breaks anything.

## Fix now
List what really listens (`ss -tlnp` on the instance, or `aws ec2 describe-network-interfaces --filters Name=group-id,Values=sg-…`
for who uses the group), write one rule for each of these ports with the source that needs it, then delete the wide rule:
`aws ec2 revoke-security-group-ingress --group-id sg-… --security-group-rule-ids sgr-…`.

## Workaround
Narrow the source while you find out the ports: `aws ec2 modify-security-group-rules --group-id sg-… --security-group-rules
'SecurityGroupRuleId=sgr-…,SecurityGroupRule={IpProtocol=-1,CidrIpv4=203.0.113.0/24}'`.

## Prevent
Let modules take a map of named ports, never a range; keep this rule in the merge gate.

## Validate
`aws ec2 describe-security-group-rules --filters Name=group-id,Values=sg-… --query
"SecurityGroupRules[?!IsEgress && IpProtocol=='-1']"` is empty, and a port scan from outside shows only what is meant.

## Bad
```hcl
resource "aws_security_group" "node" {
  name = "node"

  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"] # finding
  }
}

resource "aws_security_group_rule" "tcp" {
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 0
  to_port           = 65535
  ipv6_cidr_blocks  = ["::/0"] # finding
  security_group_id = aws_security_group.node.id
}
```

## Good
```hcl
resource "aws_security_group" "node" {
  name = "node"

  ingress {
    protocol  = "-1"
    from_port = 0
    to_port   = 0
    self      = true
  }

  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["10.0.0.0/16"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.decide import every
from auditor.views.ingress import INBOUND, Opening, inbound


@rule(
    target=INBOUND,
    each=inbound,
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="CKV_AWS_277 FG_R00045 FG_R00350 FG_R00377 aws-vpc-no-public-ingress-sgr",
)
def check(opening: Opening) -> Iterator[Fail]:
    if every(lambda: opening.anywhere, lambda: opening.traffic.all_ports):
        yield Fail(opening.peer, f"{opening.traffic.words} is open to {opening.peer_words}", expected="the ports meant to be public")
