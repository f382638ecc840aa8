"""A port for remote administration is open to the whole internet.

## Why it matters
Telnet, WinRM, VNC, the Docker and kubelet APIs, Salt, Consul and the consoles of monitoring tools give control over the host or
the cluster to whoever can connect, several of them without any password.

## Five whys
1. Why does the host mine coins for a stranger? Somebody started a container or a shell on it.
2. Why could they? The administration port answered to their address.
3. Why? The security group lets it in from everywhere.
4. Why was it opened? An agent or a console had to be reached once from outside, and the rule was kept.

## Fix now
`aws ec2 revoke-security-group-ingress --group-id sg-… --security-group-rule-ids sgr-…` and remove the rule from the code. Take the host
for compromised until its processes, containers and users have been looked at: these ports are attacked within hours.

## Workaround
Forward the port over Session Manager: `aws ssm start-session --target i-… --document-name AWS-StartPortForwardingSession
--parameters portNumber=PORT,localPortNumber=PORT`.

## Prevent
Let the daemon listen on localhost or on a private interface, and open it by security group for the machines that manage it.

## Validate
`nc -vz -w 5 PUBLIC_IP PORT` from outside times out, and `aws ec2 describe-security-group-rules --filters
Name=group-id,Values=sg-…` shows no public range for the port.

## Bad
```hcl
resource "aws_security_group" "docker" {
  name = "docker"

  ingress {
    protocol    = "tcp"
    from_port   = 2375
    to_port     = 2376
    cidr_blocks = ["0.0.0.0/0"] # finding
  }
}
```

## Good
```hcl
resource "aws_security_group" "docker" {
  name = "docker"

  ingress {
    protocol        = "tcp"
    from_port       = 2376
    to_port         = 2376
    security_groups = ["sg-0123456789abcdef0"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.ingress import INBOUND, Opening, inbound, named_ports
from auditor.views.ports import ADMINISTRATION


@rule(
    target=INBOUND,
    each=inbound,
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="FG_R00377 aws-vpc-no-public-ingress-sgr",
)
def check(opening: Opening) -> Iterator[Fail]:
    if found := named_ports(opening, ADMINISTRATION):
        are = "are" if "," in found else "is"
        yield Fail(opening.peer, f"{found} {are} open to {opening.peer_words}", expected="the machines that manage the host")
