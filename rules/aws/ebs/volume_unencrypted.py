"""An EBS volume is not encrypted.

## Why it matters
Whoever gets a snapshot of it (shared by mistake, copied by a stolen role) reads the data. A volume cannot be encrypted in place, so the
longer it lives, the more it costs to mend.

## Five whys
1. Why is the data readable in another account? Its snapshot was shared and is in clear text.
2. Why? Snapshots inherit from the volume, which is not encrypted.
3. Why not? `encrypted` was not set, and neither is the default of the account.

## Fix now
Changing `encrypted` in Terraform replaces the volume and loses its data. Copy instead: `aws ec2 create-snapshot --volume-id vol-…`,
`aws ec2 copy-snapshot --encrypted --source-snapshot-id snap-… --source-region REGION`, `aws ec2 create-volume --snapshot-id snap-NEW
--availability-zone AZ`, swap the attachment with the service stopped, then import the new volume into the state.

## Workaround
Keep its snapshots private: `aws ec2 enable-snapshot-block-public-access --state block-all-sharing`.

## Prevent
`aws_ebs_encryption_by_default` in each region: then nobody can forget it.

## Validate
`aws ec2 describe-volumes --volume-ids vol-… --query 'Volumes[].[Encrypted,KmsKeyId]'` prints true and a key.

## Bad
```hcl
resource "aws_ebs_volume" "data" { # finding
  availability_zone = "eu-west-1a"
  size              = 100
}
```

## Good
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = true
}

```

The account does it for every volume:
```hcl
resource "aws_ebs_encryption_by_default" "region" {
  enabled = true
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.ebs_volume import attachments, unencrypted


@rule(
    target="aws_ebs_volume",
    severity=Severity.HIGH,
    aliases="CKV_AWS_3 AVD-AWS-0026 aws-ec2-enable-volume-encryption aws-ebs-enable-volume-encryption FG_R00016",
)
def check(volume: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if unencrypted(resource, graph) and not attachments(resource, graph):
        yield Fail(volume.at("encrypted"), "the volume is not encrypted", expected="encrypted = true")
