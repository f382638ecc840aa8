"""One account as large as wanted in one root module: cells of some forty resources that refer to each other, the same bytes every time."""

from __future__ import annotations

from pathlib import Path

from trees import write  # type: ignore[import-not-found]  # it lies beside this file

CELL = """
resource "aws_vpc" "c@" {
  cidr_block           = "10.%.0.0/16"
  enable_dns_hostnames = true
}
resource "aws_internet_gateway" "c@" { vpc_id = aws_vpc.c@.id }
resource "aws_subnet" "public@" {
  count             = 2
  vpc_id            = aws_vpc.c@.id
  cidr_block        = cidrsubnet(aws_vpc.c@.cidr_block, 8, count.index)
  availability_zone = local.zones[count.index]
}
resource "aws_subnet" "private@" {
  count             = 2
  vpc_id            = aws_vpc.c@.id
  cidr_block        = cidrsubnet(aws_vpc.c@.cidr_block, 8, count.index + 10)
  availability_zone = local.zones[count.index]
}
resource "aws_eip" "nat@" { domain = "vpc" }
resource "aws_nat_gateway" "c@" {
  allocation_id = aws_eip.nat@.id
  subnet_id     = aws_subnet.public@[0].id
}
resource "aws_route_table" "public@" {
  vpc_id = aws_vpc.c@.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.c@.id
  }
}
resource "aws_route_table" "private@" { vpc_id = aws_vpc.c@.id }
resource "aws_route" "private@" {
  route_table_id         = aws_route_table.private@.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.c@.id
}
resource "aws_route_table_association" "public@" {
  count          = 2
  subnet_id      = aws_subnet.public@[count.index].id
  route_table_id = aws_route_table.public@.id
}
resource "aws_route_table_association" "private@" {
  count          = 2
  subnet_id      = aws_subnet.private@[count.index].id
  route_table_id = aws_route_table.private@.id
}
resource "aws_security_group" "balancer@" {
  name        = "balancer@"
  description = "what the internet reaches"
  vpc_id      = aws_vpc.c@.id
}
resource "aws_security_group" "web@" {
  name        = "web@"
  description = "what the balancer reaches"
  vpc_id      = aws_vpc.c@.id
}
resource "aws_vpc_security_group_ingress_rule" "world@" {
  security_group_id = aws_security_group.balancer@.id
  description       = "the shop"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
resource "aws_vpc_security_group_ingress_rule" "web@" {
  security_group_id            = aws_security_group.web@.id
  description                  = "from the balancer"
  referenced_security_group_id = aws_security_group.balancer@.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}
resource "aws_vpc_security_group_egress_rule" "balancer@" {
  security_group_id            = aws_security_group.balancer@.id
  description                  = "to the web servers"
  referenced_security_group_id = aws_security_group.web@.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}
resource "aws_lb" "c@" {
  name            = "shop@"
  subnets         = aws_subnet.public@[*].id
  security_groups = [aws_security_group.balancer@.id]
}
resource "aws_lb_target_group" "c@" {
  name     = "shop@"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.c@.id
  health_check { path = "/healthz" }
}
resource "aws_lb_listener" "c@" {
  load_balancer_arn = aws_lb.c@.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.c@.arn
  }
}
resource "aws_launch_template" "c@" {
  image_id               = var.image
  instance_type          = "m6i.large"
  vpc_security_group_ids = [aws_security_group.web@.id]
  iam_instance_profile { arn = aws_iam_instance_profile.c@.arn }
  metadata_options { http_tokens = "required" }
}
resource "aws_autoscaling_group" "c@" {
  name                = "shop@"
  min_size            = 2
  max_size            = 6
  health_check_type   = "ELB"
  vpc_zone_identifier = aws_subnet.private@[*].id
  target_group_arns   = [aws_lb_target_group.c@.arn]
  launch_template { id = aws_launch_template.c@.id }
}
resource "aws_autoscaling_policy" "c@" {
  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.c@.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification { predefined_metric_type = "ASGAverageCPUUtilization" }
  }
}
resource "aws_iam_role" "c@" {
  name = "shop@"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["ec2.amazonaws.com", "lambda.amazonaws.com"] } }]
  })
}
resource "aws_iam_instance_profile" "c@" { role = aws_iam_role.c@.name }
data "aws_iam_policy_document" "c@" {
  statement {
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.c@.arn}/*"]
  }
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.c@.arn]
  }
}
resource "aws_iam_policy" "c@" {
  name   = "shop@"
  policy = data.aws_iam_policy_document.c@.json
}
resource "aws_iam_role_policy_attachment" "c@" {
  role       = aws_iam_role.c@.name
  policy_arn = aws_iam_policy.c@.arn
}
resource "aws_iam_role_policy_attachment" "logs@" {
  role       = aws_iam_role.c@.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}
resource "aws_s3_bucket" "c@" { bucket = "shop-@" }
resource "aws_s3_bucket_public_access_block" "c@" {
  bucket                  = aws_s3_bucket.c@.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
resource "aws_s3_bucket_versioning" "c@" {
  bucket = aws_s3_bucket.c@.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_sqs_queue" "dead@" { name = "dead@" }
resource "aws_sqs_queue" "c@" {
  name                       = "orders@"
  visibility_timeout_seconds = 360
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead@.arn, maxReceiveCount = 5 })
}
resource "aws_lambda_function" "c@" {
  function_name = "orders@"
  role          = aws_iam_role.c@.arn
  runtime       = "python3.12"
  handler       = "orders.handle"
  filename      = "orders.zip"
  timeout       = 60
  environment { variables = { QUEUE = aws_sqs_queue.c@.url } }
}
resource "aws_lambda_event_source_mapping" "c@" {
  event_source_arn = aws_sqs_queue.c@.arn
  function_name    = aws_lambda_function.c@.arn
}
resource "aws_db_subnet_group" "c@" { subnet_ids = aws_subnet.private@[*].id }
resource "aws_db_instance" "c@" {
  identifier             = "orders@"
  engine                 = "postgres"
  instance_class         = "db.m6i.large"
  allocated_storage      = 100
  multi_az               = true
  storage_encrypted      = true
  db_subnet_group_name   = aws_db_subnet_group.c@.name
  vpc_security_group_ids = [aws_security_group.web@.id]
}
resource "aws_cloudwatch_metric_alarm" "c@" {
  alarm_name          = "cpu@"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 2
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { DBInstanceIdentifier = aws_db_instance.c@.identifier }
}
"""

VARIABLES = """
variable "certificate" { default = "arn:aws:acm:eu-central-1:111122223333:certificate/0d5a1d4e-0000-4000-8000-000000000000" }
variable "image" { default = "ami-0123456789abcdef0" }
locals { zones = ["eu-central-1a", "eu-central-1b"] }
"""

PER_CELL = CELL.count('\nresource "') + 4
"""Four resources of a cell are there twice, their `count`."""


def estate(folder: Path, resources: int) -> int:
    """Write an account of about that many resources; the true number is returned."""
    cells = max(1, resources // PER_CELL)
    files = {f"cell{n:05d}.tf": CELL.replace("@", str(n)).replace("%", str(n % 256)) for n in range(cells)}
    write(folder, {"variables.tf": VARIABLES, **files})
    return cells * PER_CELL
