"""An action of CodePipeline takes an artifact that no action before it makes.

## Why it matters
CodePipeline refuses the pipeline (*Pipeline structure is invalid ... input artifact*), so the change that brings it cannot be applied,
and nothing that depends on it is deployed.

## Five whys
1. Why did `terraform apply` fail? CodePipeline refused the structure of the pipeline.
2. Why? An action wants an artifact that does not exist at that point.
3. Why not? Its name differs from the one that is produced, or it is produced later.
4. Why was that not seen in the plan? The names are texts to Terraform.

## Fix now
Use the name that the source or build action lists under `output_artifacts`.

## Workaround
Take the action out until the artifact is there.

## Prevent
Keep the names of artifacts in one local value.

## Validate
`aws codepipeline get-pipeline-state --name NAME` shows all stages.

## Bad
```hcl
resource "aws_codepipeline" "web" {
  name     = "web"
  role_arn = "arn:aws:iam::111122223333:role/pipeline"
  stage {
    name = "Source"
    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeStarSourceConnection"
      version          = "1"
      output_artifacts = ["source"]
    }
  }
  stage {
    name = "Deploy"
    action {
      name            = "Deploy"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "ECS"
      version         = "1"
      input_artifacts = ["build"] # finding
    }
  }
}
```

## Good
```hcl
resource "aws_codepipeline" "web" {
  name     = "web"
  role_arn = "arn:aws:iam::111122223333:role/pipeline"
  stage {
    name = "Source"
    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeStarSourceConnection"
      version          = "1"
      output_artifacts = ["source"]
    }
  }
  stage {
    name = "Build"
    action {
      name             = "Build"
      category         = "Build"
      owner            = "AWS"
      provider         = "CodeBuild"
      version          = "1"
      input_artifacts  = ["source"]
      output_artifacts = ["build"]
    }
    action {
      name            = "Deploy"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "ECS"
      version         = "1"
      run_order       = 2
      input_artifacts = ["build", "source"]
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.reading import items


@rule(
    target="aws_codepipeline",
    each=jobs,
    severity=Severity.HIGH,
    symptoms=[r"Pipeline structure is invalid", r"input artifact .* (?:not|must)"],
)
def check(job: Job) -> Iterator[Fail]:
    made = {item.text for other in job.upstream for item in items(other.outputs)}
    for wanted in items(job.where.at("input_artifacts")):
        if wanted.text not in made:
            names = ", ".join(sorted(name for name in made if name)) or "none"
            yield Fail(wanted, f"no action before {job.key} makes the artifact {wanted.text}", f"an artifact that is there ({names})")
