"""A job runs on a machine of your own.

## Why it matters
A machine of your own keeps what jobs leave behind: files, processes, caches, logins. It mostly stands in a network that the internet
cannot reach, with rights that a hosted runner has not.

## Five whys
1. Why did a job read another job's key? It lay on the machine.
2. Why? The machine is not thrown away after a job.
3. Why is it used? The job needs hardware, a network or software that hosted runners lack.
4. Why is that a danger? Whatever runs in one job can change what all later ones do.
5. Why is it easy to miss? The label of the runner is all that says so.

## Fix now
Let the runner take one job and be thrown away (`--ephemeral`, Actions Runner Controller), with no rights in its network but what the job
needs.

## Workaround
Use a hosted runner where nothing special is needed.

## Prevent
Put such runners into a group that only named repositories and workflows may use.

## Validate
After a job the machine is gone.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: [self-hosted, linux] # finding
    steps:
      - run: make
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.runners import own_machine


@rule(
    target="github_workflow",
    each=jobs,
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="zizmor:self-hosted-runner",
)
def check(job: Job) -> Iterator[Fail]:
    label = own_machine(job)
    if label:
        message = f"{label} may be a machine of your own" if job.runner.at("group").present else f"{label} is a machine of your own"
        yield Fail(job.runner, message, "a runner that is thrown away after each job")
