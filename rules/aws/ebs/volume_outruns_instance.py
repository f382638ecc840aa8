"""Volumes are paid for more operations than their instance can pass on.

## Why it matters
Every instance type has a limit for all of its volumes together. What is provisioned above it is paid for and never reached, and the
database that was given a faster disk stays as slow as it was.

## Five whys
1. Why is the database still slow with 40,000 IOPS? The instance lets fewer through.
2. Why? Its type has a limit for EBS, which the volumes exceed together.
3. Why was that not seen? The limit stands in the table of instance types, not beside the volume.

## Fix now
Compare: `aws ec2 describe-instance-types --instance-types TYPE --query 'InstanceTypes[].EbsInfo.EbsOptimizedInfo'`. Take a larger size
(or a `b` type such as r6in), or lower what is provisioned: `aws ec2 modify-volume --volume-id vol-… --iops N`, without an interruption.

## Workaround
Move load that does not need the disk (temporary files, sort space) to instance storage.

## Prevent
Set type and IOPS in one place, with this comparison as a precondition.

## Validate
The metrics `EBSIOBalance%` and `VolumeThroughputExceededCheck` of the instance show no saturation; `iostat -x 5` reaches the provisioned
rate.

## Bad
```hcl
resource "aws_instance" "db" {
  ami               = "ami-0123456789abcdef0"
  instance_type     = "m5.large" # finding
  availability_zone = "eu-west-1a"
}

resource "aws_ebs_volume" "data" {
  count             = 2
  availability_zone = "eu-west-1a"
  type              = "io2"
  size              = 500
  iops              = 16000
}

resource "aws_volume_attachment" "data" {
  count       = 2
  device_name = "/dev/sd${count.index}"
  volume_id   = aws_ebs_volume.data[count.index].id
  instance_id = aws_instance.db.id
}
```

## Good
```hcl
resource "aws_instance" "db" {
  ami               = "ami-0123456789abcdef0"
  instance_type     = "m5.4xlarge"
  availability_zone = "eu-west-1a"

  root_block_device {
    volume_type = "gp3"
  }
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  type              = "io2"
  size              = 500
  iops              = 16000
}

resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.data.id
  instance_id = aws_instance.db.id
}

resource "aws_instance" "small" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"

  root_block_device {
    volume_type = "gp3"
    iops        = 3000
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.decide import exists, given
from auditor.views.instance_type import instance_type

BLOCKS = ("root_block_device", "ebs_block_device")
INCLUDED = 3000
"""What each gp3 volume has without being paid for."""


@rule(target="aws_instance", severity=Severity.MEDIUM)
def check(instance: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    name = instance.at("instance_type")
    volumes = list(_volumes(instance, resource, graph))
    asked = [(volume, number) for volume in volumes if (number := _provisioned(volume)) is not None]
    if not asked:
        return
    kind = instance_type(name.text or "")
    total = sum(number for _, number in asked)
    if kind is not None and kind.maximum_iops is not None and total > kind.maximum_iops:
        parts = " + ".join(f"{number:g}" for _, number in asked)
        sum_of = f"{parts} = {total:g}" if len(asked) > 1 else parts
        message = f"{sum_of} IOPS are provisioned, and {kind.name} passes on {kind.maximum_iops} at most ({kind.baseline_iops} all day)"
        yield Fail(name, message, expected=f"at most {kind.maximum_iops} IOPS", related=tuple(volume.at("iops") for volume, _ in asked))


def _volumes(instance: Node, resource: Resource, graph: Graph) -> Iterator[Node]:
    for block in BLOCKS:
        yield from instance.each(block)
    try:
        attachments = graph.attached(resource, "instance_id", "aws_volume_attachment")
    except Undecided:
        attachments = ()
    for attachment in attachments:
        for volume in graph.targets(attachment.at("volume_id"), "aws_ebs_volume"):
            if exists(volume):
                yield volume.body


def _provisioned(volume: Node) -> float | None:
    """The operations that are paid for; None when none are, or they are not known."""
    node = volume.at("iops")
    if node.unknown or not given(node) or volume.at("type").data == "gp2" or volume.at("volume_type").data == "gp2":
        return None
    number = node.number
    return number if number and number > INCLUDED else None
