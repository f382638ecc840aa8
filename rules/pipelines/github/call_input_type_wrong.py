"""A called workflow gets an input of the wrong type.

## Why it matters
GitHub refuses the run when an input does not have the type that the called workflow declares.

## Five whys
1. Why did the workflow not start? A call passes a value of another type than declared.
2. Why? Inputs of `workflow_dispatch` without a type are texts, and the called workflow wants a number; or the value is empty.
3. Why is it not converted? Types of inputs are checked, not converted.
4. Why was it not noticed? Caller and callee are in different files.

## Fix now
Pass the declared type: a text in quotes, a number without, `fromJSON(inputs.count)` for one that comes as text.

## Workaround
Declare the input as `type: string` and convert it inside.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs.

## Bad
`.github/workflows/main.yml`:
```github
on: push
jobs:
  load:
    uses: ./.github/workflows/load.yml
    with:
      users: many # finding
```
`.github/workflows/load.yml`:
```github
on:
  workflow_call:
    inputs:
      users:
        type: number
jobs:
  load:
    runs-on: ubuntu-24.04
    steps:
      - run: ./load ${{ inputs.users }}
```

## Good
`.github/workflows/main.yml`:
```github
on: push
jobs:
  load:
    uses: ./.github/workflows/load.yml
    with:
      users: 100
```
`.github/workflows/load.yml`:
```github
on:
  workflow_call:
    inputs:
      users:
        type: number
jobs:
  load:
    runs-on: ubuntu-24.04
    steps:
      - run: ./load ${{ inputs.users }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("call-input-type"),
    severity=Severity.HIGH,
    aliases="actionlint:expression",
    symptoms=["Unexpected value"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
