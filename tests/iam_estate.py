"""An estate with every layer of policies, and the errors that people paste about it. `# at: NAME` marks the line of a statement."""

from __future__ import annotations

ACCOUNT = "111111111111"
APP = f"arn:aws:sts::{ACCOUNT}:assumed-role/app/i-0abc"
WORKER = f"arn:aws:sts::{ACCOUNT}:assumed-role/worker/session"
EXEC = f"arn:aws:sts::{ACCOUNT}:assumed-role/task-exec/9f8e"
NODE = f"arn:aws:sts::{ACCOUNT}:assumed-role/node/i-0def"
FUNCTION = f"arn:aws:sts::{ACCOUNT}:assumed-role/api-fn/api"
ADA = f"arn:aws:iam::{ACCOUNT}:user/ada"
KEY = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/0a1b2c3d-1111-2222-3333-444455556666"

MAIN = """
data "aws_caller_identity" "me" {}

resource "aws_iam_role" "app" {
  name                 = "app"
  permissions_boundary = aws_iam_policy.limit.arn
  assume_role_policy   = data.aws_iam_policy_document.ec2.json
}

data "aws_iam_policy_document" "ec2" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_policy" "limit" {
  name = "limit"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:*", "sqs:*", "kms:*", "ec2:*", "sts:*"], Resource = "*" }, # at: limit
    ]
  })
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject", "s3:DeleteObject", "s3:ListBucket"], Resource = [aws_s3_bucket.media.arn, "${aws_s3_bucket.media.arn}/*"] }, # at: app-s3
      { Effect = "Allow", Action = "dynamodb:GetItem", Resource = aws_dynamodb_table.jobs.arn }, # at: app-table
      { Effect = "Allow", Action = ["sqs:SendMessage", "kms:Decrypt", "ec2:RunInstances", "sts:AssumeRole"], Resource = "*" }, # at: app-any
      { Sid = "NoPurge", Effect = "Deny", Action = "sqs:PurgeQueue", Resource = "*" }, # at: app-deny
      { Effect = "Allow", Action = "s3:PutObject", Resource = "${aws_s3_bucket.media.arn}/*", Condition = { IpAddress = { "aws:SourceIp" = "10.0.0.0/8" } } }, # at: app-put
    ]
  })
}

resource "aws_iam_role" "worker" {
  name               = "worker"
  path               = "/batch/"
  assume_role_policy = data.aws_iam_policy_document.ec2.json
}

resource "aws_iam_policy" "worker" {
  name   = "worker"
  policy = data.aws_iam_policy_document.worker.json
}

data "aws_iam_policy_document" "worker" {
  statement { # at: worker-queue
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = [aws_sqs_queue.jobs.arn]
  }
  statement { # at: worker-kms
    actions   = ["kms:Decrypt"]
    resources = ["*"]
  }
  statement { # at: worker-pass
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.node.arn]
  }
}

resource "aws_iam_role_policy_attachment" "worker" {
  role       = aws_iam_role.worker.name
  policy_arn = aws_iam_policy.worker.arn
}

resource "aws_iam_role" "exec" {
  name = "task-exec"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }, # at: exec-trust
    ]
  })
}

resource "aws_iam_role_policy_attachment" "exec" {
  role       = aws_iam_role.exec.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role" "node" {
  name               = "node"
  assume_role_policy = data.aws_iam_policy_document.ec2.json
}

resource "aws_iam_role_policy_attachment" "node" {
  role       = aws_iam_role.node.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"
}

resource "aws_iam_role" "function" {
  name               = "api-fn"
  assume_role_policy = data.aws_iam_policy_document.ec2.json
}

resource "aws_iam_role_policy_attachment" "function" {
  role       = aws_iam_role.function.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_iam_role" "pods" {
  name = "pods"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ # at: pods-trust
      Effect    = "Allow"
      Principal = { Federated = "arn:aws:iam::111111111111:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC" }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = { StringEquals = { "oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub" = "system:serviceaccount:shop:api" } }
    }]
  })
}

resource "aws_iam_user" "ada" {
  name = "ada"
}

resource "aws_iam_user_group_membership" "ada" {
  user   = aws_iam_user.ada.name
  groups = [aws_iam_group.dev.name]
}

resource "aws_iam_group" "dev" {
  name = "dev"
}

resource "aws_iam_group_policy" "dev" {
  group = aws_iam_group.dev.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:*", "ec2:*", "ecr:*", "lambda:*"], Resource = "*" }, # at: dev-allow
      { Effect = "Deny", Action = "iam:*", Resource = "*" }, # at: dev-deny
    ]
  })
}

resource "aws_s3_bucket" "media" {
  bucket = "media-prod"
}

resource "aws_s3_bucket_policy" "media" {
  bucket = aws_s3_bucket.media.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Keep", Effect = "Deny", Principal = "*", Action = "s3:DeleteObject", Resource = "${aws_s3_bucket.media.arn}/*" }, # at: media-keep
      { Sid = "Partner", Effect = "Allow", Principal = { AWS = "arn:aws:iam::222222222222:root" }, Action = "s3:GetObject", Resource = "${aws_s3_bucket.media.arn}/*" }, # at: media-partner
    ]
  })
}

resource "aws_s3_bucket" "logs" {
  bucket = "logs-prod"
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_dynamodb_table" "jobs" {
  name     = "jobs"
  hash_key = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_secretsmanager_secret" "db" {
  name = "prod/db"
}

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Worker", Effect = "Allow", Principal = { AWS = "arn:aws:iam::111111111111:role/batch/worker" }, Action = "kms:Decrypt", Resource = "*" }, # at: key-worker
      { Sid = "Admin", Effect = "Allow", Principal = { AWS = "arn:aws:iam::111111111111:role/admin" }, Action = "kms:*", Resource = "*" }, # at: key-admin
    ]
  })
}

resource "aws_ecr_repository" "web" {
  name = "web"
}

resource "aws_ecr_repository_policy" "web" {
  repository = aws_ecr_repository.web.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "NoPush", Effect = "Deny", Principal = "*", Action = "ecr:PutImage" }, # at: web-deny
    ]
  })
}

resource "aws_lambda_function" "api" {
  function_name = "api"
  role          = aws_iam_role.function.arn
}

resource "aws_lambda_permission" "gateway" {
  function_name = aws_lambda_function.api.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-1"
  service_name = "com.amazonaws.eu-west-1.s3"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "s3:*", Resource = ["arn:aws:s3:::media-prod", "arn:aws:s3:::media-prod/*"] }, # at: endpoint
    ]
  })
}

resource "aws_organizations_policy" "guard" {
  name = "guard"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "NoBigMachines", Effect = "Deny", Action = "ec2:RunInstances", Resource = "*" }, # at: guard
    ]
  })
}

resource "aws_organizations_policy_attachment" "guard" {
  policy_id = aws_organizations_policy.guard.id
  target_id = "111111111111"
}
"""


def line_of(mark: str) -> int:
    """The line that a mark stands in."""
    return next(number for number, line in enumerate(MAIN.splitlines(), 1) if line.endswith(f"# at: {mark}"))
