"""Volumes of an image recipe are not encrypted with a key of your own.

## Why it matters
Every instance that is started from the image has a volume that anybody with `ec2:CreateSnapshot` and `ModifySnapshotAttribute` can give
away.

## Five whys
1. Why was a snapshot readable in a foreign account? Its volume was not encrypted.
2. Why? The recipe's `ebs` block does not ask for it.

## Fix now
A new version of the recipe with `encrypted = true` and `kms_key_id`; build, and start new instances from it.

## Workaround
`aws ec2 enable-ebs-encryption-by-default` for the region.

## Prevent
Both in the module.

## Validate
`aws ec2 describe-images --image-ids ami-… --query 'Images[].BlockDeviceMappings[].Ebs.[Encrypted,KmsKeyId]'`.

## Bad
```hcl
resource "aws_imagebuilder_image_recipe" "base" {
  name         = "base"
  parent_image = "ami-0123456789abcdef0"
  version      = "1.0.0"

  block_device_mapping {
    device_name = "/dev/xvda"

    ebs { # finding
      volume_size = 20
      volume_type = "gp3"
    }
  }
}
```

## Good
```hcl
resource "aws_imagebuilder_image_recipe" "base" {
  name         = "base"
  parent_image = "ami-0123456789abcdef0"
  version      = "1.0.0"

  block_device_mapping {
    device_name = "/dev/xvda"

    ebs {
      volume_size = 20
      volume_type = "gp3"
      encrypted   = true
      kms_key_id  = "alias/images"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(target="aws_imagebuilder_image_recipe", each="block_device_mapping.ebs", severity=Severity.MEDIUM, aliases="CKV_AWS_200")
def check(volume: Node) -> Iterator[Fail]:
    encrypted, key = volume.at("encrypted"), volume.at("kms_key_id")
    if encrypted.missing or encrypted.flag is not True:
        yield Fail(encrypted, "volumes of the image are not encrypted", expected="encrypted = true with kms_key_id")
    elif lacks_own_key(key):
        yield Fail(key, "volumes of the image are not encrypted with a key of yours", expected="kms_key_id")
