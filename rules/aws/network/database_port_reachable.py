"""The whole internet reaches a database, a cache or a broker.

## Why it matters
Address, route, network ACL and security group let everybody in, and the answers out. Databases are found by scanners within minutes, are
read where the password is weak, and are emptied for ransom where there is none; each new exploit works at once.

## Five whys
1. Why could a stranger read the table? The database answers the whole internet.
2. Why does nothing on the way stop that? It has a public address, its subnets lead to an internet gateway, and its group has a rule for
everybody.
3. Why has it a public address? So that developers could connect from home.
4. Why is nothing in front of it? There was no other way in at that time.

## Fix now
`aws rds modify-db-instance --db-instance-identifier ID --no-publicly-accessible --apply-immediately` takes the address away within
minutes; for other engines close the rule that the finding names. Change the passwords, and look at the connections of the last weeks.

## Workaround
Narrow the rule to the addresses that have to come in, until a VPN or Session Manager's port forwarding is there.

## Prevent
Databases in subnets without a route to an internet gateway; groups that admit the application's group and nothing else.

## Validate
`auditor reach internet aws_db_instance.NAME --port 5432` names what blocks; `nc -vz -w 3 ENDPOINT 5432` from outside times out.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.${count.index}.0/24"
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "public" {
  count          = 2
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_security_group" "db" {
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "db" {
  security_group_id = aws_security_group.db.id
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_db_subnet_group" "db" {
  name       = "db"
  subnet_ids = aws_subnet.public[*].id
}

resource "aws_db_instance" "orders" { # finding
  identifier             = "orders"
  engine                 = "postgres"
  publicly_accessible    = true
  db_subnet_group_name   = aws_db_subnet_group.db.name
  vpc_security_group_ids = [aws_security_group.db.id]
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.${count.index}.0/24"
}

resource "aws_security_group" "db" {
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "db" {
  security_group_id = aws_security_group.db.id
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_db_subnet_group" "db" {
  name       = "db"
  subnet_ids = aws_subnet.private[*].id
}

resource "aws_db_instance" "without_way" {
  identifier             = "orders"
  engine                 = "postgres"
  publicly_accessible    = true
  db_subnet_group_name   = aws_db_subnet_group.db.name
  vpc_security_group_ids = [aws_security_group.db.id]
}

resource "aws_db_instance" "private" {
  identifier             = "orders2"
  engine                 = "postgres"
  db_subnet_group_name   = aws_db_subnet_group.db.name
  vpc_security_group_ids = [aws_security_group.db.id]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database_port import MANAGED, database_port
from auditor.views.reachable import DATA, HOSTS, named_ports, reached, reached_through, served_ports


@rule(target=f"{MANAGED} {HOSTS}", severity=Severity.CRITICAL, confidence=Confidence.FIRM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    managed = resource.kind in MANAGED.split()
    ports = {database_port(resource)} if managed else set(DATA)
    served = served_ports(resource, graph)
    if served is not None:
        ports &= served
    found = reached(resource, graph, ports) if ports else None
    if found is None and (way := reached_through(resource, graph, ports)):
        message = f"the whole internet reaches TCP {way.port} through {way.balancer.address.text} on port {way.listens}"
        yield Fail(body, message, expected="no path from the internet", related=(way.where, way.group.body, way.balancer.body))
    if found is None or (found.everything and not managed and served is None):
        return  # of a host that opens every port nobody knows whether it holds data; that it does so is a finding of its own
    listed = f"TCP {found.ports[0]}" if managed else named_ports(found, DATA)
    message = f"the whole internet reaches {listed}{found.over}: {found.words}"
    yield Fail(body, message, expected="no path from the internet", related=found.places)
