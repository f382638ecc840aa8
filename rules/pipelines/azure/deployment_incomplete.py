"""A deployment job lacks its environment or its strategy.

## Why it matters
Azure refuses the whole pipeline when it is started: *A deployment job must have a strategy*, or it says that the environment is missing.
Nothing runs.

## Five whys
1. Why did the push start nothing? Azure refused the pipeline.
2. Why? A deployment is not complete.
3. Why? The job was a plain `job`, and only its first key was changed.

## Fix now
Add `environment` and `strategy: {runOnce: {deploy: {steps: [...]}}}`.

## Workaround
Write `job` in place of `deployment`, with the steps directly under it; then there is no environment that asks for approval.

## Prevent
Check the pipeline with *Validate* in the editor before it is merged.

## Validate
*Validate* says that the pipeline is valid.

## Bad
```azure
jobs:
  - deployment: web # finding
    environment: production
    steps: [{script: ./deploy.sh}]
  - deployment: db # finding
    strategy:
      runOnce:
        deploy:
          steps: [{script: ./migrate.sh}]
```

## Good
```azure
jobs:
  - deployment: web
    environment: production
    strategy:
      runOnce:
        deploy:
          steps: [{script: ./deploy.sh}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, given
from auditor.views.pipeline.reading import entries, field


@rule(
    target="azure_pipeline",
    each=jobs,
    severity=Severity.HIGH,
    symptoms=[r"A deployment job must have", r"Unexpected value 'steps'", r"Job \S+: Environment .* could not be found"],
)
def check(job: Job) -> Iterator[Fail]:
    where = field(job.where, "deployment")
    if not given(where) or any(name.startswith("${{") for name, _ in entries(job.where)):
        return
    lacking = [name for name in ("environment", "strategy") if not given(field(job.where, name))]
    if lacking:
        yield Fail(where, f"the deployment {where.text} has no {' and no '.join(lacking)}", " and ".join(lacking))
