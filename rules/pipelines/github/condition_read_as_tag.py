"""A condition begins with `!` and is read as a YAML tag.

## Why it matters
YAML takes an unquoted `!cancelled()` for a tag of an empty value. The condition is gone: the step runs under the default condition, or
the file is refused.

## Five whys
1. Why did the cleanup not run after the failure? Its condition is empty.
2. Why? It begins with `!`, which is a tag in YAML.
3. Why is that no error? An unknown tag is allowed, and the value after it is empty.
4. Why does it look right? In an expression `!` means not.

## Fix now
Write `if: ${{ !cancelled() }}`, or quote the condition.

## Workaround
Turn the condition round: `success() || failure()`.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The log of the step's condition (with debug logging) shows the whole expression.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make clean
        if: !cancelled() # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make clean
        if: ${{ !cancelled() }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(target="github_workflow", each=faults("condition-tag"), severity=Severity.HIGH, profile=Profile.GATE)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
