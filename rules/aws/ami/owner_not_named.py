"""An image is looked up by name, whoever owns it.

## Why it matters
Anybody can publish an image under a name that fits the filter. With `most_recent` the newest wins, so the next apply starts a
stranger's machine inside the VPC, with your role ("whoAMI").

## Five whys
1. Why does an unknown program run on a new instance? It is part of the image.
2. Why that image? Its name fits the filter, and it is newer than the real one.
3. Why was a stranger's image considered? The lookup names no owner.

## Fix now
Name the owner: `owners = ["amazon"]`, `["099720109477"]` (Canonical), or your own account. Then see what runs:
`aws ec2 describe-images --image-ids ami-… --query 'Images[].[OwnerId,ImageOwnerAlias,Name]'`.

## Workaround
Pin the id of an image that was checked.

## Prevent
Allowed AMIs: `aws ec2 replace-image-criteria-in-allowed-images-settings --image-criteria 'ImageProviders=amazon,111122223333'`, then
`aws ec2 enable-allowed-images-settings --allowed-images-settings-state enabled`. Or read the id from a public SSM parameter of the
vendor.

## Validate
`terraform plan` shows an image whose owner is the expected one (`data.aws_ami.NAME.owner_id`).

## Bad
```hcl
data "aws_ami" "ubuntu" { # finding
  most_recent = true

  filter {
    name   = "name"
    values = ["ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*"]
  }
}
```

## Good
```hcl
data "aws_ami" "ubuntu" {
  most_recent = true
  owners      = ["099720109477"]

  filter {
    name   = "name"
    values = ["ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*"]
  }
}

data "aws_ami" "base" {
  most_recent = true

  filter {
    name   = "owner-alias"
    values = ["amazon"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

OWNER_FILTERS = frozenset({"owner-id", "owner-alias", "image-id"})


@rule(target="data.aws_ami", severity=Severity.MEDIUM, aliases="CKV_AWS_386 AVD-AWS-0344 aws-ami-ensure-ami-has-owners")
def check(lookup: Node) -> Iterator[Fail]:
    owners = lookup.at("owners")
    if owners.missing and lookup.at("most_recent").flag and not any(name.text in OWNER_FILTERS for name in lookup.each("filter.name")):
        yield Fail(owners, "the newest image of that name is taken, whoever owns it", expected="owners")
