"""A step lacks an input that its action requires.

## Why it matters
The action fails, or works with an empty value.

## Five whys
1. Why did the step fail? An input is missing.
2. Why does GitHub not say so before? `required` is a hint: the runner does not check it.
3. Why was it left out? Another version of the action does not need it.
4. Why was it not noticed? The step runs only on some events.

## Fix now
Pass the input.

## Workaround
Pin the version of the action that does not need it.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The step gets past its start.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/cache@v4 # finding
        with:
          path: node_modules
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/cache@v4
        with:
          path: node_modules
          key: modules-1
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("input-missing"),
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="actionlint:action",
    symptoms=["Input required and not supplied"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
