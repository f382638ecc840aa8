"""A Helm release is upgraded without waiting, and without a way back.

## Why it matters
`helm upgrade` reports success when the objects are stored, not when the pods run. A release whose pods never start counts as
`deployed`, the pipeline is green, and the next upgrade starts from the broken one. `--atomic` waits and goes back to the last release
when it fails.

## Five whys
1. Why is the shop down although the release says `deployed`? Its pods crash.
2. Why did the pipeline not fail? Helm returned before the pods were started.
3. Why did it return? It was not told to wait.
4. Why does the broken release stay? Nothing rolls back what was not seen to fail.

## Fix now
`helm history RELEASE -n NAMESPACE`, then `helm rollback RELEASE REVISION -n NAMESPACE --wait --timeout 10m` to the last one that worked.

## Workaround
`kubectl rollout status deployment/NAME --timeout=10m` after the upgrade, and a step with `if: failure()` that runs `helm rollback`.

## Prevent
`helm upgrade --install RELEASE CHART --atomic --timeout 10m` (Helm 4: `--rollback-on-failure`). The timeout has to be shorter than the
job's.

## Validate
`helm upgrade ... --set image.tag=none` in a test namespace fails within the timeout, and `helm history` shows the rollback.

## Bad
```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: helm upgrade --install web ./chart --set image.tag=${{ github.sha }} # finding
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
      - run: helm upgrade --install web ./chart --atomic --timeout 10m
      - run: |
          helm upgrade --install cache ./cache
          kubectl rollout status statefulset/cache --timeout=5m
      - run: helm upgrade --install --dry-run web ./chart
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.deployment import deployments
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.rollout import verified


@rule(
    target=KINDS,
    each=jobs,
    severity=Severity.MEDIUM,
    symptoms=[r"another operation \(install/upgrade/rollback\) is in progress", r"UPGRADE FAILED", r"CrashLoopBackOff"],
)
def check(job: Job) -> Iterator[Fail]:
    for found in deployments(job):
        call = found.invocation
        if found.tool != "helm" or call is None or call.subcommand[:1] not in (("upgrade",), ("install",)):
            continue
        if not call.has("--atomic", "--wait", "--rollback-on-failure") and not verified(found):
            yield Fail(found.where, "helm returns before the pods start, and nothing takes a failed release back", "--atomic --timeout 10m")
