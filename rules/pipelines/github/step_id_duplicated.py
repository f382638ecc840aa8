"""Two steps of a job have the same id.

## Why it matters
GitHub refuses the whole workflow: none of its jobs run. Ids are compared without regard to case.

## Five whys
1. Why did the workflow not start? Two steps have one id.
2. Why? A step was copied with its id.
3. Why is that not allowed? `steps.ID` would mean both.
4. Why was it not noticed? The steps are far apart.

## Fix now
Rename one of them, and what reads it.

## Workaround
Remove the id of the step that nobody reads.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs instead of one that failed after zero seconds.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - id: meta
        run: make
      - id: meta # finding
        run: make
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - id: meta
        run: make
      - id: meta2
        run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("id-twice"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:id",
    symptoms=["The identifier '.*' may not be used more than once within the same scope"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
