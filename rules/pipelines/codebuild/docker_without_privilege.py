r"""A CodeBuild project builds images and may not start Docker.

## Why it matters
Docker's daemon only starts in privileged builds. Without it the first `docker build` ends with *Cannot connect to the Docker daemon*, and
no image is ever pushed.

## Five whys
1. Why is there no image? The build cannot reach Docker's daemon.
2. Why not? It does not run.
3. Why not? The project is not privileged.
4. Why was it not seen? The setting stands in the infrastructure, the command in the buildspec.

## Fix now
`privileged_mode = true` in the project's environment, and start the build again.

## Workaround
Build the image where Docker runs, and push it by hand.

## Prevent
A project of its own for images, so that the others stay without privileges.

## Validate
The build's log shows *Successfully built*.

## Bad
```hcl
resource "aws_codebuild_project" "image" {
  name = "image"
  environment { # finding
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
  }
  source {
    type      = "CODEPIPELINE"
    buildspec = <<-EOT
      version: 0.2
      phases:
        build:
          commands:
            - docker build -t web .
    EOT
  }
}
```

## Good
```hcl
resource "aws_codebuild_project" "image" {
  name = "image"
  environment {
    image           = "aws/codebuild/standard:7.0"
    type            = "LINUX_CONTAINER"
    compute_type    = "BUILD_GENERAL1_SMALL"
    privileged_mode = true
  }
  source {
    type      = "CODEPIPELINE"
    buildspec = "version: 0.2\nphases: {build: {commands: [docker build .]}}"
  }
}

resource "aws_codebuild_project" "test" {
  name = "test"
  environment {
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
  }
  source {
    type      = "CODEPIPELINE"
    buildspec = "buildspec.yml"
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_DOCKER = re.compile(r"\bdocker(?:-compose)?\s+(?:build|buildx|run|compose|up)\b")


@rule(
    target="aws_codebuild_project",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"Cannot connect to the Docker daemon", r"error during connect: .*docker"],
)
def check(project: Node) -> Iterator[Fail]:
    commands = project.at("source[0].buildspec")
    environment = project.at("environment[0]")
    if not isinstance(commands.value, str) or not isinstance(environment.value, dict) or not _DOCKER.search(commands.value):
        return
    privileged = environment.at("privileged_mode")
    if not privileged.present or privileged.value in (False, None):
        yield Fail(environment, "the build starts Docker, and the project is not privileged", "privileged_mode = true")
