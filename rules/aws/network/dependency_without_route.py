"""A workload is told to call a host to which, or from which, no route leads.

## Why it matters
The host name is in the client's configuration, and packets go nowhere, or the answers do: every call hangs until it times out, while
security groups and the target itself are in order.

## Five whys
1. Why does the connection hang? A packet has no way: the request, or the answer.
2. Where does it end? The finding names the route table, gateway or connection.
3. Why is the route missing there? Routes were written on one side only, or a subnet was added later with the main table.

## Fix now
Add the route that the finding asks for: `aws ec2 create-route --route-table-id rtb-… --destination-cidr-block RANGE
--vpc-peering-connection-id pcx-…` (`--transit-gateway-id`, `--nat-gateway-id` …), on both sides.

## Workaround
An interface endpoint to an endpoint service of the target needs no routes at all.

## Prevent
A module that writes the routes of both sides from one call.

## Validate
`auditor reach CLIENT TARGET --port PORT` says reachable; the client connects.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "main_data" {
  vpc_id      = aws_vpc.main.id
  peer_vpc_id = aws_vpc.data.id
  auto_accept = true
}

resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "app" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block                = "10.1.0.0/16"
    vpc_peering_connection_id = aws_vpc_peering_connection.main_data.id
  }
}

resource "aws_route_table_association" "app" {
  subnet_id      = aws_subnet.app.id
  route_table_id = aws_route_table.app.id
}

resource "aws_subnet" "data" {
  vpc_id     = aws_vpc.data.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_route_table" "data" {
  vpc_id = aws_vpc.data.id
}

resource "aws_route_table_association" "data" {
  subnet_id      = aws_subnet.data.id
  route_table_id = aws_route_table.data.id
}

resource "aws_security_group" "db" {
  vpc_id = aws_vpc.data.id

  ingress {
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["10.0.0.0/16"]
  }
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

resource "aws_db_subnet_group" "db" {
  name       = "db"
  subnet_ids = [aws_subnet.data.id]
}

resource "aws_db_instance" "orders" {
  identifier             = "orders"
  engine                 = "postgres"
  db_subnet_group_name   = aws_db_subnet_group.db.name
  vpc_security_group_ids = [aws_security_group.db.id]
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = [aws_subnet.app.id]
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = {
      DB_HOST = aws_db_instance.orders.address # finding
    }
  }
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "main_data" {
  vpc_id      = aws_vpc.main.id
  peer_vpc_id = aws_vpc.data.id
  auto_accept = true
}

resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "app" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block                = "10.1.0.0/16"
    vpc_peering_connection_id = aws_vpc_peering_connection.main_data.id
  }
}

resource "aws_route_table_association" "app" {
  subnet_id      = aws_subnet.app.id
  route_table_id = aws_route_table.app.id
}

resource "aws_subnet" "data" {
  vpc_id     = aws_vpc.data.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_route_table" "data" {
  vpc_id = aws_vpc.data.id

  route {
    cidr_block                = "10.0.0.0/16"
    vpc_peering_connection_id = aws_vpc_peering_connection.main_data.id
  }
}

resource "aws_route_table_association" "data" {
  subnet_id      = aws_subnet.data.id
  route_table_id = aws_route_table.data.id
}

resource "aws_security_group" "db" {
  vpc_id = aws_vpc.data.id

  ingress {
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["10.0.0.0/16"]
  }
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

resource "aws_db_subnet_group" "db" {
  name       = "db"
  subnet_ids = [aws_subnet.data.id]
}

resource "aws_db_instance" "orders" {
  identifier             = "orders"
  engine                 = "postgres"
  db_subnet_group_name   = aws_db_subnet_group.db.name
  vpc_security_group_ids = [aws_security_group.db.id]
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

  vpc_config {
    subnet_ids         = [aws_subnet.app.id]
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = {
      DB_HOST = aws_db_instance.orders.address
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Severity, rule
from auditor.views.decide import exists
from auditor.views.dependency import CLIENTS, Dependency, dependencies
from auditor.views.dependency_flow import NO_WAY, broken


@rule(
    target=CLIENTS,
    each=dependencies,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"[Cc]onnection timed out", r"ETIMEDOUT", r"could not connect to server", r"Task timed out after", r"i/o timeout"),
)
def check(dependency: Dependency, graph: Graph) -> Iterator[Fail]:
    found = broken(dependency, graph, NO_WAY)
    if found is not None and exists(dependency.target):
        message = f"{dependency.words}, and {found.words}"
        yield Fail(dependency.where, message, expected=found.fix, actual=dependency.end, related=found.places)
