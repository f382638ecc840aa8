"""An AWS access key is written into the user data of an instance.

## Why it matters
User data is not secret: everybody with `ec2:DescribeInstanceAttribute`, every process on the host and every reader of the repository
and the state can see it. A long-lived key that leaks there works from anywhere until somebody deletes it.

## Five whys
1. Why are machines running in a region that we do not use? Somebody has one of our keys.
2. Why? It was in the user data (and so in the repository, the state and the instance's attributes).
3. Why there? The script calls AWS, and needed credentials.
4. Why not a role? The instance has no instance profile.

## Fix now
The key is burnt: `aws iam update-access-key --access-key-id AKIA… --status Inactive --user-name USER`, look at what it did (`aws
cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=AKIA…`), then delete it. Give the instance a role
(`aws ec2 associate-iam-instance-profile`), and remove the lines from the script.

## Workaround
Until the role is there: read the key at start from Secrets Manager. Do not move it to another file of the repository.

## Prevent
Use instance profiles only; run a secret scanner before each commit; forbid `iam:CreateAccessKey` for humans and services by SCP.

## Validate
`aws ec2 describe-instance-attribute --instance-id i-… --attribute userData --query UserData.Value --output text | base64 -d | grep -c
AKIA` prints 0, and `aws iam list-access-keys --user-name USER` no longer lists the key.

## Bad
```hcl finding=4
resource "aws_instance" "worker" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  user_data     = <<-EOT
    #!/bin/sh
    export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE
    export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    aws s3 sync s3://example-app /srv/app
  EOT
}
```

## Good
```hcl
resource "aws_instance" "worker" {
  ami                  = "ami-0123456789abcdef0"
  instance_type        = "t3.small"
  iam_instance_profile = "worker"
  user_data            = <<-EOT
    #!/bin/sh
    aws s3 sync s3://example-app /srv/app
  EOT
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.secret import conceal
from auditor.views.user_data import KINDS, Script, scripts


@rule(
    target=KINDS,
    each=scripts,
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="CKV_AWS_46 AVD-AWS-0029 AVD-AWS-0129 aws-ec2-no-secrets-in-user-data aws-ec2-no-secrets-in-launch-template-user-data "
    "aws-autoscaling-no-secrets-in-user-data",
)
def check(script: Script) -> Iterator[Fail]:
    if line := script.access_key_line:
        message = f"line {line} of the user data holds an AWS access key"
        yield Fail(conceal(script.where), message, expected="an instance profile", secret=True)
