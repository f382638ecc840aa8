"""A value of a workflow has the wrong type.

## Why it matters
GitHub refuses the file as a whole ("Invalid workflow file"), so that none of its jobs run on any event until it is mended. The failure
shows in the Actions tab only, not as a failed check of the commit.

## Five whys
1. Why did the workflow not start? A value is a text where a list is wanted, or the like.
2. Why was it written so? Other keys take one value as well as a list, and this one does not.
3. Why is the text not converted? Flags and numbers are `true`, `false` and digits to GitHub; `yes` and `"10m"` are texts.
4. Why was it not noticed? The file is valid YAML.

## Fix now
Write the value in the type that is named: a list as `[a, b]`, a flag as `true`, a number without unit.

## Workaround
Leave the key out, so that its default holds.

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
    timeout-minutes: 10m # finding
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
    each=faults("type", "range"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:syntax-check",
    symptoms=["A sequence was not expected", "A mapping was not expected", "Expected a mapping", "Unexpected value '"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
