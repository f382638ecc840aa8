"""A regional file system can be mounted from one zone only.

## Why it matters
A mount target is the way into the file system from its zone. With a single one all clients depend on that zone, and those of others pay for
traffic between zones on every read.

## Five whys
1. Why could no task mount its files while one zone was down? The only mount target was there.
2. Why only one? A target was made for one subnet.
3. Why? The file system works with one, and the tasks ran in that zone first.

## Fix now
Add an `aws_efs_mount_target` in each zone where clients run: `aws efs create-mount-target --file-system-id F --subnet-id S
--security-groups SG`; ready in a minute or two, by the same DNS name.

## Workaround
Mount by the IP address of the other zone's target where DNS knows none.

## Prevent
`for_each` over the private subnets; a one-zone file system (`availability_zone_name`) says that one is meant.

## Validate
`aws efs describe-mount-targets --file-system-id F --query 'MountTargets[].AvailabilityZoneName'` lists all zones.

## Bad
```hcl
resource "aws_efs_file_system" "uploads" { # finding
  creation_token = "uploads"
}

resource "aws_efs_mount_target" "a" {
  file_system_id = aws_efs_file_system.uploads.id
  subnet_id      = "subnet-0a1b2c3d"
}
```

## Good
```hcl
resource "aws_efs_file_system" "uploads" {
  creation_token = "uploads"
}

resource "aws_efs_mount_target" "one" {
  for_each       = toset(["subnet-0a1b2c3d", "subnet-4e5f6a7b"])
  file_system_id = aws_efs_file_system.uploads.id
  subnet_id      = each.value
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.database import non_production


@rule(
    target="aws_efs_file_system",
    severity=Severity.LOW,
    facets=(Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED),
    confidence=Confidence.FIRM,
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if body.at("availability_zone_name").present or non_production(resource):
        return
    if unclear := graph.unclear("file_system_id", "aws_efs_mount_target"):
        raise Undecided(unclear)
    targets = graph.attached(resource, "file_system_id", "aws_efs_mount_target")
    if len(targets) == 1 and not targets[0].doubt:
        yield Fail(body, "the file system can be mounted from one zone only", expected="a mount target in each zone")
