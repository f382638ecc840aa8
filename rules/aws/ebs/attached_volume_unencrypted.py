"""A volume that is attached to an instance is not encrypted.

## Why it matters
An attached volume holds live data, and its snapshots go wherever backups go. It is also the one that is hardest to mend: encryption
means a copy and a swap while the service is stopped.

## Five whys
1. Why does the auditor find production data in clear text? It is on an attached volume without encryption.
2. Why was it attached so? The attachment does not care, and the volume was older than the policy.

## Fix now
Plan a window: stop the service, `aws ec2 create-snapshot --volume-id vol-…`, `aws ec2 copy-snapshot --encrypted …`, create a volume
from the copy in the same zone, `aws ec2 detach-volume`, `aws ec2 attach-volume` with the same device name, start, compare, delete the
old one.

## Workaround
Encrypt in the guest (LUKS, or transparent encryption of the database) until the window.

## Prevent
`aws_ebs_encryption_by_default` for the region, and `encrypted = true` on every `aws_ebs_volume`.

## Validate
`aws ec2 describe-volumes --filters Name=attachment.status,Values=attached Name=encrypted,Values=false --query 'Volumes[].VolumeId'`
prints an empty list.

## Bad
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = false # finding
}

resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.data.id
  instance_id = "i-0123456789abcdef0"
}
```

## Good
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = true
}

resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.data.id
  instance_id = "i-0123456789abcdef0"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.ebs_volume import attachments, unencrypted


@rule(
    target="aws_ebs_volume",
    severity=Severity.HIGH,
    aliases="CKV2_AWS_2 CKV_AWS_3 AVD-AWS-0026 aws-ec2-enable-volume-encryption aws-ebs-enable-volume-encryption FG_R00016",
)
def check(volume: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if unencrypted(resource, graph):
        for attachment in attachments(resource, graph):
            message = f"the volume is not encrypted, and {attachment.address.text} attaches it"
            yield Fail(volume.at("encrypted"), message, expected="encrypted = true", related=(attachment.body,))
            return
