"""A database or cache port is open to the whole internet.

## Why it matters
Databases on the internet are found by scanners within hours, and most of these engines (Redis, Elasticsearch, MongoDB, Memcached,
etcd) answer without a password unless somebody set one. The usual end is a copied or deleted data set with a note that asks for money.

## Five whys
1. Why is the data set gone? Somebody outside connected to the database and dropped it.
2. Why could they connect? The security group lets the port in from every address.
3. Why every address? A developer or a tool had to reach the database from outside the VPC.
4. Why not through the VPC? There was no tunnel or bastion, and the database had a public address.

## Fix now
`aws ec2 revoke-security-group-ingress --group-id sg-… --security-group-rule-ids sgr-…`; let the application's security group in
instead (`referenced_security_group_id`). Then check who connected: VPC flow logs for the port, and the engine's own connection log.

## Workaround
For people: `aws ssm start-session --target i-… --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters
host=DB_HOST,portNumber=5432,localPortNumber=5432`. Nothing has to be open for that.

## Prevent
Put data stores in subnets without a route to an internet gateway, and refer to security groups instead of addresses in their rules.

## Validate
`nc -vz -w 5 PUBLIC_IP PORT` from outside times out; `aws ec2 describe-security-group-rules --filters Name=group-id,Values=sg-…`
shows no `0.0.0.0/0` or `::/0` for the port.

## Bad
```hcl
resource "aws_security_group" "data" {
  name = "data"

  ingress {
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["0.0.0.0/0"] # finding
  }

  ingress {
    protocol    = "tcp"
    from_port   = 27017
    to_port     = 27019
    cidr_blocks = ["0.0.0.0/0"] # finding
  }
}
```

## Good
```hcl
resource "aws_security_group" "data" {
  name = "data"

  ingress {
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = ["sg-0123456789abcdef0"]
  }

  ingress {
    protocol    = "tcp"
    from_port   = 6379
    to_port     = 6379
    cidr_blocks = ["10.20.0.0/16"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.ingress import INBOUND, Opening, inbound, named_ports
from auditor.views.ports import DATABASES


@rule(
    target=INBOUND,
    each=inbound,
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="FG_R00377 aws-vpc-no-public-ingress-sgr",
)
def check(opening: Opening) -> Iterator[Fail]:
    if found := named_ports(opening, DATABASES):
        are = "are" if "," in found else "is"
        yield Fail(opening.peer, f"{found} {are} open to {opening.peer_words}", expected="the application's security group")
