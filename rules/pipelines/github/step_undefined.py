"""An expression reads a step that does not exist or has not run yet.

## Why it matters
`steps` holds the steps of the same job that have an `id` and ran before. GitHub does not report it: what does not exist is an empty text,
and the command runs with nothing in that place: a deployment without a tag, a path that has become `/`, a condition that never holds.

## Five whys
1. Why did the command run with an empty value? It reads the output of a step that is not there.
2. Why is it not there? The step has no `id` or another one, runs later, or belongs to another job.
3. Why is that no error? A property that does not exist is empty.
4. Why did the job stay green? The command accepts an empty value.

## Fix now
Give the step the `id` that is read, or correct the name; read another job's values through its `outputs` and `needs`.

## Workaround
Move the reading step below the one that it reads.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
Add a step `- run: echo "[$VALUE]"` with `VALUE` set to the expression in `env`: the brackets hold the value.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - id: meta
        run: echo "tag=v1" >> "$GITHUB_OUTPUT"
      - run: ./deploy ${{ steps.metadata.outputs.tag }} # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - id: meta
        run: echo "tag=v1" >> "$GITHUB_OUTPUT"
      - run: ./deploy ${{ steps.meta.outputs.tag }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("undefined-step"),
    severity=Severity.HIGH,
    aliases="actionlint:expression",
    symptoms=["invalid reference format"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
