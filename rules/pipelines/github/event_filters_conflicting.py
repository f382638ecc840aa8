"""An event has a filter and its opposite.

## Why it matters
GitHub takes either a list of what starts the workflow or one of what does not; with both it refuses the file.

## Five whys
1. Why did the workflow not start? `paths` and `paths-ignore` (or the like) stand side by side.
2. Why both? One was to narrow the other.
3. Why does that not work? The two are different modes of one filter.
4. Why was it not noticed? Nothing checked the file.

## Fix now
Keep one list and exclude with `!` in it: `['src/**', '!src/docs/**']`; later patterns win.

## Workaround
Keep the list of what starts the workflow.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`gh run list --workflow FILE --limit 3` shows a run for the next event of that kind.

## Bad
```github
on:
  push:
    paths: ['src/**']
    paths-ignore: ['src/docs/**'] # finding
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good
```github
on:
  push:
    paths: ['src/**', '!src/docs/**']
jobs:
  build:
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
    each=faults("filters"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:events",
    symptoms=["you may only define one of"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
