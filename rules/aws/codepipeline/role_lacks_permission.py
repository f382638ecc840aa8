"""A pipeline's role may not carry out the actions of its stages.

## Why it matters
CodePipeline starts builds, fetches sources and deploys with the role of the pipeline (or of the action). The stage in the message fails
on its first run, and a fix cannot go out through the pipeline that is broken.

## Five whys
1. Why does the stage fail at once? `The provided role is not authorized to perform` the action.
2. Why? The pipeline's role lacks it for that project, function, bucket or connection.
3. Why? A stage was added to the pipeline and nothing to the role.

## Fix now
Add the statement in the message to the role, then `aws codepipeline retry-stage-execution --pipeline-name NAME --stage-name STAGE
--pipeline-execution-id ID --retry-mode FAILED_ACTIONS`.

## Workaround
Deploy this once by hand with the tool that the stage calls.

## Prevent
Keep stage and statement in one module.

## Validate
`aws codepipeline get-pipeline-state --name NAME --query 'stageStates[].[stageName,latestExecution.status]' --output table` shows
Succeeded.

## Bad
```hcl
resource "aws_iam_role" "pipeline" {
  name = "pipeline"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codepipeline.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "pipeline" {
  role = aws_iam_role.pipeline.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "${aws_s3_bucket.builds.arn}/*" },
    ]
  })
}

resource "aws_s3_bucket" "builds" {
  bucket = "builds-4711"
}

resource "aws_codebuild_project" "app" {
  name         = "app"
  service_role = "arn:aws:iam::111122223333:role/build"

  artifacts {
    type = "CODEPIPELINE"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type = "CODEPIPELINE"
  }
}

resource "aws_codepipeline" "app" {
  name     = "app"
  role_arn = aws_iam_role.pipeline.arn

  artifact_store {
    type     = "S3"
    location = aws_s3_bucket.builds.bucket
  }

  stage {
    name = "Build"

    action {
      name     = "Build"
      category = "Build"
      owner    = "AWS"
      provider = "CodeBuild"
      version  = "1"

      configuration = { # finding
        ProjectName = aws_codebuild_project.app.name
      }
    }
  }
}
```

## Good
```hcl
resource "aws_iam_role" "pipeline" {
  name = "pipeline"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codepipeline.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "pipeline" {
  role = aws_iam_role.pipeline.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "${aws_s3_bucket.builds.arn}/*" },
      {
        Effect = "Allow"
        Action = [
          "codebuild:StartBuild", "codebuild:BatchGetBuilds",
        ]
        Resource = aws_codebuild_project.app.arn
      },
    ]
  })
}

resource "aws_s3_bucket" "builds" {
  bucket = "builds-4711"
}

resource "aws_codebuild_project" "app" {
  name         = "app"
  service_role = "arn:aws:iam::111122223333:role/build"

  artifacts {
    type = "CODEPIPELINE"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type = "CODEPIPELINE"
  }
}

resource "aws_codepipeline" "app" {
  name     = "app"
  role_arn = aws_iam_role.pipeline.arn

  artifact_store {
    type     = "S3"
    location = aws_s3_bucket.builds.bucket
  }

  stage {
    name = "Build"

    action {
      name     = "Build"
      category = "Build"
      owner    = "AWS"
      provider = "CodeBuild"
      version  = "1"

      configuration = {
        ProjectName = aws_codebuild_project.app.name
      }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.builds import build_needs
from auditor.views.needs.lack import unmet


@rule(
    target="aws_codepipeline",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(build_needs(resource, graph), resource, graph)
