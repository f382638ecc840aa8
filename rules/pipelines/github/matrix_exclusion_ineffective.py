"""An exclusion of a matrix excludes nothing.

## Why it matters
The combination that was to be left out runs: on a system where it cannot work, or towards an environment where it must not.

## Five whys
1. Why did the excluded job run? Nothing in the matrix matches the exclusion.
2. Why not? The row or the value was renamed, or a version is a number here and a text there.
3. Why is that no error? An exclusion without a match is nothing to GitHub.
4. Why was it not noticed? The run has one job more, among many.

## Fix now
Take the names and values as they stand in the matrix.

## Workaround
Skip the combination in the job: `if: matrix.os != 'windows-2025'` at the steps.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The run does not show the combination.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    strategy:
      matrix:
        os: [linux, darwin]
        exclude:
          - os: windows # finding
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
        os: [linux, darwin, windows]
        exclude:
          - os: windows
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(target="github_workflow", each=faults("exclude"), severity=Severity.MEDIUM, aliases="actionlint:matrix")
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
