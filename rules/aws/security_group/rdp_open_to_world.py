"""Remote Desktop is open to the whole internet.

## Why it matters
Port 3389 is where most ransomware comes in: passwords are tried by the million, and flaws such as BlueKeep need no password. Who
is in has a desktop inside the VPC and, on a domain member, a start towards the domain controller.

## Five whys
1. Why is the Windows host locked or encrypted? Somebody logged in over Remote Desktop.
2. Why could they try? The security group lets TCP 3389 in from every address.
3. Why every address? The administrators work from changing addresses and there was no gateway.
4. Why no gateway? Fleet Manager, a Remote Desktop gateway or a VPN was never part of the design.
5. Why did it stay? The rule was meant for the setup, and nothing asked for its removal.

## Fix now
`aws ec2 revoke-security-group-ingress --group-id sg-… --protocol tcp --port 3389 --cidr 0.0.0.0/0`, and take the rule out of the
code. Then look for logins: event 4624 with logon type 10 in the Windows security log since the rule exists.

## Workaround
Tunnel instead: `aws ssm start-session --target i-… --document-name AWS-StartPortForwardingSession --parameters
portNumber=3389,localPortNumber=13389`, and connect to `localhost:13389`. No rule is needed for that.

## Prevent
Use Fleet Manager or a Remote Desktop gateway behind a VPN, and refuse `0.0.0.0/0` in the module's CIDR variable.

## Validate
`aws ec2 describe-security-group-rules --filters Name=group-id,Values=sg-…` shows no rule for 3389 with `0.0.0.0/0` or `::/0`;
`nc -vz -w 5 PUBLIC_IP 3389` from outside times out.

## Bad
```hcl
resource "aws_security_group" "jump" {
  name = "jump"

  ingress {
    protocol    = "tcp"
    from_port   = 3389
    to_port     = 3389
    cidr_blocks = ["0.0.0.0/0"] # finding
  }
}

resource "aws_vpc_security_group_ingress_rule" "rdp" {
  security_group_id = aws_security_group.jump.id
  ip_protocol       = "tcp"
  from_port         = 3000
  to_port           = 4000
  cidr_ipv6         = "::/0" # finding
}
```

## Good
```hcl
resource "aws_vpc_security_group_ingress_rule" "rdp" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "tcp"
  from_port         = 3389
  to_port           = 3389
  cidr_ipv4         = "203.0.113.0/24"
}

resource "aws_vpc_security_group_ingress_rule" "web" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.ingress import INBOUND, Opening, inbound
from auditor.views.ports import RDP


@rule(
    target=INBOUND,
    each=inbound,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_AWS_25 AVD-AWS-0107 aws-ec2-no-public-ingress-sgr FG_R00087 FG_R00377 aws-vpc-no-public-ingress-sgr",
)
def check(opening: Opening) -> Iterator[Fail]:
    if opening.world("tcp", RDP):
        yield Fail(opening.peer, f"Remote Desktop (TCP 3389) is open to {opening.peer_words}", expected="the addresses of administrators")
