"""A job writes a log with all its variables.

## Why it matters
With the runner's debug log on (`CI_DEBUG_TRACE`, `ACTIONS_RUNNER_DEBUG`, `system.debug`) every variable of the job and every command is
written to the log, secrets too, in forms that masks do not know.

## Five whys
1. Why are secrets in the log? The runner wrote down all variables.
2. Why? Its debug log is on.
3. Why? Somebody looked for a fault once.
4. Why is it still on? It stands in the pipeline's file, and does no harm to the result.
5. Why were the values not masked? Masks find values as they are, not parts and other forms.

## Fix now
Remove the variable, delete the logs of the runs and change the secrets that the jobs had.

## Workaround
Set it by hand for one run, with credentials for tests.

## Prevent
Switch debugging on only for a run, never in the file.

## Validate
The log of the next run begins without a list of variables.

## Bad
```gitlab
variables:
  CI_DEBUG_TRACE: "true" # finding
test:
  script:
    - make test
```

## Good
```gitlab
variables:
  CI_DEBUG_TRACE: "false"
test:
  script:
    - make test
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.pipeline import KINDS, pipelines
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.reading import entries, field, items, text

_SWITCHES = frozenset({"ci_debug_trace", "ci_debug_services", "actions_step_debug", "actions_runner_debug", "system.debug"})


@rule(target=KINDS, each=pipelines, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    tables = [pipeline.variables, *(job.variables for job in pipeline.jobs), *(step.variables for step in pipeline.steps)]
    seen: set[str] = set()
    for name, value in (entry for table in tables for entry in _entries(table)):
        on = value.data is True or (isinstance(value.data, str) and value.data.lower() in ("true", "1"))
        if name.lower() in _SWITCHES and on and str(value.span) not in seen:
            seen.add(str(value.span))
            yield Fail(value, f"{name} writes all variables of the job to the log", "nothing, or false")


def _entries(table: Node) -> Iterator[tuple[str, Node]]:
    yield from entries(table)
    for item in items(table):
        yield text(field(item, "name")), field(item, "value")
