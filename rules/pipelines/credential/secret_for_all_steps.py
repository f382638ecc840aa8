"""A secret is in the environment of every step.

## Why it matters
What stands in `env` of a job or workflow is given to each of its steps, with all actions and the code that they run. A test or an action
that was taken over reads the key that only the deployment needs.

## Five whys
1. Why did an action have the cloud key? It was in its environment.
2. Why? It stands in `env` of the job.
3. Why there? Two steps needed it, or it looked tidier.
4. Why is that wide? Every other step gets it too.
5. Why was it not noticed? Nobody sees which variables a step has.

## Fix now
Move it to `env` of the steps that need it.

## Workaround
Split the job: one that builds and tests, one that deploys.

## Prevent
Hand secrets to steps only.

## Validate
`env` in another step does not list it.

## Bad
```github
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    environment: production
    env:
      API_TOKEN: ${{ secrets.DEPLOY_TOKEN }} # finding
    steps:
      - uses: acme/setup@de0fac2e4500dabe0009e67214ff5f5447ce83dd
      - run: ./deploy
```

## Good
```github
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    environment: production
    steps:
      - uses: acme/setup@de0fac2e4500dabe0009e67214ff5f5447ce83dd
      - run: ./deploy
        env:
          API_TOKEN: ${{ secrets.DEPLOY_TOKEN }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.github.mentions import mentions
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline, Step
from auditor.views.pipeline.reading import entries


@rule(target="github_workflow", each=pipelines, severity=Severity.LOW, confidence=Confidence.FIRM)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    yield from _wide(pipeline.variables, list(pipeline.steps), "the workflow")
    for job in pipeline.jobs:
        yield from _wide(job.variables, list(job.steps), "the job")


def _wide(table: Node, steps: list[Step], holder: str) -> Iterator[Fail]:
    if sum(1 for step in steps if step.uses is not None and not step.uses.local) < 1 or len(steps) < 2:
        return
    for name, value in entries(table):
        read = [it for it in mentions(value, flowing=True) if it.path[0] == "secrets" and it.path[1:] != ("github_token",)]
        if read:
            yield Fail(value, f"every step of {holder} gets the secret in {name}", "env of the steps that need it")
