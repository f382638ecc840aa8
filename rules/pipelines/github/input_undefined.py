"""An expression reads an input that is not declared.

## Why it matters
`inputs` holds what the workflow or action declares. GitHub does not report it: what does not exist is an empty text, and the command runs
with nothing in that place: a deployment without a tag, a path that has become `/`, a condition that never holds.

## Five whys
1. Why does what the caller chose have no effect? The expression reads another name.
2. Why? The input was renamed, or the event that has inputs was removed.
3. Why is that no error? A property that does not exist is empty.
4. Why was it not noticed? Runs by other events have no inputs anyway.

## Fix now
Take the declared name, or declare the input.

## Workaround
Give the expression a default: `inputs.size || 'small'`.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
Add a step `- run: echo "[$VALUE]"` with `VALUE` set to the expression in `env`: the brackets hold the value.

## Bad
```github
on:
  workflow_dispatch:
    inputs:
      environment:
        type: string
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy ${{ inputs.enviroment }} # finding
```

## Good
```github
on:
  workflow_dispatch:
    inputs:
      environment:
        type: string
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy ${{ inputs.environment }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(target="github_workflow github_action", each=faults("undefined-input"), severity=Severity.HIGH, aliases="actionlint:expression")
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
