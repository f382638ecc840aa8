"""Something connects to one instance of a cluster by its own name.

## Why it matters
The endpoint of an instance does not follow a failover. After it, whoever writes to that name meets a reader (`cannot execute UPDATE in a
read-only transaction`), or nobody when the instance is gone.

## Five whys
1. Why do writes fail since the failover? They go to an instance that is a reader now.
2. Why there? The application has the endpoint of the instance, not of the cluster.
3. Why? The module hands `aws_rds_cluster_instance.endpoint` on, which looked like the only one.

## Fix now
Use `aws_rds_cluster.NAME.endpoint` for writes and `.reader_endpoint` for reads, and roll the application.

## Workaround
Make that instance the writer again: `aws rds failover-db-cluster --db-cluster-identifier C --target-db-instance-identifier I`.

## Prevent
Let modules output the cluster's endpoints only; a driver that knows Aurora follows failovers by itself.

## Validate
`aws rds failover-db-cluster` in a test environment: writes recover within a minute.

## Bad
```hcl
resource "aws_rds_cluster" "shop" {
  cluster_identifier = "shop"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "one" { # finding
  cluster_identifier = aws_rds_cluster.shop.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

resource "aws_ssm_parameter" "host" {
  name  = "/shop/db/host"
  type  = "String"
  value = aws_rds_cluster_instance.one.endpoint
}
```

## Good
```hcl
resource "aws_rds_cluster" "shop" {
  cluster_identifier = "shop"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "one" {
  cluster_identifier = aws_rds_cluster.shop.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

resource "aws_ssm_parameter" "host" {
  name  = "/shop/db/host"
  type  = "String"
  value = aws_rds_cluster.shop.endpoint
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.connections.endpoint import holders

CLIENTS = (
    "aws_ssm_parameter",
    "aws_lambda_function",
    "aws_ecs_task_definition",
    "aws_route53_record",
    "aws_elastic_beanstalk_environment",
    "aws_launch_template",
    "aws_instance",
    "aws_secretsmanager_secret_version",
    "Secret",
    "ConfigMap",
    "helm_release",
)


@rule(
    target="aws_rds_cluster_instance aws_docdb_cluster_instance aws_neptune_cluster_instance",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=["cannot execute .* in a read-only transaction", "The MySQL server is running with the --read-only option"],
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for client, _ in holders(resource, graph, "endpoint", "address"):
        if client.kind in CLIENTS:
            message = f"{client.address.text} connects to this instance, whichever is the writer"
            yield Fail(body, message, expected="the endpoint of the cluster", related=(client.body,))
