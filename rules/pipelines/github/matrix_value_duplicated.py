"""A matrix has the same value twice.

## Why it matters
Every combination with it runs twice: twice the minutes, and two jobs that publish the same artifact or image.

## Five whys
1. Why did the upload fail with a conflict? Two jobs uploaded the same name.
2. Why two? The matrix has a value twice.
3. Why? A value was added that stood there already, or two were made the same by an update.
4. Why does GitHub not drop one? A matrix is taken as it is written.

## Fix now
Remove one of the two.

## Workaround
Give the artifacts names with `strategy.job-index` in them.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The run shows each combination once.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    strategy:
      matrix:
        node: [20, 22, 20] # finding
    steps:
      - run: make
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    strategy:
      matrix:
        node: [20, 22]
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(target="github_workflow", each=faults("matrix-twice"), severity=Severity.LOW, aliases="actionlint:matrix")
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
