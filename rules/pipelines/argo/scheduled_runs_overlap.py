"""A scheduled workflow starts while its last run still goes on.

## Why it matters
`concurrencyPolicy` is `Allow` where nothing is written. A run that takes longer than usual is joined by the next one: both write the same
data, and the cluster fills up with runs that slow each other down.

## Five whys
1. Why is the table filled twice? Two runs of the import wrote at the same time.
2. Why? The second one was due while the first one still ran.
3. Why did it not wait or fall out? Nothing told Argo so.
4. Why was nothing written? On normal days the run ends long before the next one.

## Fix now
`argo stop` the newer run, look at the data.

## Workaround
A longer interval.

## Prevent
`concurrencyPolicy: Forbid` (or `Replace`), `startingDeadlineSeconds` and `activeDeadlineSeconds`.

## Validate
`argo cron get NAME` shows `Forbid`; at most one run is active.

## Bad
```yaml
apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: import}
spec:
  schedule: "*/10 * * * *" # finding
  workflowSpec:
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
  schedule: "*/10 * * * *"
  concurrencyPolicy: Forbid
  workflowSpec:
    entrypoint: main
    templates:
      - name: main
        container: {image: "shop/import:1"}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.pipeline.model import given
from auditor.views.pipeline.reading import text


@rule(target="CronWorkflow", severity=Severity.MEDIUM)
def check(body: Node) -> Iterator[Fail]:
    spec = body.at("spec")
    policy = spec.at("concurrencyPolicy")
    if given(spec.at("workflowSpec.synchronization")) or given(spec.at("workflowSpec.workflowTemplateRef")):
        return
    if not given(policy) or policy.value == "Allow":
        where = policy if given(policy) else spec.at("schedule") if given(spec.at("schedule")) else spec
        yield Fail(
            where, f"{text(body.at('metadata.name')) or 'it'} starts although its last run still goes on", "concurrencyPolicy: Forbid"
        )
