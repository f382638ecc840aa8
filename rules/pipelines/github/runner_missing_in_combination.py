"""A combination of a matrix lacks the runner that the job asks for.

## Why it matters
`runs-on` becomes empty for it: GitHub fails that job before its first step, or it waits for a runner without a label.

## Five whys
1. Why did one job of the matrix fail before it began? It asks for no runner.
2. Why not? Its entry under `include` lacks the value that `runs-on` reads.
3. Why is that no error? A property that does not exist is empty.
4. Why was it not noticed? The other combinations run.

## Fix now
Add the value to the entry.

## Workaround
Give `runs-on` a default: `${{ matrix.os || 'ubuntu-24.04' }}`.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The job of the combination gets past "Set up job".

## Bad
```github
on: push
jobs:
  build:
    runs-on: ${{ matrix.os }}
    strategy:
      matrix:
        include:
          - os: ubuntu-24.04
            arch: amd64
          - arch: arm64 # finding
    steps:
      - run: make
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ${{ matrix.os }}
    strategy:
      matrix:
        include:
          - os: ubuntu-24.04
            arch: amd64
          - os: ubuntu-24.04-arm
            arch: arm64
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem
from auditor.views.github.labels import combinations_without_label


@rule(
    each=combinations_without_label,
    target="github_workflow",
    severity=Severity.HIGH,
    symptoms=["Unexpected value ''", "Waiting for a runner to pick up this job"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
