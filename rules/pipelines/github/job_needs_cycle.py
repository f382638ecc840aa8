"""Jobs wait for each other in a circle.

## Why it matters
GitHub refuses the whole workflow: none of its jobs run.

## Five whys
1. Why did the workflow not start? Some jobs could never start.
2. Why not? Each waits for the next, and the last for the first.
3. Why was it written so? A need was added for an output, against the existing order.
4. Why was it not noticed? The circle goes over several jobs.

## Fix now
Remove the need that goes against the order, and hand its value over another way.

## Workaround
Join two of the jobs into one.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs instead of one that failed after zero seconds.

## Bad
```github
on: push
jobs:
  build: # finding
    needs: test
    runs-on: ubuntu-24.04
    steps:
      - run: make
  test:
    needs: build
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
  test:
    needs: build
    runs-on: ubuntu-24.04
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("need-cycle"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:job-needs",
    symptoms=["creates a cycle in the dependency graph", "must contain at least one job with no dependencies"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
