"""SSH is open to the whole internet.

## Why it matters
Every public address is scanned for port 22 within minutes. One weak password, one leaked key or one flaw in `sshd` is then
enough for a shell inside the VPC, with the instance's role and with a way to everything that trusts this group.

## Five whys
1. Why are there thousands of failed logins in the log? Strangers can reach `sshd`.
2. Why can they? A rule of the security group lets TCP 22 in from every address.
3. Why from every address? Whoever needed a shell had no fixed address, and `0.0.0.0/0` worked.
4. Why was there no other way in? No bastion, VPN or Session Manager was set up for the VPC.
5. Why did nobody notice? The rule works for its author, and nothing compares it with what should be reachable.

## Fix now
Give the rule the addresses that need it, or delete it and use Session Manager, which needs no open port:
`aws ec2 revoke-security-group-ingress --group-id sg-… --protocol tcp --port 22 --cidr 0.0.0.0/0`, then remove it from the code,
or the next apply opens it again.

## Workaround
While somebody needs the door: narrow it to one address, `aws ec2 authorize-security-group-ingress --group-id sg-… --protocol tcp
--port 22 --cidr $(curl -s https://checkip.amazonaws.com)/32`, and revoke the wide rule first.

## Prevent
Give instances the policy `AmazonSSMManagedInstanceCore`, connect with `aws ssm start-session --target i-…`, and let no module
take a CIDR list with `0.0.0.0/0` for port 22 (a `validation` block on the variable).

## Validate
`aws ec2 describe-security-group-rules --filters Name=group-id,Values=sg-… --query "SecurityGroupRules[?!IsEgress]"` shows no
rule for 22 with `0.0.0.0/0` or `::/0`; `nc -vz -w 5 PUBLIC_IP 22` from outside times out.

## Bad
```hcl
resource "aws_security_group" "bastion" {
  name = "bastion"

  ingress {
    protocol         = "tcp"
    from_port        = 22
    to_port          = 22
    cidr_blocks      = ["10.0.0.0/8", "0.0.0.0/0"] # finding
    ipv6_cidr_blocks = ["::/0"]                    # finding
  }
}
```

A range that contains the port, in a rule of its own:
```hcl
variable "admins" {
  default = ["0.0.0.0/0"] # finding
}

resource "aws_security_group_rule" "low_ports" {
  type              = "ingress"
  protocol          = "6"
  from_port         = 0
  to_port           = 1024
  cidr_blocks       = var.admins
  security_group_id = "sg-0123456789abcdef0"
}
```

All protocols include SSH:
```hcl
resource "aws_vpc_security_group_ingress_rule" "all" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0" # finding
}
```

## Good
```hcl
resource "aws_security_group" "bastion" {
  name = "bastion"

  ingress {
    protocol        = "tcp"
    from_port       = 22
    to_port         = 22
    cidr_blocks     = ["203.0.113.0/24"]
    security_groups = ["sg-0123456789abcdef0"]
  }

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group_rule" "ping" {
  type              = "ingress"
  protocol          = "icmp"
  from_port         = -1
  to_port           = -1
  cidr_blocks       = ["0.0.0.0/0"]
  security_group_id = aws_security_group.bastion.id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.ingress import INBOUND, Opening, inbound
from auditor.views.ports import SSH


@rule(
    target=INBOUND,
    each=inbound,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_AWS_24 AVD-AWS-0107 aws-ec2-no-public-ingress-sgr FG_R00085 FG_R00377 aws-vpc-no-public-ingress-sgr",
)
def check(opening: Opening) -> Iterator[Fail]:
    if opening.world("tcp", SSH):
        yield Fail(opening.peer, f"SSH (TCP 22) is open to {opening.peer_words}", expected="the addresses of administrators")
