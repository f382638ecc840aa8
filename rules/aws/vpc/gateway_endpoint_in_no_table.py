"""A gateway endpoint is in no route table, so nothing uses it.

## Why it matters
A gateway endpoint works by a route. Without one, calls to S3 or DynamoDB go on through the NAT gateway, and are paid for by the
gigabyte; in a subnet without a way out they time out, although the endpoint is there.

## Five whys
1. Why do calls to S3 time out from the private subnet? They have no way there.
2. Why, with an endpoint in the VPC? No route table leads to it.
3. Why not? `route_table_ids` was left out; for interface endpoints it is not needed.

## Fix now
`aws ec2 modify-vpc-endpoint --vpc-endpoint-id vpce-… --add-route-table-ids rtb-…` for each table of subnets that call the service; open
connections to it break once. The same in `route_table_ids`.

## Workaround
None is needed where a NAT gateway is; it only costs.

## Prevent
Let the VPC module create the gateway endpoints for S3 and DynamoDB (they are free) with all of its tables.

## Validate
`aws ec2 describe-vpc-endpoints --vpc-endpoint-ids vpce-… --query 'VpcEndpoints[].RouteTableIds'` lists the tables.

## Bad
```hcl
resource "aws_vpc_endpoint" "s3" { # finding
  vpc_id       = "vpc-0123456789abcdef0"
  service_name = "com.amazonaws.eu-west-1.s3"
}
```

## Good
```hcl
resource "aws_vpc_endpoint" "s3" {
  vpc_id          = "vpc-0123456789abcdef0"
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = ["rtb-0123456789abcdef0"]
}

resource "aws_vpc_endpoint" "dynamodb" {
  vpc_id       = "vpc-0123456789abcdef0"
  service_name = "com.amazonaws.eu-west-1.dynamodb"
}

resource "aws_vpc_endpoint_route_table_association" "dynamodb" {
  vpc_endpoint_id = aws_vpc_endpoint.dynamodb.id
  route_table_id  = "rtb-0123456789abcdef0"
}

resource "aws_vpc_endpoint" "logs" {
  vpc_id             = "vpc-0123456789abcdef0"
  service_name       = "com.amazonaws.eu-west-1.logs"
  vpc_endpoint_type  = "Interface"
  security_group_ids = ["sg-0123456789abcdef0"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Resource, Severity, Undecided, rule
from auditor.views.endpoint import ENDPOINT, endpoint_type
from auditor.views.index import first_open

ASSOCIATION = "aws_vpc_endpoint_route_table_association"


@rule(target=ENDPOINT, severity=Severity.MEDIUM, symptoms=(r"[Cc]onnect timeout on endpoint URL", r"i/o timeout"))
def check(endpoint: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if endpoint_type(resource) != "Gateway":
        return
    tables = endpoint.at("route_table_ids")
    if tables.unknown or tables.present:
        return
    if found := first_open(graph, ("vpc_endpoint_id",), (ASSOCIATION,)):
        raise Undecided(found[1])
    if resource.facet is Facet.RUNNING or not graph.attached(resource, "vpc_endpoint_id", ASSOCIATION):
        yield Fail(tables, "no route table leads to the gateway endpoint", expected="route_table_ids")
