"""A value of a workflow is none of those that the key takes.

## Why it matters
GitHub refuses the file as a whole ("Invalid workflow file"), so that none of its jobs run on any event until it is mended. The failure
shows in the Actions tab only, not as a failed check of the commit.

## Five whys
1. Why did the workflow not start? A key has a value that it does not take.
2. Why that value? It is a word of another system, or misspelt.
3. Why is it not ignored? GitHub checks the file before it runs it.
4. Why was it not noticed? Nothing checked the file.

## Fix now
Take one of the values that are listed.

## Workaround
Leave the key out where it has a default.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests): GitHub itself
reads a workflow only when an event arrives.

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs instead of one that failed after zero seconds.

## Bad
```github
on:
  workflow_dispatch:
    inputs:
      size:
        type: text # finding
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: echo '${{ inputs.size }}'
```

## Good
```github
on:
  workflow_dispatch:
    inputs:
      size:
        type: string
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: echo '${{ inputs.size }}'
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("choice"),
    severity=Severity.HIGH,
    aliases="actionlint:syntax-check",
    symptoms=["Unexpected value '"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
