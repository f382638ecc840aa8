"""A key stands twice in one mapping of a workflow.

## Why it matters
GitHub compares keys without regard to case and refuses a file in which one stands twice. A reader takes the first for the one that
counts, other tools take the last.

## Five whys
1. Why did the workflow not start? A key stands twice.
2. Why twice? Two changes were merged, or a block was pasted above an existing one.
3. Why did the merge not conflict? The two lines are apart.
4. Why did the editor not warn? Plain YAML readers take the last value silently.

## Fix now
Keep one of them, with the content of both where they are mappings.

## Workaround
Rename one of the two where the key is a name (a variable, a job).

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests): GitHub itself
reads a workflow only when an event arrives.

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs instead of one that failed after zero seconds.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
        env:
          MODE: fast
          mode: slow # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
        env:
          MODE: fast
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("duplicate"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:syntax-check",
    symptoms=["is already defined"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
