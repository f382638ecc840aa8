"""A volume is attached to an instance in another availability zone.

## Why it matters
EBS volumes exist in one zone. The attachment fails with `InvalidVolume.ZoneMismatch`, half-way through the apply, after the instance
was replaced: the service comes up without its data.

## Five whys
1. Why does the instance start without its data? The volume could not be attached.
2. Why not? It is in another zone than the instance.
3. Why? The zone of the volume is written in the code, and the instance follows its subnet.

## Fix now
Bring the instance to the volume: choose a subnet in the volume's zone. Or the data to the instance: `aws ec2 create-snapshot
--volume-id vol-…`, then `aws ec2 create-volume --snapshot-id snap-… --availability-zone AZ_OF_INSTANCE`, and attach that one.

## Workaround
None: no option lets a volume cross zones. For data that several zones need, use EFS.

## Prevent
Take the zone from the instance or its subnet: `availability_zone = aws_subnet.app.availability_zone`.

## Validate
`aws ec2 describe-volumes --volume-ids vol-… --query 'Volumes[].AvailabilityZone'` and `aws ec2 describe-instances --instance-ids i-…
--query 'Reservations[].Instances[].Placement.AvailabilityZone'` print the same.

## Bad
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
}

resource "aws_subnet" "app" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_instance" "app" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  subnet_id     = aws_subnet.app.id
}

resource "aws_volume_attachment" "data" { # finding
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.data.id
  instance_id = aws_instance.app.id
}
```

## Good
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = aws_subnet.app.availability_zone
  size              = 100
}

resource "aws_subnet" "app" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_instance" "app" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  subnet_id     = aws_subnet.app.id
}

resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.data.id
  instance_id = aws_instance.app.id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import given


@rule(target="aws_volume_attachment", severity=Severity.HIGH, symptoms=(r"InvalidVolume\.ZoneMismatch",))
def check(attachment: Node, graph: Graph) -> Iterator[Fail]:
    for volume in graph.targets(attachment.at("volume_id"), "aws_ebs_volume"):
        for instance in graph.targets(attachment.at("instance_id"), "aws_instance"):
            here, there = volume.at("availability_zone").text, _zone(instance, graph)
            if here and there and here != there:
                message = f"{volume.address.text} is in {here}, {instance.address.text} in {there}"
                yield Fail(attachment, message, expected="one zone", related=(volume.body, instance.body))


def _zone(instance: Resource, graph: Graph) -> str | None:
    own = instance.at("availability_zone")
    if given(own):
        return own.text
    subnets = graph.targets(instance.at("subnet_id"), "aws_subnet")
    return subnets[0].at("availability_zone").text if len(subnets) == 1 else None
