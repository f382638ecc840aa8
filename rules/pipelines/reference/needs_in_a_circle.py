"""Jobs wait for each other in a circle.

## Why it matters
No job of the circle can start first. The platform refuses the file, or the pipeline hangs until somebody ends it.

## Five whys
1. Why does no job start? Each waits for another one.
2. Why does none come first? The waiting goes around in a circle.
3. Why? A dependency was added to a job that the other one depends on already.

## Fix now
Take one of the dependencies out: the one that was added last.

## Workaround
None: there is no order in which these jobs could run.

## Prevent
Draw the order of jobs before adding a dependency.

## Validate
The platform's validation accepts the file, and the first job starts.

## Bad
```azure
jobs:
  - job: a
    dependsOn: b # finding
    steps: [script: make]
  - job: b
    dependsOn: a
    steps: [script: make]
```

```gitlab
a: {script: [make], needs: [c]} # finding
b: {script: [make], needs: [a]}
c: {script: [make], needs: [b]}
```

## Good
```azure
jobs:
  - job: a
    steps: [script: make]
  - job: b
    dependsOn: a
    steps: [script: make]
  - job: c
    dependsOn: [a, b]
    steps: [script: make]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Job, Pipeline

_OTHERS = "gitlab_pipeline circleci_pipeline azure_pipeline Pipeline PipelineRun"
"""GitHub has a rule of its own, which also names a workflow without a first job."""


@rule(
    target=_OTHERS,
    each=pipelines,
    severity=Severity.HIGH,
    symptoms=[r"circular", r"cycle"],
)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    for job in pipeline.jobs:
        if job in _reached(job) and all(job.key <= other.key for other in _reached(job) if job in _reached(other)):
            way = " -> ".join((job.key, *(other.key for other in _reached(job) if job in _reached(other) and other is not job), job.key))
            where = next(need.where for need in job.needs if need.job in {it.key for it in _reached(job)})
            yield Fail(where, f"these jobs wait for each other: {way}", "an order with a first job")


def _reached(job: Job) -> tuple[Job, ...]:
    """What the job waits for, directly or not; itself, when it is in a circle."""
    found: dict[str, Job] = {}
    waiting = list(job.needed)
    for other in waiting:
        if other.key not in found:
            found[other.key] = other
            waiting.extend(other.needed)
    return tuple(found.values())
