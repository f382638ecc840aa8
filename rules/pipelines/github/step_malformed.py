"""A step runs a script and an action at once, or neither.

## Why it matters
A step either runs a script (`run`, with `shell` and `working-directory`) or uses an action (`uses`, with `with`). GitHub refuses the file
as a whole ("Invalid workflow file"), so that none of its jobs run on any event until it is mended. The failure shows in the Actions tab
only, not as a failed check of the commit.

## Five whys
1. Why did the workflow not start? A step has keys that do not belong together, or none that says what to do.
2. Why? `with` was given to a script, `working-directory` to an action, or a dash is missing between two steps.
3. Why does it look right? Indentation alone decides where a step ends.
4. Why was it not noticed? The file is valid YAML.

## Fix now
Split the step in two, or take out what does not belong: give a script its values by `env`, an action its folder by an input.

## Workaround
Take the step out.

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
      - uses: actions/setup-node@v4
        working-directory: web # finding
      - run: npm ci
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/setup-node@v4
      - run: npm ci
        working-directory: web
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("step"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:syntax-check",
    symptoms=[
        "Unexpected value 'working-directory'",
        "Unexpected value 'with'",
        "Required property is missing: uses",
        "There's not enough info to determine what you meant",
    ],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
