"""A variable of a container holds a secret in clear text.

## Why it matters
A task definition can be read by everybody with `ecs:DescribeTaskDefinition`, old revisions included: they are never deleted by
themselves. The value is in the state, in the console and in `docker inspect` on the host as well.

## Five whys
1. Why did the secret leak? It stands in a revision of the task definition.
2. Why there? It is an entry of `environment`.
3. Why not of `secrets`? That needs an execution role with one more right, and the variable worked at once.

## Fix now
Rotate it. Put the new value into Secrets Manager or an SSM SecureString, replace the entry by `secrets = [{ name = "DB_PASSWORD",
valueFrom = ARN }]`, and give the execution role `secretsmanager:GetSecretValue` or `ssm:GetParameters` (and `kms:Decrypt` for an own
key).

## Workaround
Fetch it in the entry point with the task role.

## Prevent
Let the module for tasks take `secrets` as a map of names to ARNs, and `environment` for plain settings only.

## Validate
`aws ecs describe-task-definition --task-definition FAMILY --query 'taskDefinition.containerDefinitions[].environment'` shows nothing
that you would not print. Deregister the old revisions.

## Bad
```hcl
resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  container_definitions = jsonencode([
    {
      name   = "shop"
      image  = "shop:3.1"
      memory = 512
      environment = [
        { name = "STAGE", value = "production" },
        { name = "DATABASE_PASSWORD", value = "tree-house-71" }, # finding
      ]
    }
  ])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "shop" {
  family = "shop"
  container_definitions = jsonencode([
    {
      name        = "shop"
      image       = "shop:3.1"
      memory      = 512
      environment = [{ name = "STAGE", value = "production" }]
      secrets     = [{ name = "DATABASE_PASSWORD", valueFrom = "arn:aws:ssm:eu-central-1:111122223333:parameter/shop/database" }]
    }
  ])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.container import containers, label, secret_variables


@rule(
    target="aws_ecs_task_definition",
    each=containers,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    aliases="AVD-AWS-0036 aws-ecs-no-plaintext-secrets",
)
def check(container: Node) -> Iterator[Fail]:
    for name, value in secret_variables(container):
        message = f"the variable {name} of {label(container)} seems to hold a secret in clear text"
        yield Fail(value, message, expected="an entry of secrets with valueFrom", actual="(not shown)", secret=True)
