"""An image is registered with volumes that are not encrypted.

## Why it matters
Every instance that is started from the image gets a volume in clear text, and sharing the image shares whatever was left on its disk.

## Five whys
1. Why are the root volumes of the fleet in clear text? The image's block devices are.
2. Why? `encrypted` is not set where the image is registered.
3. Why not? The snapshot that it is made from was taken from an unencrypted volume.

## Fix now
Make an encrypted copy and use that: `aws ec2 copy-image --source-image-id ami-… --source-region REGION --name NAME --encrypted
--kms-key-id KEY`, change the launch template to the new id and refresh the group (`aws autoscaling start-instance-refresh`).

## Workaround
Set `encrypted = true` for the root device in the launch template: EC2 encrypts the volume at launch.

## Prevent
Let the image pipeline encrypt (`encrypt_boot` and `kms_key_id` in Packer; the distribution settings in Image Builder).

## Validate
`aws ec2 describe-images --image-ids ami-… --query 'Images[].BlockDeviceMappings[].Ebs.Encrypted'` prints true for each device.

## Bad
```hcl
resource "aws_ami" "app" {
  name             = "app"
  root_device_name = "/dev/xvda"

  ebs_block_device { # finding
    device_name = "/dev/xvda"
    volume_size = 20
  }
}
```

## Good
```hcl
resource "aws_ami" "app" {
  name             = "app"
  root_device_name = "/dev/xvda"

  ebs_block_device {
    device_name = "/dev/xvda"
    volume_size = 20
    encrypted   = true
  }
}

resource "aws_ami" "restored" {
  name             = "restored"
  root_device_name = "/dev/xvda"

  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = "snap-0123456789abcdef0"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="aws_ami", each="ebs_block_device", severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="CKV_AWS_204")
def check(device: Node) -> Iterator[Fail]:
    encrypted = device.at("encrypted")
    if encrypted.flag or (encrypted.missing and device.at("snapshot_id").text):
        return
    yield Fail(encrypted, "the image's volume is not encrypted", expected="encrypted = true")
