"""The lock of a deployment has another name in every run.

## Why it matters
Two runs wait for each other only when their locks have the same name. A name made of the commit, of the run's number, or of
`github.head_ref || github.run_id` (a push has no `head_ref`) is new each time: the lock looks right and holds nothing. Two merges
within minutes then deploy side by side, and the older one may finish last: production runs the older commit, all pipelines are green.

## Five whys
1. Why is the merged fix not in production? An older commit was deployed over it.
2. Why did the older run finish last? Both ran at the same time, and its tests took longer.
3. Why at the same time, though a lock is written? Each run took a lock of its own.
4. Why? The name contains a value that is different in every run.
5. Why was it written so? The line was copied from a workflow for pull requests, where each branch shall have its own lock.

## Fix now
Deploy the newest commit again: `gh run rerun RUN_ID --repo OWNER/REPO` of its run, or start the workflow by hand on the branch.

## Workaround
Merge one change at a time and wait for the deployment, until the name of the lock is mended.

## Prevent
Name the lock after what is deployed to, on the job that deploys: `concurrency: {group: deploy-production, cancel-in-progress: false}`.
GitLab: `resource_group: production`.

## Validate
Start the workflow twice within a minute: the second run shows *Waiting for pending jobs* (GitLab: *waiting for resource*).

## Bad
```github
on:
  push:
    branches: [main]
concurrency:
  group: ${{ github.workflow }}-${{ github.head_ref || github.run_id }} # finding
jobs:
  deploy:
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/
```

```gitlab
deploy:
  script: [kubectl apply -f k8s/]
  environment: production
  resource_group: deploy-$CI_COMMIT_SHORT_SHA # finding
```

## Good
```github
on:
  push:
    branches: [main]
  pull_request:
concurrency:
  group: ${{ github.workflow }}-${{ github.head_ref || github.ref }}
jobs:
  deploy:
    if: github.event_name == 'push'
    concurrency: deploy-production
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/
  test:
    concurrency: test-${{ github.sha }}
    runs-on: ubuntu-24.04
    steps:
      - run: make test
```

```gitlab
deploy:
  script: [kubectl apply -f k8s/]
  environment: production
  resource_group: production
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.deployment import is_deploy, is_preview
from auditor.views.pipeline.lock import changing, locks
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.runs import situations
from auditor.views.pipeline.skip import wanted


@rule(
    target=KINDS,
    each=jobs,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"older commit .* deployed", r"another operation \(install/upgrade/rollback\) is in progress"],
)
def check(job: Job) -> Iterator[Fail]:
    if not is_deploy(job) or is_preview(job):
        return
    for situation in situations(job.pipeline):
        if wanted(job, situation) is False or situation.stranger:
            continue
        found = [changing(lock, situation, job.pipeline.platform) for lock in locks(job)]
        if found and all(found):
            names = ", ".join(sorted(frozenset().union(*found)))
            message = f"on {situation.text} the lock has a new name each time ({names}), so two deployments run side by side"
            yield Fail(locks(job)[0].group, message, "a name that is the same for every run", related=(job.key_at,))
            return
