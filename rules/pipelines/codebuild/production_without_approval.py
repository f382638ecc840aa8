"""A CodePipeline deploys to production without anybody's approval.

## Why it matters
Whatever reaches the branch is live a few minutes later: nobody stands between a wrong merge and the customers. Where that is meant,
accept this finding for the pipeline.

## Five whys
1. Why did the wrong version go live? It was merged, and the pipeline deployed it.
2. Why did nobody stop it? The pipeline asks nobody.
3. Why not? No stage before the deployment has an action of the category *Approval*.

## Fix now
Roll back if the version is wrong; else nothing.

## Workaround
*Disable transition* into the stage until somebody has looked.

## Prevent
A stage with a manual approval before the one that deploys to production.

## Validate
The run waits in front of the stage until somebody approves it.

## Bad
```hcl
resource "aws_codepipeline" "shop" {
  name     = "shop"
  role_arn = "arn:aws:iam::111122223333:role/pipeline"
  stage {
    name = "Source"
    action {
      name     = "Source"
      category = "Source"
      owner    = "AWS"
      provider = "CodeStarSourceConnection"
      version  = "1"
    }
  }
  stage { # finding
    name = "Production"
    action {
      name     = "Deploy"
      category = "Deploy"
      owner    = "AWS"
      provider = "ECS"
      version  = "1"
    }
  }
}
```

## Good
```hcl
resource "aws_codepipeline" "shop" {
  name     = "shop"
  role_arn = "arn:aws:iam::111122223333:role/pipeline"
  stage {
    name = "Approve"
    action {
      name     = "Approve"
      category = "Approval"
      owner    = "AWS"
      provider = "Manual"
      version  = "1"
    }
  }
  stage {
    name = "Production"
    action {
      name     = "Deploy"
      category = "Deploy"
      owner    = "AWS"
      provider = "ECS"
      version  = "1"
    }
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.pipeline.reading import field, items

_PRODUCTION = re.compile(r"(?:^|[^a-z])(prod|production|prd|live)(?:$|[^a-z])", re.I)


@rule(target="aws_codepipeline", severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(pipeline: Node) -> Iterator[Fail]:
    for stage in items(pipeline.at("stage")):
        actions = items(field(stage, "action"))
        categories = [action.at("category").value for action in actions]
        if "Approval" in categories:
            return
        names = [stage.at("name").value, *(action.at("name").value for action in actions)]
        if "Deploy" in categories and any(isinstance(name, str) and _PRODUCTION.search(name) for name in names):
            yield Fail(stage, "the stage deploys to production, and nobody is asked before", "a stage with an approval")
            return
