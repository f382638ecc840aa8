"""The memory parameters of a PostgreSQL add up to more than its class has.

## Why it matters
`shared_buffers` is taken at the start, `work_mem` by each sort and hash of each connection. When both together pass the memory of the
class, a busy hour is enough for the kernel to kill a backend; PostgreSQL then throws out all sessions and recovers.

## Five whys
1. Why were all sessions cut at 10:04? The postmaster restarted after a backend was killed.
2. Why was it killed? The machine had no memory left.
3. Why not? Many connections sorted at the same time, each within its `work_mem`.
4. Why is that too much? `shared_buffers` + `work_mem` x connections is above the memory of the class.
5. Why was it set like this? The group was copied from a larger database.

## Fix now
Lower `work_mem` in the parameter group (it needs no restart): `aws rds modify-db-parameter-group --db-parameter-group-name G --parameters
ParameterName=work_mem,ParameterValue=8192,ApplyMethod=immediate`.

## Workaround
Give the one role that needs more its own value: `ALTER ROLE reporting SET work_mem = '64MB';`.

## Prevent
Write both parameters as formulas of `DBInstanceClassMemory`, so that they follow the class. The option `active` (0.5, our proposal) is the
share of the connections that are taken to sort at the same time.

## Validate
`FreeableMemory` stays above a tenth of the memory at peak; `SHOW work_mem;` and `SHOW shared_buffers;` show the new numbers.

## Bad
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter {
    name         = "max_connections"
    value        = "400"
    apply_method = "pending-reboot"
  }
  parameter {
    name  = "work_mem"
    value = "65536" # finding
  }
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.t4g.medium"
  parameter_group_name = aws_db_parameter_group.orders.name
}
```

## Good
```hcl
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter {
    name         = "max_connections"
    value        = "400"
    apply_method = "pending-reboot"
  }
  parameter {
    name  = "work_mem"
    value = "8192"
  }
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.t4g.medium"
  parameter_group_name = aws_db_parameter_group.orders.name
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.formula import evaluate
from auditor.views.connections.limit import limit_of, memory_of
from auditor.views.database import Database

PAGE, KIBIBYTE, MIB = 8192, 1024, 1024 * 1024
DEFAULT_BUFFERS = "{DBInstanceClassMemory/32768}"
"""`shared_buffers` of RDS for PostgreSQL, in pages of 8 KiB: a quarter of the memory."""


@rule(
    target="aws_db_instance",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    options={"active": 0.5},
    symptoms=["was terminated by signal 9", "(?:ERROR|FATAL): +out of memory"],
)
def check(_: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    database = Database(resource, graph)
    if database.engine != "postgres" or database.aurora:
        return
    work, buffers = database.parameter("work_mem"), database.parameter("shared_buffers")
    if work is None and buffers is None:
        return
    memory, place, said = memory_of(resource, graph)
    limit = limit_of(resource, graph)
    shared = _bytes(buffers.text if buffers else DEFAULT_BUFFERS, memory, PAGE)
    each = _bytes(work.text if work else "4096", memory, KIBIBYTE)
    if limit is None or shared is None or each is None:
        return
    total = shared + each * limit.connections * options["active"]
    where = work or buffers
    if total > memory and where is not None:
        sorting = round(limit.connections * options["active"])
        message = (
            f"shared_buffers of {shared / MIB:.0f} MiB and {sorting} x work_mem of {each / MIB:.3g} MiB make {total / MIB:.0f} MiB, "
            f"more than {said}"
        )
        yield Fail(where, message, expected=f"less than {memory / MIB:.0f} MiB together", related=(limit.where, place))


def _bytes(text: str | None, memory: int, unit: int) -> float | None:
    number = evaluate(text or "", {"DBInstanceClassMemory": memory})
    return None if number is None else number * unit
