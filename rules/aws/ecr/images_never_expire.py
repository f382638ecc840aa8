"""Images of a repository are never deleted.

## Why it matters
Each build adds an image for ever. The bill grows, scans list holes of images that nobody runs, and a repository that reaches its quota
of images refuses the push of a hotfix.

## Five whys
1. Why was the hotfix's push refused? The repository is full.
2. Why? Nothing deletes old images.
3. Why? It has no lifecycle policy.

## Fix now
Preview first: `aws ecr start-lifecycle-policy-preview --repository-name R --lifecycle-policy-text file://policy.json`. Then `aws ecr
put-lifecycle-policy`: untagged images after 14 days, and the last 50 of each tag prefix.

## Workaround
Delete untagged ones now: `aws ecr batch-delete-image --repository-name R --image-ids "$(aws ecr list-images --repository-name R
--filter tagStatus=UNTAGGED --query imageIds --output json)"`.

## Prevent
The policy is part of the module; keep what runs and what a rollback needs.

## Validate
`aws ecr get-lifecycle-policy --repository-name R`; the count falls within a day.

## Bad
```hcl
resource "aws_ecr_repository" "web" { # finding
  name = "web"
}
```

## Good
```hcl
resource "aws_ecr_repository" "web" {
  name = "web"
}

resource "aws_ecr_lifecycle_policy" "web" {
  repository = aws_ecr_repository.web.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }
      action       = { type = "expire" }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(target="aws_ecr_repository", severity=Severity.LOW, confidence=Confidence.FIRM)
def check(repository: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not graph.attached(resource, "repository", "aws_ecr_lifecycle_policy"):
        yield Fail(repository, "images of the repository are never deleted", expected="an aws_ecr_lifecycle_policy")
