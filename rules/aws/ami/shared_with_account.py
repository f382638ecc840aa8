"""An image is shared with other accounts, or with everybody.

## Why it matters
Whoever may launch an image can read its disk: code, configuration, and whatever the build left behind. What is shared once can be
copied, and a copy cannot be called back.

## Five whys
1. Why does a stranger have our application? They launched our image and copied the files.
2. Why could they? The image may be launched by their account, or by all.
3. Why? Sharing was the quickest way to give it to another account of ours.

## Fix now
Take the permission back: `aws ec2 modify-image-attribute --image-id ami-… --launch-permission 'Remove=[{Group=all}]'` (or
`Remove=[{UserId=111122223333}]`). When it was public, treat every secret in the image as known and change it.

## Workaround
Share with the organization only: `organization_arn` in place of account ids.

## Prevent
Copy images to the accounts that need them in the pipeline; block public ones: `aws ec2 enable-image-block-public-access
--image-block-public-access-state block-new-sharing`.

## Validate
`aws ec2 describe-image-attribute --image-id ami-… --attribute launchPermission` prints an empty list, or the organization.

## Bad
```hcl
resource "aws_ami_launch_permission" "everybody" { # finding
  image_id = "ami-0123456789abcdef0"
  group    = "all"
}

resource "aws_ami_launch_permission" "partner" { # finding
  image_id   = "ami-0123456789abcdef0"
  account_id = "444455556666"
}
```

## Good
```hcl
resource "aws_ami_launch_permission" "organization" {
  image_id         = "ami-0123456789abcdef0"
  organization_arn = "arn:aws:organizations::111122223333:organization/o-example1234"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import given


@rule(target="aws_ami_launch_permission", severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="CKV_AWS_205")
def check(permission: Node) -> Iterator[Fail]:
    if permission.at("group").text == "all":
        yield Fail(permission, "everybody may launch the image", expected="organization_arn")
    elif not given(permission.at("organization_arn")) and not given(permission.at("organizational_unit_arn")):
        yield Fail(permission, "another account may launch the image", expected="organization_arn")
