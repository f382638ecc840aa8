"""A workload is told to call a host that does not admit it.

## Why it matters
The host name is in the client's configuration, and the target's security group drops the connection: every call hangs until it times
out, although name, password and port are right.

## Five whys
1. Why does the connection time out, and is not refused? A security group drops it.
2. Which? The target's: none of its rules is about the client.
3. Why not? It names the group of another service, or a range that the client's subnets are not in.
4. Why was that not noticed? Client and rule were changed in different modules.

## Fix now
`aws ec2 authorize-security-group-ingress --group-id sg-TARGET --protocol tcp --port PORT --source-group sg-CLIENT`; it holds at once.
The same as an `aws_vpc_security_group_ingress_rule` with `referenced_security_group_id`.

## Workaround
Give the client, beside its own, a security group that the target admits already.

## Prevent
Write the variable with the host and both security group rules in the same module call.

## Validate
`auditor reach CLIENT TARGET --port PORT` says reachable; the client connects.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_subnet" "data" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.2.0/24"
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  egress {
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "db" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = [aws_security_group.reports.id]
  }
}

resource "aws_security_group" "reports" {
  vpc_id = aws_vpc.main.id
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
      DATABASE_URL = "postgres://app@${aws_db_instance.orders.address}:5432/orders" # finding
    }
  }
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_subnet" "data" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.2.0/24"
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  egress {
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "db" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = [aws_security_group.app.id]
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
      DATABASE_URL = "postgres://app@${aws_db_instance.orders.address}:5432/orders"
    }
  }
}
```

```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_subnet" "data" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.2.0/24"
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id

  egress {
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "db" {
  vpc_id = aws_vpc.main.id

  ingress {
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = [aws_security_group.db.id]
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

resource "aws_vpc_security_group_ingress_rule" "subnets" {
  security_group_id = aws_security_group.db.id
  ip_protocol       = "tcp"
  from_port         = 5000
  to_port           = 6000
  cidr_ipv4         = "10.0.1.0/24"
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
      DATABASE_URL = "postgres://app@${aws_db_instance.orders.address}:5432/orders"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Severity, rule
from auditor.views.decide import exists
from auditor.views.dependency import CLIENTS, Dependency, dependencies
from auditor.views.dependency_flow import TARGET_CLOSED, broken


@rule(
    target=CLIENTS,
    each=dependencies,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=(r"[Cc]onnection timed out", r"ETIMEDOUT", r"could not connect to server", r"Task timed out after", r"i/o timeout"),
)
def check(dependency: Dependency, graph: Graph) -> Iterator[Fail]:
    found = broken(dependency, graph, TARGET_CLOSED)
    if found is not None and exists(dependency.target):
        message = f"{dependency.words}, and {found.words}"
        yield Fail(dependency.where, message, expected=found.fix, actual=dependency.end, related=found.places)
