"""A port for sharing files is open to the whole internet.

## Why it matters
FTP sends passwords in clear text; SMB, NetBIOS and RPC are how WannaCry and its successors travel; NFS and rsync trust the
address of the client. None of them was made to be met by strangers.

## Five whys
1. Why were the shared files read or encrypted? Somebody outside mounted the share.
2. Why could they reach it? The security group lets its port in from everywhere.
3. Why everywhere? A partner or a scanner uploads files, and its address was not known.
4. Why not by a service that is made for that? SFTP (AWS Transfer Family) or a bucket was not considered.

## Fix now
Replace the public range by the addresses of the partner: `aws ec2 modify-security-group-rules --group-id sg-… --security-group-rules
'SecurityGroupRuleId=sgr-…,SecurityGroupRule={IpProtocol=tcp,FromPort=445,ToPort=445,CidrIpv4=198.51.100.0/24}'`.

## Workaround
Exchange files through a bucket with presigned URLs (`aws s3 presign s3://BUCKET/KEY --expires-in 3600`) until the rule is gone.

## Prevent
Use SFTP or S3 for exchange with others; keep SMB and NFS between security groups of one VPC.

## Validate
`nc -vz -w 5 PUBLIC_IP 445` (21, 2049 …) from outside times out.

## Bad
```hcl
resource "aws_security_group_rule" "smb" {
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 135
  to_port           = 445
  cidr_blocks       = ["0.0.0.0/0"] # finding
  security_group_id = "sg-0123456789abcdef0"
}
```

## Good
```hcl
resource "aws_security_group_rule" "nfs" {
  type                     = "ingress"
  protocol                 = "tcp"
  from_port                = 2049
  to_port                  = 2049
  source_security_group_id = "sg-0aaaaaaaaaaaaaaaa"
  security_group_id        = "sg-0123456789abcdef0"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.ingress import INBOUND, Opening, inbound, named_ports
from auditor.views.ports import FILE_SHARING


@rule(
    target=INBOUND,
    each=inbound,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="FG_R00377 aws-vpc-no-public-ingress-sgr",
)
def check(opening: Opening) -> Iterator[Fail]:
    if found := named_ports(opening, FILE_SHARING):
        are = "are" if "," in found else "is"
        yield Fail(opening.peer, f"{found} {are} open to {opening.peer_words}", expected="the clients that share the files")
