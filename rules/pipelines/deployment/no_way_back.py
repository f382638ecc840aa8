"""Production is deployed to, and the pipeline has no way back.

## Why it matters
When the new version is broken, somebody has to find out by hand what ran before and how to bring it back, while the customers wait. The
pipeline knows both.

## Five whys
1. Why did the outage last an hour? Bringing the last version back took that long.
2. Why? Nobody knew which one it was, and the commands had to be looked up.
3. Why? Neither the deployment nor a step after it rolls back.
4. Why not? It was written for the case that works.

## Fix now
`kubectl rollout undo deployment/NAME`, `helm rollback RELEASE`, or run the pipeline of the last good commit again.

## Workaround
Write the commands to roll back into the runbook.

## Prevent
`helm upgrade --atomic`; a step with `if: failure()` that runs `kubectl rollout undo`; ECS: the deployment circuit breaker with rollback.

## Validate
Deploy a version that does not start to a test environment: the old one runs again afterwards.

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
      - run: kubectl apply -f k8s/
      - run: kubectl rollout status deployment/web --timeout=5m
```

## Good
```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/
      - run: kubectl rollout status deployment/web --timeout=5m
      - if: failure()
        run: kubectl rollout undo deployment/web
```

```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: helm upgrade --install web ./chart --atomic
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS, pipelines
from auditor.views.pipeline.deployment import deployments, is_production
from auditor.views.pipeline.model import Pipeline, Step
from auditor.views.pipeline.shell import commands

_TOOLS = frozenset({"kubectl", "oc", "helm", "ecs", "lambda", "docker"})
_BACK = ("rollback", "rollout undo", "roll back", "undo", "--atomic", "--rollback-on-failure", "revert", "argo rollouts", "canary")


@rule(target=KINDS, each=pipelines, severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    if pipeline.only_called or any(map(_goes_back, pipeline.steps)):
        return
    for job in pipeline.jobs:
        if is_production(job) and any(it.tool in _TOOLS for it in deployments(job)):
            yield Fail(
                job.key_at, f"the job {job.key} deploys to production, and nothing takes a broken version back", "a rollback on failure"
            )
            return


def _goes_back(step: Step) -> bool:
    made = commands(step)
    texts = [made.tree.text if made else "", step.uses.name if step.uses else "", step.name.text or ""]
    return any(word in text.lower() for text in texts for word in _BACK)
