"""A new run kills a deployment that holds a lock or leaves things half done.

## Why it matters
`terraform apply`, `helm upgrade`, a stack update and a database migration change things step by step. When a newer run cancels them in the
middle, the state stays locked, the release stays `pending-upgrade`, or half of the migration is applied; all later runs fail until a person
unlocks and repairs.

## Five whys
1. Why does every deployment fail with *Error acquiring the state lock*? The state is locked by a run that is gone.
2. Why is it gone? A push cancelled it in the middle of `apply`.
3. Why may a push do that? The lock of the job says `cancel-in-progress: true`.
4. Why? It was switched on to save minutes on pull requests.
5. Why does it hold for deployments too? The setting stands for the whole workflow, whatever the event.

## Fix now
Make sure that no run is left, then release what it held: `terraform force-unlock LOCK_ID`, or `helm history RELEASE` and
`helm rollback RELEASE REVISION`; look at the plan before the next `apply`.

## Workaround
Do not push to the branch while a deployment runs.

## Prevent
Cancel only what can be repeated: `cancel-in-progress: ${{ github.event_name == 'pull_request' }}`, and a lock of its own without
cancelling on the job that deploys. GitLab: `interruptible: false` on the job.

## Validate
Push twice while a deployment runs: the first run goes on, the second one waits.

## Bad
```github
on:
  push:
    branches: [main]
concurrency:
  group: terraform
  cancel-in-progress: true # finding
jobs:
  apply:
    runs-on: ubuntu-24.04
    steps:
      - run: terraform apply -auto-approve
```

```gitlab
workflow: {auto_cancel: {on_new_commit: interruptible}}
migrate:
  script: [alembic upgrade head]
  interruptible: true # finding
```

## Good
```github
on:
  push:
    branches: [main]
  pull_request:
concurrency:
  group: terraform-${{ github.ref }}
  cancel-in-progress: ${{ github.event_name == 'pull_request' }}
jobs:
  plan:
    runs-on: ubuntu-24.04
    steps:
      - run: terraform plan
  apply:
    if: github.event_name == 'push'
    runs-on: ubuntu-24.04
    steps:
      - run: terraform apply -auto-approve
```

```gitlab
test:
  script: [make test]
  interruptible: true
migrate:
  script: [alembic upgrade head]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.deployment import deployments
from auditor.views.pipeline.lock import cancels, locks
from auditor.views.pipeline.model import Job, Platform
from auditor.views.pipeline.runs import situations
from auditor.views.pipeline.skip import wanted


@rule(
    target=KINDS,
    each=jobs,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        r"Error acquiring the state lock",
        r"another operation \(install/upgrade/rollback\) is in progress",
        r"UPGRADE FAILED: .*pending-upgrade",
        r"The operation was canceled",
    ],
)
def check(job: Job) -> Iterator[Fail]:
    stateful = [it for it in deployments(job) if it.stateful]
    killer = _killer(job) if stateful else None
    if killer is not None:
        where, on = killer
        message = f"a new run stops {stateful[0].tool} in the middle{on}"
        yield Fail(where, message, "no cancelling of deployments", related=(stateful[0].where,))


def _killer(job: Job) -> tuple[Node, str] | None:
    """What ends the job when a new run starts, and in which situation."""
    platform = job.pipeline.platform
    if platform is Platform.GITLAB:
        setting = job.where.at("interruptible")
        return (setting, "") if setting.data is True else None
    if platform is Platform.JENKINS:
        return next(((lock.cancels, "") for lock in locks(job) if lock.cancels.data is True), None)
    for situation in situations(job.pipeline):
        if wanted(job, situation) is False or situation.stranger:
            continue
        for lock in locks(job):
            if cancels(lock, situation, platform) is True:
                return lock.cancels, f" on {situation.text}"
    return None
