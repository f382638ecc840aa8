"""A condition is a text, and therefore always true.

## Why it matters
With anything around `${{ }}`, even a line break, the condition is a text, and a text that is not empty is true: the deployment runs on
every branch, the cleanup after every failure.

## Five whys
1. Why did the job run although its condition is false? The condition is a text.
2. Why? There is something outside of `${{ }}`: an operator, a blank, the line break of a `|` block.
3. Why is it not evaluated as a whole? Only what stands between the fences is an expression.
4. Why was it not noticed? It is true whenever the job is wanted, too.

## Fix now
Put one `${{ }}` around the whole condition, or none; end a block with `|-` or `>-`.

## Workaround
Test the value again in the script.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
A run in which the condition is false shows the step or job as skipped.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make publish
        if: ${{ github.ref_name == 'main' }} && github.event_name == 'push' # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make publish
        if: ${{ github.ref_name == 'main' && github.event_name == 'push' }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow",
    each=faults("condition-text"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:if-cond zizmor:unsound-condition",
    symptoms=[r"Evaluating condition for step: .*format\("],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
