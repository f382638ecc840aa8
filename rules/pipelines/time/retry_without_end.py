"""A step is repeated without end.

## Why it matters
A `retryStrategy` without `limit` starts the step again as long as it fails. A fault that does not pass, a wrong image or a missing
table, runs for days, fills the node with pods and hides behind *Running*.

## Five whys
1. Why does the workflow run since Friday? A step of it is repeated.
2. Why so often? Its retries have no limit.
3. Why does it fail each time? Its fault does not pass by waiting.
4. Why was no limit written? `retryStrategy: {}` looked like a few attempts.

## Fix now
`argo stop WORKFLOW`, read the log of the last attempt, mend the cause.

## Workaround
`argo terminate WORKFLOW` where stopping hangs.

## Prevent
`retryStrategy: {limit: 3, retryPolicy: OnTransientError, backoff: {duration: 30s, factor: 2}}` and `activeDeadlineSeconds`.

## Validate
A step that always fails ends after the third retry.

## Bad
```yaml
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: load-}
spec:
  entrypoint: main
  templates:
    - name: main
      retryStrategy: {retryPolicy: Always} # finding
      container: {image: "shop/load:1.2", command: [load]}
```

## Good
```yaml
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: load-}
spec:
  entrypoint: main
  templates:
    - name: main
      retryStrategy: {limit: 3}
      container: {image: "shop/load:1.2", command: [load]}
    - name: other
      container: {image: "shop/load:1.2", command: [load]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, given


@rule(
    target="Workflow WorkflowTemplate ClusterWorkflowTemplate CronWorkflow",
    each=jobs,
    severity=Severity.MEDIUM,
)
def check(job: Job) -> Iterator[Fail]:
    if given(job.retry) and job.retry.at("limit").missing:
        yield Fail(job.retry, f"{job.key} is repeated as long as it fails", "a limit")
