"""A stage deploys, whatever branch is built.

## Why it matters
In a multibranch project every branch and every pull request is built from the same Jenkinsfile. A stage without `when` deploys them all:
the last one that somebody has pushed is what runs.

## Five whys
1. Why does production run an unfinished feature? Its branch was deployed.
2. Why? The stage runs for every branch.
3. Why? It has no `when`.
4. Why was that right once? The job built one branch only, before it became a multibranch project.

## Fix now
Build the main branch again, so that it is deployed.

## Workaround
Let the multibranch project find the main branch only.

## Prevent
`when { branch 'main' }` on the stage.

## Validate
A build of another branch shows the stage as skipped.

## Bad
```jenkinsfile
pipeline {
  agent any
  options { timeout(time: 20, unit: 'MINUTES'); disableConcurrentBuilds() }
  stages {
    stage('Production') { // finding
      steps { sh 'helm upgrade --install --atomic web ./chart' }
    }
  }
}
```

## Good
```jenkinsfile
pipeline {
  agent any
  options { timeout(time: 20, unit: 'MINUTES'); disableConcurrentBuilds() }
  stages {
    stage('Production') {
      when { branch 'main' }
      steps { sh 'helm upgrade --install --atomic web ./chart' }
    }
    stage('Release') {
      input { message 'Deploy?' }
      steps { sh 'helm upgrade --install --atomic web ./chart' }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.deployment import deployments, is_production
from auditor.views.pipeline.model import Job, given


@rule(target="jenkinsfile", each=jobs, severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(job: Job) -> Iterator[Fail]:
    if job.pipeline.doubts or not deployments(job) or not is_production(job):
        return
    if any(given(it.condition) or given(it.manual) or any(step.calls("input") for step in it.steps) for it in (job, *job.upstream)):
        return
    if job.where.unknown:
        return
    yield Fail(job.key_at, f"the stage {job.key} deploys every branch that is built", "when { branch 'main' }")
