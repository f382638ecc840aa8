"""A job waits for a lock that its own run holds.

## Why it matters
A workflow and one of its jobs ask for the same lock. The run has it already, so the job waits for its own run to end, and the run for the
job. GitHub sees that and cancels the run: *Canceling since a deadlock was detected*. Nothing is ever deployed.

## Five whys
1. Why is every run cancelled? GitHub found a deadlock.
2. Why is there one? The job wants a lock that its run holds.
3. Why do both want it? The group stands at the workflow and at the job under the same name.
4. Why? The lock was moved to the job and left at the top.

## Fix now
Delete one of the two `concurrency` blocks; the one on the job that deploys is enough.

## Workaround
Give the two groups different names.

## Prevent
Put locks on the jobs that need them, named after what they protect.

## Validate
The next run starts its job and shows no *deadlock was detected*.

## Bad
```github
on: push
concurrency: production
jobs:
  deploy:
    concurrency: {group: production} # finding
    runs-on: ubuntu-24.04
    steps:
      - run: make deploy
```

## Good
```github
on: push
concurrency: ${{ github.workflow }}-${{ github.ref }}
jobs:
  deploy:
    concurrency: {group: production}
    runs-on: ubuntu-24.04
    steps:
      - run: make deploy
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job


@rule(target="github_workflow", each=jobs, severity=Severity.HIGH, symptoms=[r"[Cc]anceling since a deadlock .* was detected"])
def check(job: Job) -> Iterator[Fail]:
    outer, inner = job.pipeline.concurrency, job.concurrency
    if outer is not None and inner is not None and outer.group.text == inner.group.text:
        message = f"the job waits for the lock {inner.group.text}, which its own run holds"
        yield Fail(inner.group, message, "different names, or one lock", related=(outer.group,))
