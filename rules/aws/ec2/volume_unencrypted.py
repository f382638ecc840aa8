"""A volume of an instance is not encrypted.

## Why it matters
Snapshots and copies of the volume are in clear text too, and one that is shared by mistake gives away everything on it. Encryption
cannot be switched on later: the volume has to be copied, which means downtime.

## Five whys
1. Why could the shared snapshot be read by another account? It is not encrypted.
2. Why not? Its volume was not.
3. Why not? Neither the block device nor the account's default asks for encryption.

## Fix now
For everything new, at once: `aws ec2 enable-ebs-encryption-by-default --region REGION`. What exists: snapshot the volume, `aws ec2
copy-snapshot --encrypted --source-snapshot-id snap-… --source-region REGION`, create a volume from the copy and swap it with the
instance stopped.

## Workaround
Keep data off it: put it on a separate, encrypted volume, and do not share the snapshots of this one.

## Prevent
`aws_ebs_encryption_by_default` in every region of every account; in launch templates `encrypted = true`.

## Validate
`aws ec2 describe-volumes --filters Name=attachment.instance-id,Values=i-… --query 'Volumes[].[VolumeId,Encrypted]'` prints true.

## Bad
```hcl
resource "aws_instance" "web" { # finding
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
}

resource "aws_launch_configuration" "web" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.small"

  root_block_device {
    encrypted = true
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    encrypted   = false # finding
  }
}
```

## Good
```hcl
resource "aws_instance" "web" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"

  root_block_device {
    encrypted = true
  }
}

resource "aws_instance" "restored" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"

  root_block_device {
    encrypted = true
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    snapshot_id = "snap-0123456789abcdef0"
  }
}
```

The account does it for every volume:
```hcl
resource "aws_ebs_encryption_by_default" "region" {}

resource "aws_instance" "web" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.ebs_volume import encrypted_by_default


def devices(resource: Resource, graph: Graph) -> Iterator[Node]:
    """The block devices; a root device that nobody describes is missing, and gets the defaults."""
    root = resource.at("root_block_device")
    if root.unknown or root.present:
        yield from resource.each("root_block_device")
    elif resource.kind == "aws_launch_configuration" or resource.at("launch_template").missing:
        yield root
    yield from resource.each("ebs_block_device")


@rule(
    target="aws_instance aws_spot_instance_request aws_launch_configuration",
    each=devices,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_8 AVD-AWS-0131 AVD-AWS-0008 aws-ec2-enable-at-rest-encryption aws-ec2-enable-launch-config-at-rest-encryption "
    "aws-autoscaling-enable-at-rest-encryption",
)
def check(device: Node, graph: Graph) -> Iterator[Fail]:
    encrypted = device.at("encrypted")
    if encrypted.flag or device.at("snapshot_id").text or device.at("no_device").flag:
        return
    if not encrypted_by_default(graph):
        yield Fail(encrypted, "the volume is not encrypted", expected="encrypted = true")
