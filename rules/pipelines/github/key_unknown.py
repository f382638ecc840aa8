"""A workflow has a key that GitHub does not know.

## Why it matters
GitHub refuses the file as a whole ("Invalid workflow file"), so that none of its jobs run on any event until it is mended. The failure
shows in the Actions tab only, not as a failed check of the commit. Where a key is only misplaced (`timeout-minutes` under `with`), what
it should do does not happen.

## Five whys
1. Why did the workflow not start? GitHub found a key that it does not know.
2. Why is it there? It is misspelt, stands one level too deep, or was taken from another system.
3. Why is that not ignored? GitHub checks a workflow against its schema before anything else.
4. Why was it not noticed before the merge? Nothing checked the file.

## Fix now
Correct the key as proposed, or move it to the level where it belongs; keys are case-sensitive and mostly spelt with hyphens.

## Workaround
Remove the key; the workflow runs with the default.

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
    timeout_minutes: 10 # finding
    steps:
      - run: make
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("unknown"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:syntax-check",
    symptoms=["Unexpected value '", "Invalid workflow file"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
