"""A required input of a reusable workflow has a default.

## Why it matters
The default is never used: a caller without the input is refused. Who reads the file believes that the input may be left out.

## Five whys
1. Why is the call refused although there is a default? The input is required.
2. Why both? `required` was copied from another input.
3. Why does GitHub not take the default? Required means that the caller has to give it.
4. Why was it not noticed? The first caller passed a value.

## Fix now
Remove `required: true`, or the default.

## Workaround
Pass the input from every caller.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
A call without the input starts.

## Bad
```github
on:
  workflow_call:
    inputs:
      size:
        type: string
        required: true
        default: small # finding
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good
```github
on:
  workflow_call:
    inputs:
      size:
        type: string
        default: small
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(target="github_workflow", each=faults("input-default"), severity=Severity.LOW, aliases="actionlint:events")
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
