"""A job asks for one runner of two systems.

## Why it matters
A runner has to carry all labels of the list. None runs two systems, so the job waits for a day and is cancelled.

## Five whys
1. Why was the run cancelled after 24 hours? No runner carries all its labels.
2. Why not? The list names two systems.
3. Why was it written so? The job was to run on both.
4. Why is there no error? GitHub waits for a runner to come online.

## Fix now
Run the job on each by a matrix: `runs-on: ${{ matrix.os }}`.

## Workaround
Write two jobs.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The job gets past "Waiting for a runner".

## Bad
```github
on: push
jobs:
  build:
    runs-on: [ubuntu-24.04, windows-2025] # finding
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
        os: [ubuntu-24.04, windows-2025]
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("label-conflict"),
    severity=Severity.HIGH,
    aliases="actionlint:runner-label",
    symptoms=["Waiting for a runner to pick up this job"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
