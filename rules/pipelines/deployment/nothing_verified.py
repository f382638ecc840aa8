"""A deployment ends without a look at what it deployed.

## Why it matters
The pipeline is green as soon as the platform has taken the order. Whether the new version answers is found out by the customers.

## Five whys
1. Why did nobody notice the broken version for an hour? The pipeline said that all was well.
2. Why did it? It only knows that the update was accepted.
3. Why? No step after the deployment waits for it or asks the service.
4. Why not? The command returns at once, and that looked like success.

## Fix now
Look at the service now: `aws ecs describe-services`, `aws lambda get-function`, the health endpoint.

## Workaround
Watch the dashboard after each deployment until the pipeline does it.

## Prevent
ECS: `wait-for-service-stability: true` or `aws ecs wait services-stable`; otherwise a smoke test: `curl --fail --retry 10
--retry-all-errors URL/health`.

## Validate
Deploy a version that does not start to a test environment: the pipeline fails.

## Bad
```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2 # finding
        with: {task-definition: task.json, service: web, cluster: main}
```

```gitlab
deploy:
  script:
    - aws ecs update-service --cluster main --service web --force-new-deployment # finding
```

## Good
```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with: {task-definition: task.json, service: web, cluster: main, wait-for-service-stability: true}
  function:
    runs-on: ubuntu-24.04
    steps:
      - run: aws lambda update-function-code --function-name f --zip-file fileb://f.zip
      - run: aws lambda wait function-updated --function-name f
```

```gitlab
deploy:
  script:
    - aws ecs update-service --cluster main --service web --force-new-deployment
    - curl --fail https://shop.example.com/health
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS, pipelines
from auditor.views.pipeline.deployment import Deployment, deployments
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.reading import field
from auditor.views.pipeline.rollout import verified

_AT_ONCE = frozenset({"ecs", "lambda", "beanstalk"})
_COMMANDS = frozenset({("ecs", "update-service"), ("lambda", "update-function-code"), ("deploy", "create-deployment")})


@rule(
    target=KINDS,
    each=pipelines,
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    symptoms=[r"service \S+ is unable to consistently start tasks"],
)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    for found in (it for job in pipeline.jobs for it in deployments(job)):
        if _returns_at_once(found) and not verified(found):
            yield Fail(
                found.where, "the deployment is only ordered, and nothing looks at what becomes of it", "a wait or a smoke test after it"
            )
            return


def _returns_at_once(found: Deployment) -> bool:
    if found.invocation is not None:
        call = found.invocation
        return call.tool == "aws" and (call.subcommand[:2] in _COMMANDS)
    inputs = found.step.uses.inputs if found.step.uses else found.step.where
    waits = [
        field(inputs, name).value for name in ("wait-for-service-stability", "wait_for_deployment", "WAIT", "verify-revision-is-deployed")
    ]
    return found.tool in _AT_ONCE and not any(value in (True, "true") for value in waits)
