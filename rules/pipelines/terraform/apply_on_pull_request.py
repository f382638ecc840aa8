"""Infrastructure is changed before anybody has reviewed the change.

## Why it matters
`terraform apply` runs for a pull request: whoever can open one changes production, a branch that is never merged leaves its changes
behind, and two branches undo each other's work.

## Five whys
1. Why did the load balancer change although nothing was merged? A pull request applied it.
2. Why could it? The workflow applies on every pull request.
3. Why? Plan and apply are one job, and the event was chosen for the plan.
4. Why did nobody object? The first pull requests were merged minutes later, so it made no difference.

## Fix now
Apply the main branch again: `terraform plan` there shows what the pull request changed, `terraform apply` takes it back.

## Workaround
Give the job an environment with required reviewers, so that somebody looks before it runs.

## Prevent
Plan on pull requests, apply on pushes to the main branch: `if: github.event_name == 'push'` on the job that applies a saved plan.

## Validate
A new pull request shows a plan and no apply.

## Bad
```github
on: pull_request
jobs:
  apply:
    runs-on: ubuntu-24.04
    steps:
      - run: terraform apply -auto-approve # finding
```

```gitlab
apply:
  script: [terraform apply -auto-approve] # finding
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
```

## Good
```github
on:
  pull_request:
  push:
    branches: [main]
jobs:
  plan:
    runs-on: ubuntu-24.04
    steps:
      - run: terraform plan -out tfplan
  apply:
    if: github.event_name == 'push'
    runs-on: ubuntu-24.04
    steps:
      - run: terraform apply tfplan
  preview:
    environment: preview
    runs-on: ubuntu-24.04
    steps:
      - run: terraform apply -auto-approve
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.deployment import deployments, has_target, is_preview
from auditor.views.pipeline.model import Event, Job
from auditor.views.pipeline.runs import situations, step_runs

_TOOLS = frozenset({"terraform", "tofu", "terragrunt", "pulumi", "cdk"})


@rule(target=KINDS, each=jobs, severity=Severity.HIGH)
def check(job: Job) -> Iterator[Fail]:
    for found in deployments(job):
        if found.tool not in _TOOLS or found.invocation is None or has_target(job) or is_preview(job):
            continue
        for situation in situations(job.pipeline):
            review = situation.trigger.event is Event.PULL_REQUEST and situation.trigger.name != "merge_group"
            if review and step_runs(found.step, situation) is True:
                what = f"{found.tool} {' '.join(found.invocation.subcommand)}"
                yield Fail(found.where, f"{what} runs for {situation.text}, before anything is reviewed", "only a plan before the merge")
                break
