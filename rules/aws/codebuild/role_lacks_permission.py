"""A build project's role lacks what the project itself uses.

## Why it matters
CodeBuild writes the log, stores artifacts, pulls the image, reads variables from secrets and enters the VPC with the service role.
Without the right for one of them every build fails in a phase before the first command of the buildspec, with `CLIENT_ERROR` and often
without a log.

## Five whys
1. Why does the build fail before it starts? A phase like DOWNLOAD_SOURCE or PROVISIONING ends in CLIENT_ERROR.
2. Why? The service role may not do what the message names.
3. Why is there no log to look at? Writing the log needs the same role.

## Fix now
Add the statement in the message to the service role and `aws codebuild retry-build --id BUILD_ID`.

## Workaround
`aws codebuild start-build --project-name NAME --service-role-override OTHER_ROLE_ARN` runs with another role once.

## Prevent
Let the module of the project derive the policy from its inputs (bucket, secrets, VPC).

## Validate
`aws codebuild batch-get-builds --ids BUILD_ID --query 'builds[0].phases[].[phaseType,phaseStatus]' --output table` shows SUCCEEDED in
every row.

## Bad
```hcl
resource "aws_iam_role" "build" {
  name = "build"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "build" {
  role = aws_iam_role.build.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents",
        ]
        Resource = "*"
      },
    ]
  })
}

resource "aws_s3_bucket" "builds" {
  bucket = "builds-4711"
}

resource "aws_codebuild_project" "app" {
  name         = "app"
  service_role = aws_iam_role.build.arn

  artifacts {
    type     = "S3"
    location = aws_s3_bucket.builds.bucket # finding
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/acme/app.git"
  }
}
```

## Good
```hcl
resource "aws_iam_role" "build" {
  name = "build"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "build" {
  role = aws_iam_role.build.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents",
        ]
        Resource = "*"
      },
      { Effect = "Allow", Action = "s3:PutObject", Resource = "${aws_s3_bucket.builds.arn}/*" },
    ]
  })
}

resource "aws_s3_bucket" "builds" {
  bucket = "builds-4711"
}

resource "aws_codebuild_project" "app" {
  name         = "app"
  service_role = aws_iam_role.build.arn

  artifacts {
    type     = "S3"
    location = aws_s3_bucket.builds.bucket
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/acme/app.git"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.builds import build_needs
from auditor.views.needs.lack import unmet


@rule(
    target="aws_codebuild_project",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(build_needs(resource, graph), resource, graph)
