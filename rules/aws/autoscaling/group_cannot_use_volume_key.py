"""An auto scaling group may not use the key that encrypts its volumes.

## Why it matters
Instances of a group are launched by its service-linked role. When the key policy does not let that role use the key and make grants,
every launch ends at once in `Client.InternalError: Client error on launch`: the group does not scale, and replaces no instance that
fails.

## Five whys
1. Why has the group too few instances? Each launch is ended within a minute.
2. Why? Its volume cannot be attached: the key may not be used.
3. Why? The key policy names neither AWSServiceRoleForAutoScaling nor the account.
4. Why does the same template work by hand? Whoever starts it by hand may use the key.

## Fix now
Give the role in the message the two statements of the guide ("Required KMS key policy for use with encrypted volumes"): use of the key,
and `kms:CreateGrant` with `kms:GrantIsForAWSResource`; `aws kms put-key-policy --key-id KEY --policy-name default --policy
file://policy.json`.

## Workaround
A grant does the same: `aws kms create-grant --key-id KEY --grantee-principal ROLE_ARN --operations Encrypt Decrypt ReEncryptFrom
ReEncryptTo GenerateDataKey GenerateDataKeyWithoutPlaintext DescribeKey CreateGrant`.

## Prevent
Take the key for volumes from a module that lets in `AWSServiceRoleForAutoScaling`.

## Validate
`aws autoscaling describe-scaling-activities --auto-scaling-group-name NAME --max-items 3 --query
'Activities[].[StatusCode,StatusMessage]'` shows Successful.

## Bad
```hcl
resource "aws_kms_key" "disks" {
  description = "disks"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:role/admin" }, Action = "kms:*", Resource = "*" },
    ]
  })
}

resource "aws_launch_template" "web" {
  name          = "web"
  image_id      = "ami-0abcdef1234567890"
  instance_type = "t3.small"

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted  = true
      kms_key_id = aws_kms_key.disks.arn # finding
    }
  }
}

resource "aws_autoscaling_group" "web" {
  name               = "web"
  min_size           = 2
  max_size           = 6
  availability_zones = ["eu-west-1a"]

  launch_template {
    id = aws_launch_template.web.id
  }
}
```

## Good
```hcl
data "aws_caller_identity" "current" {}

locals {
  service_roles = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/aws-service-role"
  launcher      = "${local.service_roles}/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
}

resource "aws_kms_key" "disks" {
  description = "disks"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:role/admin" }, Action = "kms:*", Resource = "*" },
      {
        Effect    = "Allow"
        Principal = { AWS = local.launcher }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey", "kms:CreateGrant"]
        Resource  = "*"
      },
    ]
  })
}

resource "aws_launch_template" "web" {
  name          = "web"
  image_id      = "ami-0abcdef1234567890"
  instance_type = "t3.small"

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted  = true
      kms_key_id = aws_kms_key.disks.arn
    }
  }
}

resource "aws_autoscaling_group" "web" {
  name               = "web"
  min_size           = 2
  max_size           = 6
  availability_zones = ["eu-west-1a"]

  launch_template {
    id = aws_launch_template.web.id
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.volumes import key_faults


@rule(
    target="aws_launch_template",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        r"Client\.InternalError: Client error on launch",
        r"Client\.InvalidKMSKey",
    ],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from key_faults(resource, graph)
