"""An expression compares or searches values that cannot be compared.

## Why it matters
GitHub compares objects and lists with nothing but themselves, and orders numbers and texts only: such a comparison is always false, and
the step or job behind it never runs, or always.

## Five whys
1. Why does the step never run? Its condition compares a list or an object with a text.
2. Why is that never true? An object equals only itself.
3. Why is it no error? GitHub answers false.
4. Why was it not noticed? A skipped step is grey, not red.

## Fix now
Compare a property of the object, or search the list: `contains(github.event.pull_request.labels.*.name, 'bug')`.

## Workaround
Compare the JSON: `contains(toJSON(value), '"bug"')`.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
Add a step `- run: echo "[$VALUE]"` with `VALUE` set to the expression in `env`: the brackets hold the value.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make publish
        if: github.event == 'push' # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make publish
        if: github.event_name == 'push'
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("comparison", "argument-type"),
    severity=Severity.MEDIUM,
    aliases="actionlint:expression",
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
