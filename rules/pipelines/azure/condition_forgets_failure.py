"""A deployment's condition no longer asks whether the jobs before it succeeded.

## Why it matters
A `condition` of one's own replaces Azure's `succeeded()`. A job whose condition only asks for the branch runs on the main branch in any
case: after failed tests, too.

## Five whys
1. Why was a version with failing tests deployed? The deployment did not wait for green tests.
2. Why not? Its condition is true on the main branch, whatever became of the tests.
3. Why? It replaces the `succeeded()` that holds where nothing is written.
4. Why was it not seen? With green tests both look the same.

## Fix now
Write `and(succeeded(), ...)` around the condition; deploy the last version that passed.

## Workaround
A gate on the environment: somebody looks at the tests before approving.

## Prevent
Begin every condition with `and(succeeded(), `.

## Validate
Let a test fail on a branch with the same condition: the deployment is skipped.

## Bad
```azure
trigger: [main]
stages:
  - stage: Test
    jobs:
      - job: test
        steps: [{script: make test}]
  - stage: Deploy
    condition: eq(variables['Build.SourceBranch'], 'refs/heads/main') # finding
    jobs:
      - deployment: web
        environment: production
        strategy:
          runOnce:
            deploy:
              steps: [{script: kubectl apply -f k8s/}]
```

## Good
```azure
trigger: [main]
stages:
  - stage: Test
    jobs:
      - job: test
        steps: [{script: make test}]
  - stage: Deploy
    condition: and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))
    jobs:
      - deployment: web
        environment: production
        strategy:
          runOnce:
            deploy:
              steps: [{script: kubectl apply -f k8s/}]
  - stage: Report
    condition: eq(variables['Build.Reason'], 'Schedule')
    jobs:
      - job: report
        steps: [{script: make report}]
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.deployment import is_deploy
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.reading import text

_ASKS = re.compile(r"\b(succeeded|failed|canceled|always|succeededOrFailed)\s*\(|\.result\b", re.I)


@rule(target="azure_pipeline", each=pipelines, severity=Severity.HIGH)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    seen: set[int] = set()
    for job in pipeline.jobs:
        written = text(job.condition)
        if (
            not written
            or _ASKS.search(written)
            or "${{" in written
            or not job.needs
            or not is_deploy(job)
            or id(job.condition.value_) in seen
        ):
            continue
        seen.add(id(job.condition.value_))
        yield Fail(job.condition, f"{job.key} deploys even if what it waits for has failed", "and(succeeded(), ...)")
