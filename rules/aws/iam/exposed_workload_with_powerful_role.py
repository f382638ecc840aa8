r"""What the internet can reach runs with rights over the whole account.

## Why it matters
Each half is common: a server with a public address, and a role that somebody made too wide. Together one hole in what
listens there, or one request that the server can be made to send to its metadata service, is the account: there is nothing
between a stranger and the role.

## Five whys
1. Why was the account gone after a hole in a wiki? The wiki's server had the credentials of its role.
2. Why were they worth that much? The role may make itself an administrator.
3. Why could a stranger get at the server? It has a public address, and its security group is open.
4. Why did neither look bad? One team owns the network, another one the roles.

## Fix now
Give it a role with what it does, and nothing else (`aws ec2 replace-iam-instance-profile-association`). Then take the
address away: a load balancer in front, the server in a private subnet.

## Workaround
Close the port to all but those who need it (`aws ec2 revoke-security-group-ingress`), and demand tokens of the metadata
service: `aws ec2 modify-instance-metadata-options --instance-id ID --http-tokens required --http-put-response-hop-limit 1`.
That stops the simplest way to the credentials, not a hole that runs code.

## Prevent
Let modules for public services take no role but the one that they make. Put servers behind a load balancer by default.

## Validate
`aws ec2 describe-instances --instance-ids ID --query 'Reservations[].Instances[].[PublicIpAddress,IamInstanceProfile.Arn]'`
shows no address, or a profile whose role `auditor scan` says nothing about.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_security_group" "wiki" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "wiki" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.small"
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true # finding
  vpc_security_group_ids      = [aws_security_group.wiki.id]
  iam_instance_profile        = aws_iam_instance_profile.wiki.name
}

resource "aws_iam_instance_profile" "wiki" {
  name = "wiki"
  role = aws_iam_role.wiki.name
}

resource "aws_iam_role" "wiki" {
  name = "wiki"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "wiki" {
  role = aws_iam_role.wiki.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:PutRolePolicy", "s3:PutObject"], Resource = "*" }]
  })
}
```
A task with an address of its own:
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_security_group" "api" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 8080
    to_port     = 8080
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_ecs_task_definition" "api" {
  family                   = "api"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  task_role_arn            = aws_iam_role.api.arn
  container_definitions    = jsonencode([{ name = "api", image = "api", portMappings = [{ containerPort = 8080 }] }])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.api.arn
  network_configuration {
    subnets          = [aws_subnet.public.id]
    security_groups  = [aws_security_group.api.id]
    assign_public_ip = true # finding
  }
}

resource "aws_iam_role" "api" {
  name = "api"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "api" {
  role = aws_iam_role.api.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ssm:GetParameter*", Resource = "*" }]
  })
}
```
A function that everybody may call by its URL:
```hcl
resource "aws_lambda_function" "hook" {
  function_name = "hook"
  handler       = "main.handler"
  runtime       = "python3.13"
  filename      = "hook.zip"
  role          = aws_iam_role.hook.arn
}

resource "aws_lambda_function_url" "hook" {
  function_name      = aws_lambda_function.hook.function_name
  authorization_type = "NONE" # finding
}

resource "aws_iam_role" "hook" {
  name = "hook"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "hook" {
  role       = aws_iam_role.hook.name
  policy_arn = "arn:aws:iam::aws:policy/SecretsManagerReadWrite"
}
```

## Good
A public function with rights of its own, and a powerful one that only signed requests reach:
```hcl
resource "aws_lambda_function" "hook" {
  function_name = "hook"
  handler       = "main.handler"
  runtime       = "python3.13"
  filename      = "hook.zip"
  role          = aws_iam_role.hook.arn
}

resource "aws_lambda_function_url" "hook" {
  function_name      = aws_lambda_function.hook.function_name
  authorization_type = "NONE"
}

resource "aws_iam_role" "hook" {
  name = "hook"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "hook" {
  role = aws_iam_role.hook.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:*:*:hooks" }]
  })
}

resource "aws_lambda_function" "repair" {
  function_name = "repair"
  handler       = "main.handler"
  runtime       = "python3.13"
  filename      = "repair.zip"
  role          = aws_iam_role.repair.arn
}

resource "aws_lambda_function_url" "repair" {
  function_name      = aws_lambda_function.repair.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_iam_role" "repair" {
  name = "repair"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "repair" {
  role = aws_iam_role.repair.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*" }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.iam.power import power
from auditor.views.iam.workload import roles_of
from auditor.views.network.exposure import exposure
from auditor.views.network.interface import ends

# Where each kind says that it has a public address.
_ADDRESS = {"aws_instance": "associate_public_ip_address", "aws_ecs_service": "network_configuration.assign_public_ip"}


@rule(target="aws_ecs_service aws_instance aws_lambda_function", severity=Severity.CRITICAL, confidence=Confidence.FIRM)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for role in _roles(resource, graph):
        held = power(graph, role)
        if held is None:
            continue
        way = _by_url(resource, graph) if resource.kind == "aws_lambda_function" else _by_address(resource, graph)
        if way is not None:
            where, said = way
            message = f"{said} reaches it, and its role {role.address.text} {held.text}"
            yield Fail(where, message, expected="a role with what it does, or no way in", related=(role.body, *held.places))


def _roles(resource: Resource, graph: Graph) -> Iterator[Resource]:
    if resource.kind != "aws_ecs_service":
        yield from roles_of(resource, graph)
    for task in graph.targets(resource.at("task_definition"), "aws_ecs_task_definition"):
        yield from roles_of(task, graph)


def _by_url(function: Resource, graph: Graph) -> tuple[Node, str] | None:
    for url in graph.attached(function, "function_name", "aws_lambda_function_url"):
        kind = url.at("authorization_type")
        if kind.text == "NONE":
            return kind, "everybody who has its URL"
    return None


def _by_address(resource: Resource, graph: Graph) -> tuple[Node, str] | None:
    doubt = None
    for interface in ends(graph, resource):
        exposed = exposure(graph, interface)
        ports = exposed.ports("tcp")
        if ports:
            low, high = ports[0]
            given = resource.at(_ADDRESS[resource.kind])
            where = resource.body if given.missing else given
            return where, f"the internet (TCP port {low}{f' to {high}' if high != low else ''})"
        if exposed.truth is None and exposed.gaps:
            doubt = doubt or exposed.gaps[0].undecided
    if doubt is not None:
        raise doubt
    return None
