"""Tasks that mount a file system run in a zone without a mount target.

## Why it matters
The name of a file system resolves to the mount target of the caller's zone, and to nothing where there is none. Tasks of that zone fail
with `ResourceInitializationError: failed to invoke EFS utils`, so a third of all starts fails, at random.

## Five whys
1. Why do some tasks start and others not? Those in one zone cannot mount their files.
2. Why not? The name of the file system does not resolve there.
3. Why? The file system has no mount target in that zone.
4. Why not? A subnet was added to the service, and none to the file system.

## Fix now
`aws efs create-mount-target --file-system-id fs-… --subnet-id subnet-IN_THE_ZONE --security-groups sg-…`; ready in a minute or two. The
same as an `aws_efs_mount_target`.

## Workaround
Take the zone's subnet out of the service until then.

## Prevent
Make mount targets with `for_each` over the subnets that the clients have.

## Validate
`aws efs describe-mount-targets --file-system-id fs-… --query 'MountTargets[].AvailabilityZoneName'` lists the zones of all clients.

## Bad
```hcl
resource "aws_subnet" "app" {
  for_each          = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_efs_file_system" "uploads" { # finding
  creation_token = "uploads"
}

resource "aws_efs_mount_target" "a" {
  file_system_id = aws_efs_file_system.uploads.id
  subnet_id      = aws_subnet.app["a"].id
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  network_mode          = "awsvpc"
  container_definitions = jsonencode([{ name = "web", image = "web:1.9" }])

  volume {
    name = "uploads"

    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.uploads.id
      transit_encryption = "ENABLED"
    }
  }
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  network_configuration {
    subnets = [for subnet in aws_subnet.app : subnet.id]
  }
}
```

## Good
```hcl
resource "aws_subnet" "app" {
  for_each          = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_efs_file_system" "uploads" {
  creation_token = "uploads"
}

resource "aws_efs_mount_target" "each" {
  for_each       = aws_subnet.app
  file_system_id = aws_efs_file_system.uploads.id
  subnet_id      = each.value.id
}

resource "aws_efs_access_point" "mail" {
  file_system_id = aws_efs_file_system.uploads.id
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = [aws_subnet.app["b"].id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  file_system_config {
    arn              = aws_efs_access_point.mail.arn
    local_mount_path = "/mnt/mail"
  }
}

resource "aws_efs_file_system" "one_zone" {
  availability_zone_name = "eu-west-1a"
}

resource "aws_efs_mount_target" "one_zone" {
  file_system_id = aws_efs_file_system.one_zone.id
  subnet_id      = aws_subnet.app["a"].id
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.decide import exists, given
from auditor.views.file_system import clients, mount_targets
from auditor.views.subnet import beyond, zone, zones


@rule(
    target="aws_efs_file_system",
    severity=Severity.HIGH,
    symptoms=(r"failed to invoke EFS utils", r"Failed to resolve \"fs-", r"EFSMountConnectivityException", r"EFSMountTimeoutException"),
)
def check(system: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    users = clients(resource, graph)
    if not users or given(system.at("availability_zone_name")):
        return
    targets = mount_targets(resource, graph)
    if not targets:
        raise Undecided(system)  # whoever uses it has mount targets, elsewhere
    served = zones((target.at("subnet_id") for target in targets), graph)
    doubt: Undecided | None = None
    for user in users:
        for subnet in user.subnets:
            try:
                there = beyond(frozenset({zone(subnet, graph)}), served, system)
            except Undecided as reason:
                doubt = doubt or reason
                continue
            if there and exists(user.resource):
                message = f"{user.resource.address.text} runs in {min(there)} too, and mount targets are in {', '.join(sorted(served))}"
                yield Fail(system, message, expected=f"a mount target in {min(there)}", related=(user.resource.body, targets[0].body))
                return
    if doubt is not None:
        raise doubt
