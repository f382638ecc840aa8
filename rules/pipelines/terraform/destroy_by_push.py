"""A push destroys infrastructure.

## Why it matters
`terraform destroy` stands in a pipeline that every push starts. Whoever pushes, merges or reverts something takes the infrastructure
away, without being asked.

## Five whys
1. Why is the environment gone? The pipeline destroyed it.
2. Why did it run? Somebody pushed.
3. Why does a push destroy? The command stands in a job without a condition.
4. Why was it put there? It was meant for a test, and should have been taken out again.

## Fix now
Disable the pipeline, restore from backups what held data, `terraform apply` the rest.

## Workaround
`prevent_destroy` on what holds data.

## Prevent
Put `destroy` into a pipeline of its own that only a person starts, with the name of the environment to be typed in.

## Validate
A push starts no job that destroys.

## Bad
```github
on:
  push:
    branches: [main]
jobs:
  infra:
    runs-on: ubuntu-24.04
    steps:
      - run: terraform apply -auto-approve
      - run: terraform destroy -auto-approve # finding
```

## Good
```github
on:
  push:
    branches: [main]
  workflow_dispatch:
jobs:
  infra:
    if: github.event_name == 'workflow_dispatch'
    runs-on: ubuntu-24.04
    steps:
      - run: terraform destroy -auto-approve
  integration-test:
    runs-on: ubuntu-24.04
    steps:
      - run: terraform apply -auto-approve
      - run: terraform destroy -auto-approve
        if: always()
  preview:
    runs-on: ubuntu-24.04
    environment: preview
    steps:
      - run: terraform destroy -auto-approve
```

```gitlab
down:
  script: [terraform destroy -auto-approve]
  when: manual
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.deployment import deployments, is_preview
from auditor.views.pipeline.model import Event, Job, Platform, Step, given
from auditor.views.pipeline.runs import situations, step_runs

_TOOLS = frozenset({"terraform", "tofu", "terragrunt", "pulumi", "cdk"})
_TEST = ("test", "e2e", "integration", "sandbox", "ephemeral", "demo", "lab")


@rule(target=KINDS, each=jobs, severity=Severity.HIGH, confidence=Confidence.LIKELY, symptoms=[r"Destroy complete! Resources: [1-9]"])
def check(job: Job) -> Iterator[Fail]:
    names = " ".join(it for it in (job.key, job.name.value, job.environment.value, job.pipeline.name.value) if isinstance(it, str)).lower()
    if is_preview(job) or any(word in names for word in _TEST) or (given(job.manual) and job.manual.value != "always"):
        return
    for found in deployments(job):
        call = found.invocation
        if found.tool not in _TOOLS or call is None or call.subcommand[:1] != ("destroy",) or found.step.always:
            continue
        if _on_push(found.step):
            yield Fail(found.where, f"a push runs {found.tool} destroy", "a pipeline that only a person starts")


def _on_push(step: Step) -> bool:
    pipeline = step.job.pipeline
    if given(step.condition) and "always()" in str(step.condition.value):
        return False
    if pipeline.platform in (Platform.GITHUB, Platform.GITLAB):
        found = [it for it in situations(pipeline) if it.trigger.event is Event.PUSH]
        return any(step_runs(step, it) is True for it in found)
    return pipeline.events == {Event.PUSH} and not given(step.job.condition) and not given(step.condition) and not given(step.job.manual)
