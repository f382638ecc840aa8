r"""Instances in several zones attach one fixed volume at their start.

## Why it matters
A volume exists in one zone, and in one instance at a time. An instance that the group starts in another zone cannot attach it, comes up
without its data or not at all, and the group replaces it until one happens to start in the right zone.

## Five whys
1. Why did the service stay down after one instance failed? The new one could not attach its volume.
2. Why not? It started in another zone than the volume is in.
3. Why there? The group has subnets in several zones, and chooses.
4. Why one fixed volume? The start script names it, as it did when there was one instance.

## Fix now
Let the group start in the zone of the volume: `aws ec2 describe-volumes --volume-ids vol-… --query 'Volumes[].AvailabilityZone'`, then
`aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME --vpc-zone-identifier SUBNET_OF_THAT_ZONE`.

## Workaround
A snapshot restored in the other zone: `aws ec2 create-volume --snapshot-id snap-… --availability-zone ZONE`.

## Prevent
EFS, or a database, for data that several instances need; one group with one subnet for each zone where a volume is needed.

## Validate
Terminate the instance: the next one attaches the volume (`lsblk`), wherever it starts.

## Bad
```hcl
resource "aws_launch_template" "queue" {
  image_id  = "ami-0123456789abcdef0"
  user_data = base64encode("#!/bin/sh\naws ec2 attach-volume --volume-id vol-0123456789abcdef0 --device /dev/sdf --instance-id $ID\n")
}

resource "aws_autoscaling_group" "queue" {
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"] # finding

  launch_template {
    id = aws_launch_template.queue.id
  }
}
```

## Good
```hcl
resource "aws_launch_template" "queue" {
  image_id  = "ami-0123456789abcdef0"
  user_data = base64encode("#!/bin/sh\naws ec2 attach-volume --volume-id vol-0123456789abcdef0 --device /dev/sdf --instance-id $ID\n")
}

resource "aws_autoscaling_group" "queue" {
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = ["subnet-0123456789abcdef0"]

  launch_template {
    id = aws_launch_template.queue.id
  }
}

resource "aws_launch_template" "found" {
  image_id  = "ami-0123456789abcdef0"
  user_data = base64encode("#!/bin/sh\naws ec2 attach-volume --volume-id $(volume_of_my_zone) --device /dev/sdf --instance-id $ID\n")
}

resource "aws_autoscaling_group" "found" {
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]

  launch_template {
    id = aws_launch_template.found.id
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import length
from auditor.views.network.launched import templates
from auditor.views.user_data import scripts

ATTACH = re.compile(r"attach-volume\b[^\n;|&]*?(vol-[0-9a-f]{8,})")


@rule(
    target="aws_autoscaling_group",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"InvalidVolume\.ZoneMismatch", r"VolumeInUse"),
)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for template in templates(resource, graph):
        for script in scripts(template, graph):
            found = ATTACH.search(script.text)
            subnets = group.at("vpc_zone_identifier")
            if found is not None and length(subnets) > 1:
                message = f"the instances of {length(subnets)} subnets attach the one volume {found[1]} ({template.address.text})"
                yield Fail(subnets, message, expected="the subnet of the volume's zone", related=(script.where,))
                return
