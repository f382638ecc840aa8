"""During a deployment clients hold more connections than a database allows.

## Why it matters
While a new version comes up, the old tasks still hold their pools. ECS starts up to `deployment_maximum_percent` (200 % by default) of the
tasks, a Deployment a quarter more pods. A sum that fits on ordinary days does not fit in those minutes: the new tasks get no connection,
fail their health checks, and the deployment is rolled back for a reason that has nothing to do with the release.

## Five whys
1. Why did the release fail at noon and not at night? At noon the service runs at its maximum.
2. Why did the new tasks fail? `too many clients already` in their logs.
3. Why? The old tasks kept their connections until the new ones were healthy.
4. Why is that too much? Twice the tasks have twice the pools, and the limit was sized for once.

## Fix now
Deploy in smaller steps: `aws ecs update-service --cluster C --service S --deployment-configuration
maximumPercent=125,minimumHealthyPercent=100`.

## Workaround
Deploy when few tasks run.

## Prevent
Size pools for the tasks that run during a deployment, or let a proxy hold the connections.

## Validate
`DatabaseConnections` during a deployment at full scale stays below `max_connections`.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.medium" # finding
}

resource "aws_ecs_task_definition" "api" {
  family = "api"
  container_definitions = jsonencode([{
    name = "api"
    environment = [
      { name = "DB_HOST", value = aws_db_instance.orders.address },
      { name = "DB_POOL_SIZE", value = "10" },
    ]
  }])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  task_definition = aws_ecs_task_definition.api.arn
  desired_count   = 30
}
```

## Good
```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}

resource "aws_ecs_task_definition" "api" {
  family = "api"
  container_definitions = jsonencode([{
    name = "api"
    environment = [
      { name = "DB_HOST", value = aws_db_instance.orders.address },
      { name = "DB_POOL_SIZE", value = "10" },
    ]
  }])
}

resource "aws_ecs_service" "api" {
  name                       = "api"
  task_definition            = aws_ecs_task_definition.api.arn
  desired_count              = 30
  deployment_maximum_percent = 125
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.budget import budgets_of


@rule(
    target="aws_db_instance aws_rds_cluster",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    options={"reserved": 10},
    symptoms=["sorry, too many clients already", "Too many connections"],
)
def check(_: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    for budget in budgets_of(resource, graph):
        usual, most = budget.total() + options["reserved"], budget.limit.connections
        total = _largest_while_one_deploys(budget) + options["reserved"]
        if total <= most:
            budget.decided()
        elif usual <= most:
            share = max(budget.shares, key=lambda it: it.most(deploying=True) - it.most())
            message = (
                f"usually clients open up to {usual} of {most} connections ({budget.limit.said}), {total} while "
                f"{share.client.resource.address.text} is deployed: {share.said(deploying=True)}"
            )
            yield Fail(budget.limit.where, message, expected=f"at most {most}", related=budget.places)


def _largest_while_one_deploys(budget: Any) -> int:
    """All clients at their maximum, and the one deployed whose deployment adds most."""
    return int(budget.total() + max((share.most(deploying=True) - share.most() for share in budget.shares), default=0))
