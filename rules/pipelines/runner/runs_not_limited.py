"""Runs of a workflow are not kept apart.

## Why it matters
Without `concurrency` each push starts another run beside those that are still going on for the same branch: runners are busy with results
that nobody waits for, and what two runs change at once collides.

## Five whys
1. Why did the newest run wait? Older ones held the runners.
2. Why were they still running? Nothing ends them.
3. Why not? The workflow has no `concurrency`.
4. Why? Without it everything works, later.
5. Why does it cost? Minutes are paid, and runners are few.

## Fix now
Add at the top: `concurrency: {group: "${{ github.workflow }}-${{ github.ref }}", cancel-in-progress: true}`; for deployments `false`.

## Workaround
Cancel old runs by hand (`gh run cancel`).

## Prevent
Put it into the template of workflows.

## Validate
A second push ends the first run.

## Bad
```github finding=1
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: make test
```

## Good
```github
on: push
permissions: {}
concurrency:
  group: ${{ github.workflow }}-${{ github.ref }}
  cancel-in-progress: true
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: make test
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline


@rule(target="github_workflow", each=pipelines, severity=Severity.INFO, aliases="zizmor:concurrency-limits")
def check(pipeline: Pipeline) -> Iterator[Fail]:
    if pipeline.concurrency is None and any(job.concurrency is None and job.uses is None for job in pipeline.jobs):
        where = pipeline.where.key("on") if pipeline.where.at("on").present else pipeline.where
        yield Fail(where, "nothing ends or holds back runs that overlap", "concurrency")
