"""Strangers' pull requests run on a machine of your own.

## Why it matters
In a public repository everybody can open a pull request, and its code runs on the machine: it can stay there, wait for the next job and
take its secrets, and look round in the network.

## Five whys
1. Why was code of strangers in the company's network? A pull request's tests ran on a machine there.
2. Why there? The workflow for pull requests runs on the own runner.
3. Why may strangers start it? Workflows on pull requests run for forks, after one approved contribution without asking.
4. Why did it stay on the machine? The machine is kept after the job.
5. Why was it not seen as a danger? The repository was private when the runner was set up.

## Fix now
Run pull requests on hosted runners, or on machines that are thrown away after one job and reach nothing. Demand approval for all outside
contributors (Settings, Actions).

## Workaround
Skip the job for forks: `if: github.event.pull_request.head.repo.full_name == github.repository`.

## Prevent
Do not allow public repositories to use the runner group.

## Validate
A pull request from a fork starts no job on the machine.

## Bad
```github
on: pull_request
permissions: {}
jobs:
  build:
    runs-on: [self-hosted, linux] # finding
    steps:
      - run: make test
```

## Good
```github
on: pull_request
permissions: {}
jobs:
  build:
    runs-on: [self-hosted, linux]
    if: github.event.pull_request.head.repo.full_name == github.repository
    steps:
      - run: make test
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.runners import own_machine
from auditor.views.pipeline.runs import may_run
from auditor.views.pipeline.strangers import asks_who


@rule(target="github_workflow", each=jobs, severity=Severity.MEDIUM, confidence=Confidence.LIKELY)
def check(job: Job) -> Iterator[Fail]:
    label = own_machine(job)
    if label == "self-hosted" and not asks_who(job):
        strange = next((it for it in may_run(job) if it.stranger and "pull" in it.trigger.name), None)
        if strange is not None:
            message = f"{strange.text} runs on {label}, a machine of your own"
            yield Fail(job.runner, message, "a hosted runner, or no forks", related=(strange.trigger.where,))
