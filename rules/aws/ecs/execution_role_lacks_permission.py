r"""An execution role lacks what its task definition needs to start.

## Why it matters
ECS pulls the image, fetches the secrets and opens the log stream with the execution role, before the container exists. What is not
allowed stops every task: the service starts one after the other, none gets healthy, and a deployment hangs until its timeout or the
circuit breaker rolls it back.

## Five whys
1. Why does no task of the service stay up? Each stops with `ResourceInitializationError` or `CannotPullContainerError`.
2. Why? The execution role may not call the action in the message.
3. Why not? AWS's policy for execution roles covers ECR and the streams of existing log groups: no secrets, no parameters, no keys and no
   log group that has to be made.
4. Why only now? The container got its first secret, or its image moved, and the role stayed as it was.

## Fix now
Add the statement in the message to the execution role (not to the task role, which the application uses), then `aws ecs update-service
--cluster CLUSTER --service SERVICE --force-new-deployment`.

## Workaround
Roll back to the revision that started: `aws ecs update-service --cluster CLUSTER --service SERVICE --task-definition FAMILY:REVISION`.

## Prevent
Let one module write the task definition and its execution role: every `valueFrom` goes into the statement for secrets as well.

## Validate
`aws ecs describe-tasks --cluster CLUSTER --tasks $(aws ecs list-tasks --cluster CLUSTER --service-name SERVICE --desired-status STOPPED
--query 'taskArns[0]' --output text) --query 'tasks[0].stoppedReason'` names no ResourceInitializationError any more.

## Bad
```hcl
resource "aws_iam_role" "start" {
  name = "start"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "amazonecstaskexecutionrolepolicy" {
  role       = aws_iam_role.start.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_secretsmanager_secret" "db" {
  name = "prod/db"
}

resource "aws_ecs_task_definition" "api" {
  family             = "api"
  execution_role_arn = aws_iam_role.start.arn

  container_definitions = jsonencode([
    {
      name  = "api"
      image = "public.ecr.aws/nginx/nginx:1.27"
      secrets = [
        { name = "DB_PASSWORD", valueFrom = aws_secretsmanager_secret.db.arn }, # finding
      ]
    },
  ])
}
```

```hcl
resource "aws_iam_role" "start" {
  name = "start"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "start" {
  role = aws_iam_role.start.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer",
        ]
        Resource = aws_ecr_repository.api.arn
      },
    ]
  })
}

resource "aws_ecr_repository" "api" {
  name = "api"
}

resource "aws_cloudwatch_log_group" "api" {
  name = "/ecs/api"
}

resource "aws_ecs_task_definition" "api" {
  family             = "api"
  execution_role_arn = aws_iam_role.start.arn

  container_definitions = jsonencode([
    {
      name  = "api"
      image = "${aws_ecr_repository.api.repository_url}:1.4.2" # finding
      logConfiguration = {
        logDriver = "awslogs" # finding
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.api.name
          "awslogs-region"        = "eu-west-1"
          "awslogs-stream-prefix" = "api"
        }
      }
    },
  ])
}
```

## Good
```hcl
resource "aws_iam_role" "start" {
  name = "start"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "start" {
  role = aws_iam_role.start.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.db.arn },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "amazonecstaskexecutionrolepolicy" {
  role       = aws_iam_role.start.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_ecr_repository" "api" {
  name = "api"
}

resource "aws_secretsmanager_secret" "db" {
  name = "prod/db"
}

resource "aws_cloudwatch_log_group" "api" {
  name = "/ecs/api"
}

resource "aws_ecs_task_definition" "api" {
  family             = "api"
  execution_role_arn = aws_iam_role.start.arn

  container_definitions = jsonencode([
    {
      name  = "api"
      image = "${aws_ecr_repository.api.repository_url}:1.4.2"
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.api.name
          "awslogs-region"        = "eu-west-1"
          "awslogs-stream-prefix" = "api"
        }
      }
      secrets = [
        { name = "DB_PASSWORD", valueFrom = aws_secretsmanager_secret.db.arn },
      ]
    },
  ])
}
```

```hcl
resource "aws_iam_role" "start" {
  name = "start"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "start" {
  role = aws_iam_role.start.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "logs:*", Resource = "${aws_cloudwatch_log_group.api.arn}:*" },
    ]
  })
}

resource "aws_cloudwatch_log_group" "api" {
  name = "/ecs/api"
}

resource "aws_ecs_task_definition" "api" {
  family             = "api"
  execution_role_arn = aws_iam_role.start.arn

  container_definitions = jsonencode([
    {
      name  = "api"
      image = "docker.io/library/nginx:1.27"
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.api.name
          "awslogs-region"        = "eu-west-1"
          "awslogs-stream-prefix" = "api"
        }
      }
    },
  ])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.lack import unmet
from auditor.views.needs.tasks import execution_needs


@rule(
    target="aws_ecs_task_definition",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        r"ResourceInitializationError: unable to pull secrets or registry auth",
        r"CannotPullContainerError.*(?:denied|not authorized)",
    ],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(execution_needs(resource, graph), resource, graph)
