"""A stage waits for a person and holds its agent meanwhile.

## Why it matters
`input` among the steps keeps the executor and the workspace busy until somebody answers: over a weekend all agents may be waiting, and no
other build starts.

## Five whys
1. Why do no builds start? All executors are busy.
2. Why? They wait for somebody to approve a deployment.
3. Why does waiting need an executor? `input` is a step of a stage that has an agent.

## Fix now
Answer or abort the builds that wait.

## Workaround
More executors on that agent.

## Prevent
`agent none` for the pipeline, `input` as the directive of the stage (it is asked before the agent is taken), and a `timeout` around it.

## Validate
While a build waits, *Build Executor Status* shows no executor for it.

## Bad
```jenkinsfile
pipeline {
  agent any
  stages {
    stage('Deploy') {
      steps {
        input 'Deploy?' // finding
        sh './deploy.sh'
      }
    }
  }
}
```

## Good
```jenkinsfile
pipeline {
  agent none
  stages {
    stage('Approve') {
      steps { input 'Deploy?' }
    }
    stage('Deploy') {
      agent any
      steps { sh './deploy.sh' }
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, given
from auditor.views.pipeline.platforms.jenkins import argument
from auditor.views.pipeline.reading import text


@rule(target="jenkinsfile", each=jobs, severity=Severity.LOW, symptoms=[r"Waiting for next available executor"])
def check(job: Job) -> Iterator[Fail]:
    if job.pipeline.doubts or not given(job.runner) or text(argument(job.runner)) == "none":
        return
    for step in job.steps:
        if step.calls("input"):
            yield Fail(
                step.uses.where if step.uses else step.where,
                "the stage holds its agent until somebody answers",
                "agent none for the stage that asks",
            )
