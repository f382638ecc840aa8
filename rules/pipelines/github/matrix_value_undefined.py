"""An expression reads a value that the matrix does not have.

## Why it matters
`matrix` holds the rows of the job's own strategy and what `include` adds. GitHub does not report it: what does not exist is an empty
text, and the command runs with nothing in that place: a deployment without a tag, a path that has become `/`, a condition that never
holds.

## Five whys
1. Why does every job of the matrix do the same, or wait for a runner without a label? It reads a value that the matrix does not have.
2. Why not? The row was renamed, or belongs to another job's matrix.
3. Why is that no error? A property that does not exist is empty.
4. Why was it not noticed? The jobs are named after the rows that do exist.

## Fix now
Take the name of a row, or add the row.

## Workaround
Write the value out.

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
    strategy:
      matrix:
        os: [linux, darwin]
    steps:
      - run: make PLATFORM=${{ matrix.platform }} # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    strategy:
      matrix:
        os: [linux, darwin]
    steps:
      - run: make PLATFORM=${{ matrix.os }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(target="github_workflow", each=faults("undefined-matrix"), severity=Severity.MEDIUM, aliases="actionlint:expression")
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
