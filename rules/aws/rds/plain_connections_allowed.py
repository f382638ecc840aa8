"""The parameters of a database let clients connect without TLS.

## Why it matters
Passwords and rows then cross the network in the clear wherever one client forgets `sslmode`. The server can refuse that with one
parameter: `rds.force_ssl` (PostgreSQL, SQL Server), `require_secure_transport` (MySQL, MariaDB).

## Five whys
1. Why did a packet capture show rows? One client connected without TLS.
2. Why could it? The server takes both.
3. Why? The parameter group of the database does not set the parameter, and its default is off (before PostgreSQL 15 and MySQL 8.4).

## Fix now
Find who would fail: `SELECT datname, usename, client_addr FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE NOT ssl`. Then
`aws rds modify-db-parameter-group --db-parameter-group-name G --parameters
ParameterName=rds.force_ssl,ParameterValue=1,ApplyMethod=immediate`.

## Workaround
Set `sslmode=require` (or `--ssl-mode=REQUIRED`) in the connection strings one by one.

## Prevent
Both parameters in the module's groups; clients with `verify-full` and the RDS bundle.

## Validate
`psql 'host=H sslmode=disable'` is refused with `no pg_hba.conf entry … no encryption`.

## Bad
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres14"
  parameter {
    name  = "log_statement"
    value = "ddl"
  }
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.m6g.large"
  parameter_group_name = aws_db_parameter_group.orders.name # finding
}
```

```hcl
resource "aws_db_parameter_group" "orders" {
  family = "mysql8.0"
  parameter {
    name  = "require_secure_transport"
    value = "0" # finding
  }
}

resource "aws_db_instance" "orders" {
  engine               = "mysql"
  instance_class       = "db.m6g.large"
  parameter_group_name = aws_db_parameter_group.orders.name
}
```

## Good
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres14"
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.m6g.large"
  parameter_group_name = aws_db_parameter_group.orders.name
}
```

```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.m6g.large"
  parameter_group_name = aws_db_parameter_group.orders.name
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.database import Database, parameter

SWITCHES = {"postgres": "rds.force_ssl", "sqlserver": "rds.force_ssl", "mysql": "require_secure_transport"}
SWITCHES["mariadb"] = SWITCHES["mysql"]
ON_BY_DEFAULT = {"postgres": (15, 0), "mysql": (8, 4), "mariadb": (11, 8)}
FAMILY = re.compile(r"(postgres|sqlserver|mysql|mariadb)[a-z-]*(\d+)?(?:\.(\d+))?")


@rule(target="aws_db_instance", severity=Severity.MEDIUM, aliases="CKV2_AWS_69")
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    group = Database(resource, graph).parameter_group
    family = FAMILY.match(group.at("family").text or "") if group is not None else None
    if group is None or family is None:
        return
    switch = parameter(group, SWITCHES[family[1]])
    if switch is None:
        if (int(family[2] or 0), int(family[3] or 0)) < ON_BY_DEFAULT.get(family[1], (99, 0)):
            name = SWITCHES[family[1]]
            yield Fail(body.at("parameter_group_name"), f"clients may connect without TLS: {name} is not set", expected="1")
    elif (switch.text or "").lower() not in ("1", "on", "true"):
        yield Fail(switch, "clients may connect without TLS", expected="1")
