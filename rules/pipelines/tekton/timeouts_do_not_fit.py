"""The timeouts of a run do not fit into each other.

## Why it matters
Tekton refuses the run: *should be <= pipeline duration*. Tasks and finally tasks together have the time of the pipeline.

## Five whys
1. Why did the run not start? Tekton refused it.
2. Why? Its parts may take longer than the whole.
3. Why? The time of the tasks was raised, and that of the pipeline was not.

## Fix now
Raise `timeouts.pipeline` to the sum of `tasks` and `finally`.

## Workaround
Write `timeouts.pipeline` only.

## Prevent
Set two of the three; the third follows from them.

## Validate
`kubectl apply --dry-run=server` accepts the run.

## Bad
```yaml
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: release}
spec:
  pipelineRef: {name: release}
  timeouts: # finding
    pipeline: 1h
    tasks: 55m
    finally: 10m
```

## Good
```yaml
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: release}
spec:
  pipelineRef: {name: release}
  timeouts: {pipeline: 1h5m, tasks: 55m, finally: 10m}
---
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: open}
spec:
  pipelineRef: {name: release}
  timeouts: {pipeline: "0", tasks: 3h}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.pipeline.reading import field, text

_PART = re.compile(r"(\d+(?:\.\d+)?)(h|ms|m|s)")
_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_DEFAULT = 3600.0


@rule(target="PipelineRun", severity=Severity.HIGH, symptoms=[r"should be <= pipeline duration", r"should be in range"])
def check(body: Node) -> Iterator[Fail]:
    timeouts = body.at("spec.timeouts")
    whole, tasks, last = (_seconds(field(timeouts, name)) for name in ("pipeline", "tasks", "finally"))
    whole = _DEFAULT if whole is None else whole
    wanted = (tasks or 0.0) + (last or 0.0)
    if whole and wanted > whole:
        yield Fail(
            body.at("spec").key("timeouts"), f"tasks and finally may take {wanted:g} s, and the pipeline {whole:g} s", "a sum that fits"
        )


def _seconds(node: Node) -> float | None:
    written = text(node)
    if written == "0":
        return 0.0
    parts = _PART.findall(written)
    return sum(float(number) * _SECONDS[unit] for number, unit in parts) if parts else None
