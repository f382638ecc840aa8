"""An instance has no role.

## Why it matters
Software on it that calls AWS then needs access keys, which end up in files and never expire. Without a role Session Manager and the
CloudWatch agent do not work either, so in an incident there is neither a shell nor a metric for memory and disk.

## Five whys
1. Why was an access key found on the host? A script on it calls AWS.
2. Why with a key? The instance has no role that it could use.
3. Why not? `iam_instance_profile` was left out when it was first needed for nothing.

## Fix now
`aws ec2 associate-iam-instance-profile --instance-id i-… --iam-instance-profile Name=PROFILE` works on a running instance. Start with
`AmazonSSMManagedInstanceCore`, and set `iam_instance_profile` in the code.

## Workaround
Systems Manager's Default Host Management Configuration gives Session Manager to instances without a profile (agent 3.2.582 or
newer, IMDSv2).

## Prevent
Let the module that creates instances create a profile as well.

## Validate
On the host `aws sts get-caller-identity` prints an `assumed-role`; `aws ssm describe-instance-information` lists the instance.

## Bad
```hcl
resource "aws_instance" "worker" { # finding
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
}
```

## Good
```hcl
resource "aws_instance" "worker" {
  ami                  = "ami-0123456789abcdef0"
  instance_type        = "t3.small"
  iam_instance_profile = "worker"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import given


@rule(target="aws_instance", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV2_AWS_41 FG_R00253")
def check(instance: Node) -> Iterator[Fail]:
    profile = instance.at("iam_instance_profile")
    if not given(profile) and instance.at("launch_template").missing:
        yield Fail(profile, "the instance has no role", expected="iam_instance_profile")
