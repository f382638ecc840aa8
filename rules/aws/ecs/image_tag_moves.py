"""A task starts whatever image is the latest at that moment.

## Why it matters
Each new task pulls the tag again: after a scale-out, old and new code run side by side, and a rollback to the previous revision starts
the broken image again, because both revisions say `latest`.

## Five whys
1. Why did the rollback change nothing? The old revision names the same tag.
2. Why does it start the new code? `latest` had moved.
3. Why `latest`? The definition was written once and never knew the build's number.

## Fix now
Name a version or a digest and deploy: `aws ecr describe-images --repository-name R --image-ids imageTag=latest --query
'imageDetails[].imageDigest'` gives the digest of now; the digest of yesterday is in `describe-tasks … --query
'tasks[].containers[].imageDigest'` of a task that still runs well.

## Workaround
Make tags in the registry immutable, so that at least nothing else than `latest` moves.

## Prevent
Let the pipeline write the commit's tag into the task definition; immutable tags in ECR.

## Validate
`aws ecs describe-task-definition --task-definition FAMILY --query 'taskDefinition.containerDefinitions[].image'` ends with a version.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/web:latest" # finding
      memory = 256
    }
  ])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/web:1.9.3"
      memory = 256
    }
  ])
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.container import containers, label


@rule(target="aws_ecs_task_definition", each=containers, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(container: Node) -> Iterator[Fail]:
    image = container.at("image")
    text = (image.text or "") if image.present else ""
    tag = text.rpartition("/")[2].partition(":")[2]
    if text and "@" not in text and tag in ("", "latest"):
        yield Fail(image, f"{label(container)} starts whatever image is the latest at that moment", expected="a version, or a digest")
