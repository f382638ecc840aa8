"""A deployment runs even though the jobs before it failed.

## Why it matters
`always()`, `!cancelled()` and their like let a job run whatever became of those before it. On a job that deploys this takes the tests
out of the way: a red build goes to production.

## Five whys
1. Why did a change that fails its tests reach production? The deploying job ran after the tests had failed.
2. Why did it run? Its condition is true whatever the jobs before it did.
3. Why does it say that? A skipped job had stopped the deployment once, and `always()` made it run again.
4. Why did that take the tests out of the way? `always()` accepts failures too, not only skipped jobs.
5. Why was it not seen? With green tests both conditions look the same.

## Fix now
Roll back to the last version that passed (`kubectl rollout undo`, `helm rollback`, or run the deployment of the last green commit).

## Workaround
Require the tests as a status check of the branch, so that nothing red is merged.

## Prevent
Accept skipped jobs only: `if: ${{ !cancelled() && !contains(needs.*.result, 'failure') }}`, or name what must hold: `needs.test.result ==
'success'`. GitLab: no `when: always` on a deployment; Azure: `condition: succeeded()`.

## Validate
Let a test fail on a branch with the same workflow: the deploying job is skipped.

## Bad
```github
on:
  push:
    branches: [main]
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: make test
  deploy:
    needs: test
    if: ${{ always() && github.ref == 'refs/heads/main' }} # finding
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/
```

```gitlab
stages: [test, deploy]
test: {stage: test, script: [make test]}
deploy:
  stage: deploy
  script: [kubectl apply -f k8s/]
  environment: production
  when: always # finding
```

```azure
jobs:
  - job: test
    steps: [script: make test]
  - deployment: live
    dependsOn: test
    condition: succeededOrFailed() # finding
    environment: production
    strategy: {runOnce: {deploy: {steps: [script: kubectl apply -f k8s/]}}}
```

## Good
```github
on:
  push:
    branches: [main]
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: make test
  deploy:
    needs: test
    if: ${{ !cancelled() && needs.test.result == 'success' }}
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/
  undo:
    needs: deploy
    if: failure()
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl rollout undo deployment/web
  report:
    needs: deploy
    if: always()
    runs-on: ubuntu-24.04
    steps:
      - run: ./report.sh
```

```gitlab
test: {stage: test, script: [make test]}
deploy:
  stage: deploy
  script: [kubectl apply -f k8s/]
  environment: production
cleanup:
  stage: deploy
  script: [kubectl delete -f k8s/]
  environment: {name: review/x, action: stop}
  when: always
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.deployment import deployments, has_target
from auditor.views.pipeline.failed import runs_after_failure
from auditor.views.pipeline.model import Job


@rule(target=KINDS, each=jobs, severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(job: Job) -> Iterator[Fail]:
    if not job.needs or not (has_target(job) or deployments(job)) or _undoes(job):
        return
    where = runs_after_failure(job)
    if where is not None:
        message = f"the job {job.key} deploys even if {' or '.join(dict.fromkeys(need.job for need in job.needs))} failed"
        yield Fail(where, message, "a condition that a failure makes false", related=(job.key_at,))


def _undoes(job: Job) -> bool:
    """Whether it is there to repair: it takes something back, or removes what was made for a test."""
    found = [it.invocation for it in deployments(job) if it.invocation]
    words = {word for call in found for word in (*call.subcommand, *(operand.text for operand in call.operands[:2]))}
    return bool(words & {"undo", "rollback", "delete", "destroy", "uninstall", "downgrade"})
