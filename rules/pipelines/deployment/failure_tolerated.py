"""A deployment may fail, and the pipeline is green.

## Why it matters
The step or job is allowed to fail: the run is green, the commit gets its check mark, and jobs that come after go on as if the new
version ran. On GitHub a tolerated step is green everywhere, even in the list of its job.

## Five whys
1. Why did nobody know that the deployment had failed? The pipeline was green.
2. Why? The failure of that step is tolerated.
3. Why is it? It failed now and then, and blocked everybody.
4. Why was it not mended? With the setting the pressure to do so was gone.

## Fix now
Open the log of the last deployments and look for errors; deploy again what is missing.

## Workaround
Give the step an `id` and let a later one fail on it: `if: steps.ID.outcome == 'failure'`.

## Prevent
Remove the setting (`continue-on-error`, `allow_failure`, `continueOnError`, `catchError`), and repeat what fails by chance: a bounded
retry around the command that calls the network.

## Validate
Break the deployment on purpose in a test environment: the pipeline is red.

## Bad
```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: helm upgrade --install web ./chart --atomic
        continue-on-error: true # finding
```

```gitlab
deploy:
  script: [kubectl apply -f k8s/]
  allow_failure: true # finding
```

```azure
steps:
  - bash: kubectl apply -f k8s/
    continueOnError: true # finding
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
      - id: first
        run: helm upgrade --install web ./chart --atomic
        continue-on-error: true
      - if: steps.first.outcome == 'failure'
        run: ./report.sh && exit 1
      - run: npm audit
        continue-on-error: true
```

```gitlab
deploy:
  script: [kubectl apply -f k8s/]
lint:
  script: [make lint]
  allow_failure: true
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.deployment import deployments
from auditor.views.pipeline.model import Job, Step, given


@rule(target=KINDS, each=jobs, severity=Severity.HIGH)
def check(job: Job) -> Iterator[Fail]:
    found = deployments(job)
    if found and _on(job.tolerated):
        yield Fail(job.tolerated, f"the job {job.key} deploys, and its failure leaves the pipeline green", "no tolerance for deployments")
    for step in dict.fromkeys(it.step for it in found):
        if _on(step.tolerated) and not step.always and not _asked_later(step):
            yield Fail(step.tolerated, "this step deploys, and its failure leaves the job green", "no tolerance for deployments")


def _on(node: Node) -> bool:
    return given(node) and (node.value is True or node.value in ("continue", "CONTINUE") or isinstance(node.value, dict))


def _asked_later(step: Step) -> bool:
    name = step.id.text if given(step.id) else None
    conditions = [it.condition.text or "" for it in step.after if given(it.condition)]
    scripts = [text.text or "" for it in step.after if it.script for text in it.script.texts]
    return bool(name) and any(f"steps.{name}.outcome" in text for text in (*conditions, *scripts))
