"""A gateway endpoint leaves out the route table of a subnet with clients.

## Why it matters
Subnets whose table does not lead to the endpoint pay for every gigabyte to S3 at the NAT gateway, and lose S3 with it. Without a NAT
gateway they have no way at all: image layers of ECR come from S3, so not even containers start.

## Five whys
1. Why does the image pull hang in one subnet only? Its layers come from S3, and S3 does not answer there.
2. Why not there? The subnet's route table has no route to the gateway endpoint.
3. Why? The subnet and its table were added later, and `route_table_ids` stayed a list of the first ones.

## Fix now
`aws ec2 modify-vpc-endpoint --vpc-endpoint-id vpce-… --add-route-table-ids rtb-…`, and the table in `route_table_ids`.

## Workaround
None is needed while a NAT gateway works; it only costs.

## Prevent
`route_table_ids = concat(aws_route_table.private[*].id, …)` over all tables of the VPC.

## Validate
`aws ec2 describe-route-tables --route-table-ids rtb-… --query 'RouteTables[].Routes[].GatewayId'` shows the `vpce-…`.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  for_each   = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
  vpc_id     = aws_vpc.main.id
  cidr_block = each.value
}

resource "aws_route_table" "app" {
  for_each = aws_subnet.app
  vpc_id   = aws_vpc.main.id
}

resource "aws_route_table_association" "app" {
  for_each       = aws_subnet.app
  subnet_id      = each.value.id
  route_table_id = aws_route_table.app[each.key].id
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.app["a"].id] # finding
}

resource "aws_ecs_service" "web" {
  name = "web"

  network_configuration {
    subnets         = [for subnet in aws_subnet.app : subnet.id]
    security_groups = ["sg-0123456789abcdef0"]
  }
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  for_each   = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
  vpc_id     = aws_vpc.main.id
  cidr_block = each.value
}

resource "aws_route_table" "app" {
  for_each = aws_subnet.app
  vpc_id   = aws_vpc.main.id
}

resource "aws_route_table_association" "app" {
  for_each       = aws_subnet.app
  subnet_id      = each.value.id
  route_table_id = aws_route_table.app[each.key].id
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [for table in aws_route_table.app : table.id]
}

resource "aws_ecs_service" "web" {
  name = "web"

  network_configuration {
    subnets         = [for subnet in aws_subnet.app : subnet.id]
    security_groups = ["sg-0123456789abcdef0"]
  }
}

resource "aws_subnet" "data" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.3.0/24"
}

resource "aws_db_subnet_group" "data" {
  subnet_ids = [aws_subnet.data.id]
}

resource "aws_db_instance" "orders" {
  identifier           = "orders"
  db_subnet_group_name = aws_db_subnet_group.data.name
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.decide import exists
from auditor.views.endpoint import ENDPOINT, endpoint_type, service
from auditor.views.in_vpc import interfaces_in
from auditor.views.index import first_open
from auditor.views.network.interface import Interface
from auditor.views.network.vpc import Vpc, vpc_of
from auditor.views.routes import TABLES
from auditor.views.way_out import known_default_ways

ASSOCIATION = "aws_vpc_endpoint_route_table_association"
CLIENTS = frozenset(
    {
        "aws_autoscaling_group",
        "aws_batch_compute_environment",
        "aws_codebuild_project",
        "aws_ecs_service",
        "aws_eks_fargate_profile",
        "aws_eks_node_group",
        "aws_instance",
        "aws_lambda_function",
    }
)
"""What runs programs, which call S3 sooner or later."""


@rule(target=ENDPOINT, severity=Severity.LOW, confidence=Confidence.FIRM, symptoms=(r"[Cc]onnect timeout on endpoint URL",))
def check(endpoint: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    tables = endpoint.at("route_table_ids")
    if endpoint_type(resource) != "Gateway" or service(resource) != "s3" or tables.missing:
        return
    nodes = list(tables.each())
    joined = [table for node in nodes for table in graph.targets(node, *TABLES)]
    if len(joined) < len(nodes) or first_open(graph, ("vpc_endpoint_id", "route_table_id"), (ASSOCIATION,)):
        return  # a table that is not in sight may be that of the subnet
    for association in graph.of(ASSOCIATION):
        if resource in graph.targets(association.at("vpc_endpoint_id"), ENDPOINT):
            joined += graph.targets(association.at("route_table_id"), *TABLES)
    for client in _clients(vpc_of(resource, graph), graph):
        place = client.subnet
        if place is None or place.table.resource is None or place.table.gaps or place.table.resource in joined:
            continue
        if not exists(client.resource) or not exists(place.table.resource):
            continue
        ways = known_default_ways(place)
        other = f"goes through {ways[0].words}" if ways else "has no way at all"
        message = f"{place.table.words} of {client.words} does not lead to the endpoint, so what is for S3 {other}"
        yield Fail(tables, message, expected=place.table.words, related=(place.table.resource.body, client.resource.body))
        return


def _clients(vpc: Vpc, graph: Graph) -> Iterator[Interface]:
    yield from (interface for interface in interfaces_in(vpc, graph) if interface.resource.kind in CLIENTS)
