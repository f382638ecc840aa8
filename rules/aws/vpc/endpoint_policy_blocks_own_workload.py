"""An endpoint's policy does not let through what workloads in its subnets need.

## Why it matters
Traffic to S3 or DynamoDB from a subnet whose route table has a gateway endpoint goes through it, and with private DNS so does all traffic
to a service with an interface endpoint. Its policy then decides over every request, also over those that nobody thinks of: ECR keeps
image layers in a bucket of AWS (`prod-REGION-starport-layer-bucket`), and a policy for one's own buckets stops every image pull.

## Five whys
1. Why does the task stop with `CannotPullContainerError ... 403 Forbidden`? A layer of its image cannot be fetched.
2. Why not? The request goes through the endpoint in the message, and its policy names other buckets only.
3. Why is it the endpoint's and not the role's fault? Both have to allow a request.

## Fix now
Add a statement for the action in the message to the endpoint's policy: `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ID
--policy-document file://policy.json` holds within seconds.

## Workaround
Take the endpoint's default policy for the time of the repair: `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ID --reset-policy`.

## Prevent
Write the endpoint's policy as a list of accounts (`aws:PrincipalAccount`, `aws:ResourceAccount`) with AWS's own buckets beside it, not as
a list of buckets.

## Validate
`aws ecs update-service --cluster CLUSTER --service SERVICE --force-new-deployment` and the tasks reach RUNNING.

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

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.private.id]
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "s3:*", Resource = ["arn:aws:s3:::app-4711", "arn:aws:s3:::app-4711/*"] },
    ]
  })
}

resource "aws_ecs_task_definition" "api" {
  family                   = "api"
  requires_compatibilities = ["FARGATE"]
  execution_role_arn       = aws_iam_role.start.arn

  container_definitions = jsonencode([
    { name = "api", image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1.4.2" },
  ])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  cluster         = "main"
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.api.arn

  network_configuration {
    subnets = [aws_subnet.private.id] # finding
  }
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

resource "aws_iam_role_policy_attachment" "amazonecstaskexecutionrolepolicy" {
  role       = aws_iam_role.start.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.private.id]
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "s3:*", Resource = ["arn:aws:s3:::app-4711", "arn:aws:s3:::app-4711/*"] },
      { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::prod-*-starport-layer-bucket/*" },
    ]
  })
}

resource "aws_ecs_task_definition" "api" {
  family                   = "api"
  requires_compatibilities = ["FARGATE"]
  execution_role_arn       = aws_iam_role.start.arn

  container_definitions = jsonencode([
    { name = "api", image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1.4.2" },
  ])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  cluster         = "main"
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.api.arn

  network_configuration {
    subnets = [aws_subnet.private.id]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.workload import KINDS, stopped_on_the_way


@rule(
    target=KINDS,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"because no VPC endpoint policy allows", r"CannotPullContainerError.*403 Forbidden"],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from stopped_on_the_way(resource, graph)
