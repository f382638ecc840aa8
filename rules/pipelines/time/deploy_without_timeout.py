"""A deployment that hangs holds its lock for hours.

## Why it matters
Without a limit of its own a job runs until the platform ends it: after six hours on GitHub, one on GitLab and Azure, never on Jenkins. A
deployment that waits for a pod that never gets ready, or for a prompt, blocks all later ones that long, and is then killed in the middle.

## Five whys
1. Why can the fix not be deployed? The deployment before it still runs.
2. Why? It waits for a rollout that will never end.
3. Why did nothing end it? The job has no timeout, and the platform's own is hours away.
4. Why was none written? On the good days the job takes two minutes, so nobody felt the lack.

## Fix now
Cancel the run that hangs (`gh run cancel RUN_ID`), look at what it left behind, then start the next one.

## Workaround
Give the command that waits a limit: `kubectl rollout status --timeout=5m`, `helm upgrade --timeout 10m`, `timeout 600 ./deploy.sh`.

## Prevent
Two to three times what the job takes: GitHub `timeout-minutes: 20`, GitLab `timeout: 20m`, Azure `timeoutInMinutes: 20`, Jenkins
`options { timeout(time: 20, unit: 'MINUTES') }`, Argo `activeDeadlineSeconds`.

## Validate
`gh run view RUN_ID --json jobs` shows a duration below the limit for a normal deployment.

## Bad
```github
on:
  push:
    branches: [main]
concurrency: deploy
jobs:
  deploy: # finding
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/
```

```jenkinsfile
pipeline {
  agent any
  stages {
    stage('Deploy') { // finding
      steps { sh 'kubectl apply -f k8s/' }
    }
  }
}
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
    timeout-minutes: 20
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/
  steps:
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: helm upgrade web ./chart --wait
        timeout-minutes: 15
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: make test
  called:
    uses: ./.github/workflows/deploy.yml
```

```jenkinsfile
pipeline {
  agent any
  options { timeout(time: 20, unit: 'MINUTES') }
  stages {
    stage('Deploy') {
      steps { sh 'kubectl apply -f k8s/' }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.deployment import deployments, has_target, is_preview
from auditor.views.pipeline.model import Job, Platform, Step, given

_DEFAULTS = {
    Platform.GITHUB: "six hours",
    Platform.GITLAB: "the project's limit",
    Platform.AZURE: "one hour",
    Platform.JENKINS: "no limit",
    Platform.ARGO: "no limit",
}
"""How long a job may run where nothing is written (documentation of the platforms, 2026-11)."""


@rule(
    target=KINDS,
    each=jobs,
    severity=Severity.MEDIUM,
    symptoms=[r"exceeded the maximum execution time", r"The job running on runner .* has exceeded the maximum execution time"],
)
def check(job: Job) -> Iterator[Fail]:
    default = _DEFAULTS.get(job.pipeline.platform)
    if default is None or job.uses is not None or is_preview(job) or not (deployments(job) or has_target(job)):
        return
    if job.timeout.present or given(job.pipeline.timeout) or (job.steps and all(map(_bounded, job.steps))):
        return
    yield Fail(job.key_at, f"the job {job.key} deploys and may run for {default}", "a timeout of two to three times what it takes")


def _bounded(step: Step) -> bool:
    return given(step.timeout) or step.calls("actions/checkout", "checkout")
