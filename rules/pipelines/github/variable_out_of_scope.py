"""An expression reads a variable that is set in another step only.

## Why it matters
`env` of a step holds for that step. Elsewhere the expression is an empty text, and the command runs with nothing in that place.

## Five whys
1. Why did the command run with an empty value? The variable does not exist in this step.
2. Why not? It is set in the `env` of another step, or under another name.
3. Why is that no error? A property that does not exist is empty.
4. Why did the job stay green? The command accepts an empty value.

## Fix now
Move the variable to the `env` of the job, or write it to `$GITHUB_ENV` in the step that knows it.

## Workaround
Repeat it in the `env` of the step that reads it.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
A step `- run: echo "[$VALUE]"` with `VALUE: ${{ env.NAME }}` in its `env` prints the value between the brackets.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
        env:
          TAG: v1
      - run: ./deploy ${{ env.TAG }} # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    env:
      TAG: v1
    steps:
      - run: make
      - run: ./deploy ${{ env.TAG }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.faults import Problem
from auditor.views.github.variables import variables_out_of_scope


@rule(
    each=variables_out_of_scope,
    target="github_workflow",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=["invalid reference format"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
