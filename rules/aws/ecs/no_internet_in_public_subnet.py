"""Fargate tasks stand in public subnets without a public address.

## Why it matters
The subnet leads to the internet gateway, which drops what comes from a private address. The task cannot even fetch its image: it stops
with `CannotPullContainerError: i/o timeout` and is started again, for ever.

## Five whys
1. Why does no task start? The image cannot be pulled.
2. Why not? The registry does not answer: the task's packets are dropped at the internet gateway.
3. Why? The task has no public address, and the subnet has no NAT gateway.
4. Why is it there? `assign_public_ip` was switched off as the security check asked, and the subnets were left.

## Fix now
Move the tasks to private subnets behind a NAT gateway (`network_configuration.subnets`). At once, and until then: `aws ecs update-service
--cluster C --service S --network-configuration 'awsvpcConfiguration={subnets=[subnet-…],securityGroups=[sg-…],assignPublicIp=ENABLED}'`.

## Workaround
Endpoints for ecr.api, ecr.dkr, logs and S3 let tasks start without any way to the internet.

## Prevent
The module for services takes private subnets and has no switch for public addresses.

## Validate
`aws ecs describe-services --cluster C --services S --query 'services[].[runningCount,desiredCount,events[0].message]'` shows both equal.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_ecs_service" "web" {
  name        = "web"
  launch_type = "FARGATE"

  network_configuration {
    subnets = [aws_subnet.public.id] # finding
  }
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_ecs_service" "addressed" {
  name        = "web"
  launch_type = "FARGATE"

  network_configuration {
    subnets          = [aws_subnet.public.id]
    assign_public_ip = true
  }
}

resource "aws_vpc" "closed" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "closed" {
  vpc_id     = aws_vpc.closed.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_vpc_endpoint" "images" {
  vpc_id            = aws_vpc.closed.id
  service_name      = "com.amazonaws.eu-west-1.ecr.dkr"
  vpc_endpoint_type = "Interface"
}

resource "aws_route_table" "closed" {
  vpc_id = aws_vpc.closed.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = "igw-0123456789abcdef0"
  }
}

resource "aws_route_table_association" "closed" {
  subnet_id      = aws_subnet.closed.id
  route_table_id = aws_route_table.closed.id
}

resource "aws_ecs_service" "endpoints" {
  name        = "web"
  launch_type = "FARGATE"

  network_configuration {
    subnets = [aws_subnet.closed.id]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.ecs_service import fargate, subnets
from auditor.views.endpoint import endpoints_in
from auditor.views.way_out import declared_subnet, default_ways, is_public


@rule(
    target="aws_ecs_service",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"CannotPullContainerError", r"ResourceInitializationError: unable to pull secrets or registry auth", r"i/o timeout"),
)
def check(service: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if service.at("network_configuration").missing or not fargate(resource, graph):
        return
    if service.at("network_configuration.assign_public_ip").flag:
        return
    found = [declared_subnet(node, graph) for node in subnets(resource)]
    if found and all(is_public(subnet) for subnet in found) and not endpoints_in(found[0].vpc, graph, "ecr.dkr"):
        way = default_ways(found[0])[0]
        message = f"{found[0].words} leads to an internet gateway, and the tasks have no public address"
        related = (way.where, found[0].resource.body)
        where = service.at("network_configuration.subnets")
        yield Fail(where, message, expected="private subnets with a NAT gateway, or assign_public_ip", related=related)
