"""A cache that holds jobs throws them away when its memory is full.

## Why it matters
With an `allkeys-` or `volatile-` policy Redis makes room by deleting keys. For a cache that is right; the queue of Celery, Sidekiq or
BullMQ is data: a deleted key is a lost job, or a queue in a state that its library does not know.

## Five whys
1. Why were orders never confirmed? Their jobs are gone.
2. Why? Redis deleted the keys: its memory was full.
3. Why did it delete jobs? `maxmemory-policy` says that every key may go.
4. Why is that policy there? The same parameter group serves the cache of the pages.

## Fix now
`noeviction` for what holds jobs (writes fail when it is full, which an alarm tells, and nothing is lost): `aws elasticache
modify-cache-parameter-group --cache-parameter-group-name G --parameter-name-values
ParameterName=maxmemory-policy,ParameterValue=noeviction`; it needs no restart.

## Workaround
A larger node, and an alarm on `DatabaseMemoryUsagePercentage` at 75 %.

## Prevent
One group for caches and another one for jobs.

## Validate
`Evictions` of the group stays at 0; `redis-cli config get maxmemory-policy` is not allowed there, but `INFO memory` shows the policy.

## Bad
```hcl
resource "aws_elasticache_parameter_group" "shared" {
  name   = "shared"
  family = "redis7"
  parameter {
    name  = "maxmemory-policy"
    value = "allkeys-lru" # finding
  }
}

resource "aws_elasticache_replication_group" "jobs" {
  replication_group_id = "jobs"
  description          = "jobs"
  parameter_group_name = aws_elasticache_parameter_group.shared.name
}

resource "aws_ecs_task_definition" "worker" {
  family = "worker"
  container_definitions = jsonencode([{
    name        = "worker"
    environment = [{ name = "CELERY_BROKER_HOST", value = aws_elasticache_replication_group.jobs.primary_endpoint_address }]
  }])
}

resource "aws_ecs_service" "worker" {
  name            = "worker"
  task_definition = aws_ecs_task_definition.worker.arn
}
```

## Good
```hcl
resource "aws_elasticache_parameter_group" "pages" {
  name   = "pages"
  family = "redis7"
  parameter {
    name  = "maxmemory-policy"
    value = "allkeys-lru"
  }
}

resource "aws_elasticache_replication_group" "pages" {
  replication_group_id = "pages"
  description          = "pages"
  parameter_group_name = aws_elasticache_parameter_group.pages.name
}

resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  container_definitions = jsonencode([{
    name        = "shop"
    environment = [{ name = "CACHE_URL", value = "rediss://${aws_elasticache_replication_group.pages.primary_endpoint_address}:6379/0" }]
  }])
}

resource "aws_ecs_service" "shop" {
  name            = "shop"
  task_definition = aws_ecs_task_definition.shop.arn
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.cache_client import cache_clients
from auditor.views.database import parameter

JOBS = re.compile(r"CELERY|SIDEKIQ|BULL|RESQUE|(?:^|_)RQ(?:_|$)|DRAMATIQ|HUEY|JOB|QUEUE|BROKER")
"""What is in the name of a variable that holds the address of a queue of jobs."""


@rule(target="aws_elasticache_replication_group", severity=Severity.MEDIUM, confidence=Confidence.LIKELY)
def check(group: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for holder in graph.targets(group.at("parameter_group_name"), "aws_elasticache_parameter_group"):
        policy = parameter(holder, "maxmemory-policy")
        if policy is None or not (policy.text or "").startswith(("allkeys-", "volatile-")):
            continue
        for client in cache_clients(resource, graph):
            if JOBS.search(client.name.upper()):
                user = client.started.resource.address.text
                message = f"{user} keeps jobs here ({client.name}), and {policy.text} deletes them when the memory is full"
                yield Fail(policy, message, expected="noeviction", related=(client.address,))
                return
