"""Two runs may deploy to the same place at the same time.

## Why it matters
Nothing keeps a second deployment from starting while the first one runs. Whichever ends last wins: often the older commit, since its
run started first and was slower. Tools with a lock of their own (Terraform, Helm) fail instead, in the middle.

## Five whys
1. Why does production run yesterday's code? The run of the older commit ended after the run of the newer one.
2. Why did both run? Two changes were merged within minutes.
3. Why did the second run not wait? Nothing told it to: environments alone do not serialise.
4. Why not? The deploying job has no lock.
5. Why was that not seen? With one merge a day the runs never met.

## Fix now
Deploy the newest commit again, and cancel the older run if it still goes on: `gh run cancel RUN_ID`, GitLab: *Cancel* on the job.

## Workaround
Let one person merge, and wait for each deployment to end.

## Prevent
A lock named after the target, on the deploying job: GitHub `concurrency: {group: deploy-production, cancel-in-progress: false}`, GitLab
`resource_group: production`, CircleCI `serial-group`, Azure `lockBehavior: sequential` with an exclusive lock on the environment, Jenkins
`options { disableConcurrentBuilds() }`.

## Validate
Start the pipeline twice; the second deployment waits until the first one has ended.

## Bad
```github
on:
  push:
    branches: [main]
jobs:
  deploy: # finding
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: helm upgrade --install shop ./chart --wait
```

```gitlab
deploy: # finding
  script: [kubectl apply -f k8s/]
  environment: production
```

## Good
```github
on:
  push:
    branches: [main]
concurrency: deploy
jobs:
  deploy:
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: helm upgrade --install shop ./chart --wait
```

A called workflow leaves it to its callers, and a review app belongs to one branch:

```github
on: workflow_call
jobs:
  deploy:
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: helm upgrade --install shop ./chart --wait
```

```gitlab
deploy:
  script: [kubectl apply -f k8s/]
  environment: production
  resource_group: production
review:
  script: [kubectl apply -f k8s/]
  environment: review/$CI_COMMIT_REF_SLUG
stop:
  script: [kubectl delete -f k8s/]
  environment: {name: review/$CI_COMMIT_REF_SLUG, action: stop}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.deployment import deployments, has_target, is_preview, is_production
from auditor.views.pipeline.lock import serialised
from auditor.views.pipeline.model import Event, Job, Platform

_WITHOUT_LOCKS = frozenset({Platform.CODEBUILD, Platform.TEKTON, Platform.ARGO})


@rule(
    target=KINDS,
    each=jobs,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=[r"Error acquiring the state lock", r"another operation \(install/upgrade/rollback\) is in progress"],
)
def check(job: Job) -> Iterator[Fail]:
    pipeline = job.pipeline
    if pipeline.only_called or pipeline.platform in _WITHOUT_LOCKS or is_preview(job) or serialised(job):
        return
    overlapping = pipeline.events - {Event.MANUAL, Event.CALL, Event.PULL_REQUEST}
    if not overlapping or not (
        has_target(job) or (deployments(job) and (is_production(job) or any(it.stateful for it in deployments(job))))
    ):
        return
    tools = sorted({it.tool for it in deployments(job)})
    by = f" with {', '.join(tools)}" if tools else f" to {job.environment.text}" if not job.environment.unknown else ""
    yield Fail(job.key_at, f"the job {job.key} deploys{by}, and nothing keeps two runs apart", "a lock that is named after the target")
