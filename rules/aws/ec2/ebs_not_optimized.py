"""An instance shares its network bandwidth with its volumes.

## Why it matters
On types of older generations EBS traffic and ordinary traffic use the same line unless `ebs_optimized` is set: a backup or a busy
network then slows down the disk, and the database with it. Newer types (all since 2015, T3 and later) always have a line of their own.

## Five whys
1. Why do queries stall when the nightly copy runs? The disk waits.
2. Why? Its traffic shares the network line of the instance.
3. Why? The instance type has no dedicated line for EBS unless one asks for it.
4. Why such a type? It was chosen years ago and never changed.

## Fix now
Move to a current type, which is cheaper as well: stop, `aws ec2 modify-instance-attribute --instance-id i-… --instance-type m6i.large`,
start. Or, on the same type (not T2): `--ebs-optimized`, also with the instance stopped.

## Workaround
Run copies and backups when the application is idle, and limit their bandwidth (`rsync --bwlimit`).

## Prevent
Allow only current families by policy (`ec2:InstanceType` in an SCP, or a `validation` block on the variable).

## Validate
`aws ec2 describe-instance-types --instance-types TYPE --query 'InstanceTypes[].EbsInfo.EbsOptimizedSupport'` prints default, or the
instance's `EbsOptimized` is true.

## Bad
```hcl
resource "aws_instance" "old" { # finding
  ami           = "ami-0123456789abcdef0"
  instance_type = "m3.xlarge"
}
```

## Good
```hcl
resource "aws_instance" "old" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m3.xlarge"
  ebs_optimized = true
}

resource "aws_instance" "current" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m6i.large"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

OLD = frozenset({"t1", "t2", "m1", "m2", "m3", "c1", "c3", "r3", "g2", "i2", "hs1", "cc2", "cr1", "cg1", "hi1"})
"""Families without a line of their own for EBS by default."""
WITHOUT = frozenset({"t1", "t2"})
"""Families that cannot have one."""


@rule(target="aws_instance", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_AWS_135")
def check(instance: Node) -> Iterator[Fail]:
    optimized, type_ = instance.at("ebs_optimized"), instance.at("instance_type")
    if optimized.flag or instance.at("launch_template").present:
        return
    family = (type_.text or "").partition(".")[0]
    if not family or family in OLD:
        message = f"volumes of {type_.text or 'the instance'} share its network line"
        expected = "a current type" if family in WITHOUT else "a current type, or ebs_optimized = true"
        yield Fail(optimized, message, expected=expected)
