"""The proxies of a database together may take all of its connections.

## Why it matters
Each proxy may open `max_connections_percent` of what the database allows. Two proxies with the default of 100 % may ask for twice of what
there is: under load each pushes the other out, borrowing times out in both, and not even an administrator gets in.

## Five whys
1. Why did both applications time out while borrowing? Neither of their proxies could open a connection.
2. Why not? The database was full: each proxy had taken what the other one counted on.
3. Why could they? Their shares add up to more than the whole.
4. Why did nobody see it? Each proxy stands in the folder of its application, with a share that looks reasonable alone.

## Fix now
`aws rds modify-db-proxy-target-group --db-proxy-name P --target-group-name default --connection-pool-config MaxConnectionsPercent=45` for
each of them.

## Workaround
One proxy for both applications, with two endpoints.

## Prevent
Compute the shares from one list. The option `percent` (90) is what proxies may take together; the rest is for people, jobs and monitoring
(our proposal, a little below the 100 % that the RDS guide warns of).

## Validate
`aws rds describe-db-proxy-target-groups --db-proxy-name P --query 'TargetGroups[].ConnectionPoolConfig.MaxConnectionsPercent'` for all
proxies of the database.

## Bad
```hcl
resource "aws_db_instance" "orders" { # finding
  identifier = "orders"
  engine     = "postgres"
}

resource "aws_db_proxy" "shop" { name = "shop" }

resource "aws_db_proxy_default_target_group" "shop" {
  db_proxy_name = aws_db_proxy.shop.name
  connection_pool_config {
    max_connections_percent = 60
  }
}

resource "aws_db_proxy_target" "shop" {
  db_proxy_name          = aws_db_proxy.shop.name
  target_group_name      = aws_db_proxy_default_target_group.shop.name
  db_instance_identifier = aws_db_instance.orders.identifier
}

resource "aws_db_proxy" "jobs" { name = "jobs" }

resource "aws_db_proxy_default_target_group" "jobs" {
  db_proxy_name = aws_db_proxy.jobs.name
  connection_pool_config {
    max_connections_percent = 50
  }
}

resource "aws_db_proxy_target" "jobs" {
  db_proxy_name          = aws_db_proxy.jobs.name
  target_group_name      = aws_db_proxy_default_target_group.jobs.name
  db_instance_identifier = aws_db_instance.orders.identifier
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier = "orders"
  engine     = "postgres"
}

resource "aws_db_proxy" "shop" { name = "shop" }

resource "aws_db_proxy_default_target_group" "shop" {
  db_proxy_name = aws_db_proxy.shop.name
  connection_pool_config {
    max_connections_percent = 60
  }
}

resource "aws_db_proxy_target" "shop" {
  db_proxy_name          = aws_db_proxy.shop.name
  target_group_name      = aws_db_proxy_default_target_group.shop.name
  db_instance_identifier = aws_db_instance.orders.identifier
}

resource "aws_db_proxy" "jobs" { name = "jobs" }

resource "aws_db_proxy_default_target_group" "jobs" {
  db_proxy_name = aws_db_proxy.jobs.name
  connection_pool_config {
    max_connections_percent = 30
  }
}

resource "aws_db_proxy_target" "jobs" {
  db_proxy_name          = aws_db_proxy.jobs.name
  target_group_name      = aws_db_proxy_default_target_group.jobs.name
  db_instance_identifier = aws_db_instance.orders.identifier
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.endpoint import proxies_of
from auditor.views.connections.proxy import pool_config, share_taken


@rule(
    target="aws_db_instance aws_rds_cluster",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    options={"percent": 90},
    symptoms=["Timed-out waiting to acquire database connection", "remaining connection slots are reserved"],
)
def check(body: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    proxies = proxies_of(resource, graph)
    if len(proxies) < 2:
        return
    shares = [share_taken(proxy, graph) for proxy in proxies]
    if sum(shares) > options["percent"]:
        parts = ", ".join(f"{proxy.address.text} {share:g} %" for proxy, share in zip(proxies, shares, strict=True))
        places = tuple(pool_config(proxy, graph).at("max_connections_percent") for proxy in proxies)
        message = f"the proxies may take {sum(shares):g} % of the connections: {parts}"
        yield Fail(body, message, expected=f"at most {options['percent']:g} % together", related=places)
