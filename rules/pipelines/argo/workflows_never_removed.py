"""Finished workflows stay in the cluster for ever.

## Why it matters
Each run leaves a Workflow object and its pods behind. After some months etcd is full of them: the API server gets slow, and at the limit
nothing can be written any more.

## Five whys
1. Why is the API server slow? etcd holds tens of thousands of finished workflows.
2. Why? Nothing removes them.
3. Why not? Neither `ttlStrategy` nor `podGC` is set.
4. Why was that not missed? The first thousand cost nothing.

## Fix now
`argo delete --older 7d` in portions.

## Workaround
A scheduled job that does so.

## Prevent
`ttlStrategy: {secondsAfterCompletion: 86400}` and `podGC: {strategy: OnPodCompletion}`, in the workflow or as `workflowDefaults` of the
controller.

## Validate
`argo list` shows no finished workflow that is older.

## Bad
```yaml
apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: import}
spec:
  schedule: "0 2 * * *"
  concurrencyPolicy: Forbid
  workflowSpec: # finding
    entrypoint: main
    templates:
      - name: main
        container: {image: "shop/import:1"}
```

## Good
```yaml
apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: import}
spec:
  schedule: "0 2 * * *"
  concurrencyPolicy: Forbid
  workflowSpec:
    ttlStrategy: {secondsAfterCompletion: 86400}
    entrypoint: main
    templates:
      - name: main
        container: {image: "shop/import:1"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.pipeline.model import given


@rule(target="CronWorkflow", severity=Severity.LOW, confidence=Confidence.LIKELY, symptoms=[r"etcdserver: mvcc: database space exceeded"])
def check(body: Node) -> Iterator[Fail]:
    spec = body.at("spec.workflowSpec")
    limits = (body.at("spec.successfulJobsHistoryLimit"), body.at("spec.failedJobsHistoryLimit"))
    if not given(spec) or given(spec.at("workflowTemplateRef")) or any(map(given, limits)):
        return
    if not given(spec.at("ttlStrategy")) and not given(spec.at("podGC")):
        yield Fail(body.at("spec").key("workflowSpec"), "each run stays in the cluster with its pods", "ttlStrategy and podGC")
