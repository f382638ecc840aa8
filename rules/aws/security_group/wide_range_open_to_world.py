"""A whole range of ports is open to the internet.

## Why it matters
Whatever listens in the range today or will listen there tomorrow is public: debuggers, metrics, databases on unusual ports, the
ephemeral ports of programs that accept connections back. Nobody reviews a program for being on the internet when the rule was there first.

## Five whys
1. Why was the debugger reachable from the internet? Its port is in a range that is open to everybody.
2. Why such a range? It was meant for passive FTP, or for answers to connections that the host opens.
3. Why for answers? Network ACLs need that; security groups remember connections and do not.

## Fix now
Remove the rule and add the ports that are served: `aws ec2 revoke-security-group-ingress --group-id sg-… --ip-permissions
IpProtocol=tcp,FromPort=1024,ToPort=65535,IpRanges=[{CidrIp=0.0.0.0/0}]`. Answers still come in.

## Workaround
An entry in the subnet's network ACL that refuses the ports in which something listens.

## Prevent
One rule for each port, with a description that names the service.

## Validate
`aws ec2 describe-security-group-rules --filters Name=group-id,Values=sg-… --query
'SecurityGroupRules[?!IsEgress].[FromPort,ToPort,CidrIpv4]'` shows single ports.

## Bad
```hcl
resource "aws_security_group" "ftp" {
  name = "ftp"

  ingress {
    protocol    = "tcp"
    from_port   = 1024
    to_port     = 65535
    cidr_blocks = ["0.0.0.0/0"] # finding
  }
}

resource "aws_vpc_security_group_ingress_rule" "media" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "udp"
  from_port         = 10000
  to_port           = 11000
  cidr_ipv6         = "::/0" # finding
}
```

## Good
```hcl
resource "aws_security_group" "ftp" {
  name = "ftp"

  ingress {
    protocol    = "tcp"
    from_port   = 1024
    to_port     = 65535
    cidr_blocks = ["10.0.0.0/8"]
  }

  ingress {
    protocol    = "tcp"
    from_port   = 50000
    to_port     = 50999
    cidr_blocks = ["0.0.0.0/0"]
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Fail, Severity, rule
from auditor.views.decide import every
from auditor.views.ingress import INBOUND, Opening, inbound


@rule(target=INBOUND, each=inbound, severity=Severity.HIGH, options={"ports": 1000})  # our proposal
def check(opening: Opening, options: Mapping[str, Any]) -> Iterator[Fail]:
    if every(lambda: opening.anywhere, lambda: _count(opening) > options["ports"]):
        message = f"{_count(opening)} ports ({opening.traffic.words}) are open to {opening.peer_words}"
        yield Fail(opening.peer, message, expected="the ports that are served", actual=opening.traffic.words)


def _count(opening: Opening) -> int:
    """The ports of a range; none for all of them, which is a finding of its own."""
    if opening.traffic.all_ports:
        return 0
    found = [ports for protocol in ("tcp", "udp") if (ports := opening.traffic.ports(protocol)) is not None]
    return max((last - first + 1 for first, last in found), default=0)
