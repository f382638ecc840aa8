r"""A role is given to a service that its trust policy does not let in.

## Why it matters
Nobody gets a role's rights but those whom its trust policy names. A service that it does not name cannot use the role, whatever the role
may do: the function is refused at its creation, the task stops before it starts, the instance has no credentials, the schedule never
fires.

## Five whys
1. Why does the apply fail with `The role defined for the function cannot be assumed by Lambda`? (Or the task with `ECS was unable to
   assume the role`?)
2. Why? The trust policy of the role lets another service in.
3. Why? The role was copied from, or is shared with, a resource of another service (`ecs` for `ecs-tasks`, `ec2` for `lambda`, `eks` for
   `pods.eks`).

## Fix now
`aws iam get-role --role-name ROLE --query Role.AssumeRolePolicyDocument > trust.json`, add the statement in the message, `aws iam
update-assume-role-policy --role-name ROLE --policy-document file://trust.json`; then the same in the code.

## Workaround
Name another role that trusts the service and has the same policies.

## Prevent
One role for each workload, made by the module of that workload with the service's name in it.

## Validate
`aws iam get-role --role-name ROLE --query 'Role.AssumeRolePolicyDocument.Statement[].Principal.Service'` lists the service in the
message.

## Bad
```hcl
resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn # finding
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"
}
```

```hcl
resource "aws_iam_role" "task" {
  name = "task"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs.amazonaws.com" } }]
  })
}

resource "aws_ecs_task_definition" "api" {
  family                = "api"
  task_role_arn         = aws_iam_role.task.arn # finding
  container_definitions = jsonencode([{ name = "api", image = "public.ecr.aws/nginx/nginx:1.27" }])
}
```

## Good
```hcl
resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "app.zip"
}
```

```hcl
data "aws_caller_identity" "current" {}

resource "aws_iam_role" "task" {
  name = "task"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = ["ecs-tasks.amazonaws.com", "ec2.amazonaws.com"] }
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_ecs_task_definition" "api" {
  family                = "api"
  task_role_arn         = aws_iam_role.task.arn
  execution_role_arn    = aws_iam_role.task.arn
  container_definitions = jsonencode([{ name = "api", image = "public.ecr.aws/nginx/nginx:1.27" }])
}
```

```hcl
resource "aws_iam_service_linked_role" "config" {
  aws_service_name = "config.amazonaws.com"
}

resource "aws_config_configuration_recorder" "main" {
  name     = "main"
  role_arn = aws_iam_service_linked_role.config.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.lack import unmet
from auditor.views.needs.trust import KINDS, trust_needs


@rule(
    target=KINDS,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        r"role defined for the function cannot be assumed by Lambda",
        r"ECS was unable to assume the role",
        r"is not authorized to perform: sts:AssumeRole",
    ],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(trust_needs(resource, graph), resource, graph)
