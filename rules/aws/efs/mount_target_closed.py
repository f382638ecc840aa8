"""A workload that mounts a file system does not get through to its mount target.

## Why it matters
NFS goes to port 2049 of the mount target. When a security group or a network ACL drops it, the mount hangs until it times out: tasks
fail with `ResourceInitializationError`, functions with `EFSMountTimeoutException`.

## Five whys
1. Why does the task not start? Its file system cannot be mounted.
2. Why not, when the name resolves? Port 2049 of the mount target does not answer.
3. Why? Something on the way drops it; the finding names it, most often the mount target's security group.
4. Why does that group not admit the client? None was named, so it has the default one, or its rule is for another group.

## Fix now
`aws ec2 authorize-security-group-ingress --group-id sg-MOUNT_TARGET --protocol tcp --port 2049 --source-group sg-CLIENT`; it holds at
once, and the next start succeeds.

## Workaround
`aws efs modify-mount-target-security-groups --mount-target-id fsmt-… --security-groups sg-… sg-…` with a group that admits the client
already.

## Prevent
Let the module that makes mount targets take the groups of its clients.

## Validate
`auditor reach CLIENT aws_efs_mount_target.NAME --port 2049` says reachable; the task starts.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "files" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol  = "tcp"
    from_port = 2049
    to_port   = 2049
    self      = true
  }
}

resource "aws_efs_file_system" "uploads" {
  creation_token = "uploads"
}

resource "aws_efs_mount_target" "a" { # finding
  file_system_id  = aws_efs_file_system.uploads.id
  subnet_id       = aws_subnet.app.id
  security_groups = [aws_security_group.files.id]
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
    subnets         = [aws_subnet.app.id]
    security_groups = [aws_security_group.app.id]
  }
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "files" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol        = "tcp"
    from_port       = 2049
    to_port         = 2049
    security_groups = [aws_security_group.app.id]
  }
}

resource "aws_efs_file_system" "uploads" {
  creation_token = "uploads"
}

resource "aws_efs_mount_target" "a" {
  file_system_id  = aws_efs_file_system.uploads.id
  subnet_id       = aws_subnet.app.id
  security_groups = [aws_security_group.files.id]
}

resource "aws_efs_access_point" "mail" {
  file_system_id = aws_efs_file_system.uploads.id
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = [aws_subnet.app.id]
    security_group_ids = [aws_security_group.app.id]
  }

  file_system_config {
    arn              = aws_efs_access_point.mail.arn
    local_mount_path = "/mnt/mail"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.decide import exists
from auditor.views.file_system import FILE_SYSTEM, MOUNT_TARGET, clients
from auditor.views.network.flow import Flow, flow
from auditor.views.network.interface import ends

NFS = 2049


@rule(
    target=MOUNT_TARGET,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"failed to invoke EFS utils", r"EFSMountTimeoutException", r"mount\.nfs4?: Connection timed out"),
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    doubt: Undecided | None = None
    for system in graph.targets(body.at("file_system_id"), FILE_SYSTEM):
        for client in clients(system, graph):
            for found in _flows(client.resource, resource, graph):
                if found.truth is False and exists(client.resource):
                    reason = "; ".join(dict.fromkeys(it.reason for it in found.blockers if not it.partial))
                    message = f"{client.resource.address.text} mounts {system.address.text}, and does not reach tcp {NFS} here: {reason}"
                    related = (client.resource.body, *(it.where for it in found.blockers))
                    yield Fail(body, message, expected=found.blockers[0].fix, related=related)
                    return
                if found.truth is None:
                    doubt = doubt or found.gaps[0].undecided
    if doubt is not None:
        raise doubt


def _flows(client: Resource, target: Resource, graph: Graph) -> Iterator[Flow]:
    """From the interfaces in the mount target's zone, which are those that use it."""
    for there in ends(graph, target):
        zone = there.subnet.zone if there.subnet is not None else None
        for here in ends(graph, client):
            mine = here.subnet.zone if here.subnet is not None else None
            if zone is None or mine is None or zone == mine:
                yield flow(graph, here, there, "tcp", NFS)
