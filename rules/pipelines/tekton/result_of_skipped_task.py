"""A task uses a result of a task that may be skipped.

## Why it matters
When the condition of the first task is false, its result is missing. Tekton then skips the second task too or fails the whole run,
*InvalidTaskResultReference*, depending on where the result is used.

## Five whys
1. Why did the run fail although nothing in it failed? A result was missing.
2. Why? The task that gives it was skipped.
3. Why? Its `when` was false, as it is meant to be on most days.
4. Why was that not foreseen? On the day of the test the condition was true.

## Fix now
Give the second task the same `when`.

## Workaround
Let the first task always run and decide within.

## Prevent
Results with a default, or one task that both decides and gives the result.

## Validate
Start the pipeline with a parameter for which the condition is false.

## Bad
```yaml
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: release}
spec:
  params: [{name: stage}]
  tasks:
    - name: tag
      when: [{input: $(params.stage), operator: in, values: [prod]}]
      taskRef: {name: tag}
    - name: deploy
      taskRef: {name: deploy}
      params:
        - {name: tag, value: $(tasks.tag.results.tag)} # finding
```

## Good
```yaml
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: release}
spec:
  params: [{name: stage}]
  tasks:
    - name: tag
      taskRef: {name: tag}
    - name: more
      when: [{input: $(params.stage), operator: in, values: [prod]}]
      taskRef: {name: more}
    - name: deploy
      when: [{input: $(params.stage), operator: in, values: [prod]}]
      taskRef: {name: deploy}
      params:
        - {name: tag, value: $(tasks.tag.results.tag)}
        - {name: more, value: $(tasks.more.results.more)}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.pipeline.model import given
from auditor.views.pipeline.reading import field, items, text

_RESULT = re.compile(r"\$\(tasks\.([\w-]+)\.results\.[^)]+\)")


@rule(
    target="Pipeline PipelineRun",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=[r"InvalidTaskResultReference", r"Results were missing"],
)
def check(body: Node) -> Iterator[Fail]:
    if not text(body.at("apiVersion")).startswith("tekton.dev/"):
        return
    spec = body.at("spec.pipelineSpec") if given(body.at("spec.pipelineSpec")) else body.at("spec")
    tasks = items(field(spec, "tasks"))
    guarded = {text(field(it, "name")): field(it, "when") for it in tasks if given(field(it, "when"))}
    for task in (*tasks, *items(field(spec, "finally"))):
        for value in (field(it, "value") for it in items(field(task, "params"))):
            found = _RESULT.search(text(value))
            if found and found[1] in guarded and _conditions(guarded[found[1]]) != _conditions(field(task, "when")):
                yield Fail(
                    value.part(found.start(), found.end()), f"the task {found[1]} may be skipped, and has no result then", "the same when"
                )


def _conditions(when: Node) -> list[tuple[object, ...]]:
    """The conditions as data that can be compared."""
    names = ("input", "operator", "cel")
    return [(*(field(it, name).value for name in names), *(value.value for value in items(field(it, "values")))) for it in items(when)]
